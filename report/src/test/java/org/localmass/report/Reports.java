package org.localmass.report;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.localmass.check.BallCurve;
import org.localmass.check.BallIndex;
import org.localmass.check.Baseline;
import org.localmass.check.CheckOptions;
import org.localmass.check.CheckReport;
import org.localmass.check.Direction;
import org.localmass.check.DrawsSummary;
import org.localmass.check.Evidence;
import org.localmass.check.Finding;
import org.localmass.check.GlobalScores;
import org.localmass.check.Kind;
import org.localmass.check.MassMap;
import org.localmass.check.Mode;
import org.localmass.check.ParameterQuality;
import org.localmass.check.Portrait;
import org.localmass.check.RegionPicture;
import org.localmass.check.RequestedOutcome;
import org.localmass.check.RequestedRegion;
import org.localmass.check.SearchEvidence;
import org.localmass.check.Side;
import org.localmass.check.Verdict;
import org.localmass.check.View;
import org.localmass.check.WeightsEvidence;
import org.localmass.check.WeightsEvidence.Agreement;
import org.localmass.check.WeightsEvidence.RegionByWeights;
import org.localmass.core.draws.ParetoDiagnostic;
import org.localmass.core.index.Exponent;
import org.localmass.core.index.MassIndex;
import org.localmass.core.index.RadiusWindow;
import org.localmass.core.mass.Caution;
import org.localmass.core.mass.MassEstimate;
import org.localmass.core.mass.RatioEstimate;
import org.localmass.core.region.Ball;
import org.localmass.core.region.Interval;
import org.localmass.core.region.Norm;
import org.localmass.core.region.Predicate;
import org.localmass.core.region.Region;
import org.localmass.estimate.AtomTest;
import org.localmass.estimate.HillFit;
import org.localmass.estimate.IndexEstimate;
import org.localmass.estimate.IndexMismatch;
import org.localmass.estimate.PowerLogFit;
import org.localmass.estimate.ScoreEstimate;
import org.localmass.estimate.explore.EvaluationCounts;
import org.localmass.estimate.explore.NormalisingConstant;
import org.localmass.estimate.explore.PlantedModes;

/** Made-up reports. */
final class Reports {
    static final List<String> NAMES = List.of("mu", "tau", "theta[1]", "theta[2]");

    private static final double UNKNOWN = Double.NaN;
    private static final double INFINITE = Double.POSITIVE_INFINITY;

    private static final GlobalScores NO_SCORES = new GlobalScores(
            UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, "draws alone do not give log densities");

    private Reports() {}

    /** Something that writes. */
    interface Printer {
        void print(Writer out) throws IOException;
    }

    static String print(Printer printer) {
        StringWriter out = new StringWriter();
        try {
            printer.print(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }

    /** Every report by name. */
    static Map<String, CheckReport> all() {
        Map<String, CheckReport> reports = new LinkedHashMap<>();
        reports.put("finding", finding());
        reports.put("empty", empty());
        reports.put("inconclusive", inconclusive());
        reports.put("hostile", hostile());
        reports.put("many", many());
        reports.put("named", named());
        reports.put("modes", modes());
        reports.put("weights", weights());
        reports.put("density", density());
        reports.put("density beside draws", densityBesideDraws());
        reports.put("pictured", pictured());
        reports.put("hostile pictures", hostilePictures());
        return reports;
    }

    static Provenance provenance() {
        return new Provenance(
                "0.1.0",
                1,
                "17.0.15",
                List.of(
                        new InputFile("chain_1.csv", "stan-csv", "a".repeat(64), 1, 1000, List.of()),
                        new InputFile("chain_2.csv", "stan-csv", "b".repeat(64), 1, 1000, List.of())),
                List.of(new InputFile(
                        "advi.csv",
                        "stan-csv",
                        "c".repeat(64),
                        1,
                        1000,
                        List.of("the first row, the mean of the approximation, was left out"))));
    }

    static CheckReport finding() {
        return new CheckReport(
                Verdict.FINDING,
                "The approximation gives 3 regions a wrong mass; worst: tau <= 0.52 gets 0.21 of its mass.",
                List.of("R-hat of tau is 1.02: the reference chains have not fully mixed."),
                new DrawsSummary(2, 2000, 4, 312.4, "tau", 1.0151, "tau", 3, List.of()),
                new DrawsSummary(1, 1000, 4, 1000, "mu", UNKNOWN, "", 0, List.of("theta[2]")),
                NO_SCORES,
                List.of(boundary(), joint(), atom()),
                List.of(
                        new RequestedRegion(
                                row(
                                        "R1",
                                        "theta[1] > 20",
                                        Interval.halfOpen(NAMES, 2, 20, INFINITE),
                                        Kind.REQUESTED,
                                        Direction.UNDER,
                                        mass(0.0412, 0.0301, 0.0533, 61.2, 82, 40),
                                        mass(0.004, 0.0016, 0.0082, 4, 4, 4),
                                        new RatioEstimate(0.004 / 0.0412, 0.0361, 0.221),
                                        "The approximation gives 0.40 % to theta[1] > 20, the reference 4.1 %."),
                                RequestedOutcome.FINDING,
                                0.018,
                                0),
                        new RequestedRegion(
                                row(
                                        "R2",
                                        "mu > 0",
                                        Interval.halfOpen(NAMES, 0, 0, INFINITE),
                                        Kind.REQUESTED,
                                        Direction.OVER,
                                        mass(0.9012, 0.881, 0.92, 700, 1802, 150),
                                        mass(0.913, 0.894, 0.9293, 913, 913, 88),
                                        new RatioEstimate(0.913 / 0.9012, 0.985, 1.0412),
                                        "Both give about 91 % to mu > 0."),
                                RequestedOutcome.AGREES,
                                0.031,
                                0),
                        new RequestedRegion(
                                row(
                                        "R3",
                                        "tau < 0.5 & theta[1] > 20",
                                        predicate("tau < 0.5 & theta[1] > 20", 1, 2),
                                        Kind.REQUESTED,
                                        Direction.UNDER,
                                        mass(0.011, 0.0052, 0.0203, 12, 22, 12, Caution.APPROXIMATE),
                                        mass(0, 0, 0.0037, 0, 0, 0, Caution.NO_HITS),
                                        new RatioEstimate(0, 0, 0.71),
                                        ""),
                                RequestedOutcome.INCONCLUSIVE,
                                0.025,
                                400)),
                List.of(curve()),
                0.0031,
                1834,
                List.of(
                        "values of a parameter that no draw of either input reached",
                        "regions that need more than two parameters to describe"),
                List.of("lp__"),
                List.of("log_g__", "log_p__"),
                List.of(
                        "Fit again with a parametrisation without the funnel (non-centred).",
                        "Run the reference longer: 4 chains of 2000 draws."),
                CheckOptions.withDefaults());
    }

    /** A report with figures. */
    static CheckReport pictured() {
        return withPortrait(finding(), NAMES);
    }

    /** Names that try to leave the page, in every figure. */
    static CheckReport hostilePictures() {
        return withPortrait(
                hostile(),
                List.of(
                        "</script><script>alert(1)</script>",
                        "]]>\"'&<!--",
                        "\u202eevil\u0000\u001b[31m",
                        "a|b|c{{x}}`${y}`"));
    }

    private static CheckReport withPortrait(CheckReport r, List<String> names) {
        List<MassMap.Row> rows = new ArrayList<>();
        List<ParameterQuality> quality = new ArrayList<>();
        for (int j = 0; j < names.size(); j++) {
            List<MassMap.Cell> cells = List.of(
                    cell(-INFINITE, -1.25, 0.1, 0, 0, 0.2 + 0.1 * j, MassMap.Evidence.DIFFERS),
                    cell(-1.25, 0.5, 0.4, 0.42, 0.9, 1.2, MassMap.Evidence.AGREES),
                    cell(0.5, 2, 0.4, 0.45, 0.3, 3, MassMap.Evidence.WEAK),
                    cell(2, 2, 0, 0, 0, INFINITE, MassMap.Evidence.EMPTY),
                    cell(2, INFINITE, 0.1, 0.13, 1.1, 1.6, MassMap.Evidence.DIFFERS));
            rows.add(new MassMap.Row(names.get(j), cells));
            quality.add(new ParameterQuality(names.get(j), 312.4 + j, 1.0151, UNKNOWN, UNKNOWN, j == 3));
        }
        List<RegionPicture> pictures = new ArrayList<>();
        for (Finding f : Words.rows(r)) {
            pictures.add(
                    pictures.size() % 2 == 0
                            ? new RegionPicture.Marginal(
                                    f.id(),
                                    names.get(1),
                                    List.of(0.0, 0.5, 1.0, 1.5),
                                    List.of(0.9, 0.7, 0.3),
                                    List.of(0.2, 1.1, 0.6),
                                    0.05,
                                    0.001,
                                    List.of(new RegionPicture.Range(-INFINITE, 0.5)))
                            : new RegionPicture.Pair(
                                    f.id(),
                                    names.get(0),
                                    names.get(2),
                                    1,
                                    new RegionPicture.Range(-2, 2),
                                    new RegionPicture.Range(-3, 3),
                                    new RegionPicture.Cloud(List.of(1.0, 0.5, -1.0), List.of(2.0, 2.5, -1.0), 2),
                                    new RegionPicture.Cloud(List.of(0.1), List.of(0.2), 0)));
        }
        return new CheckReport(
                r.verdict(),
                r.headline(),
                r.warnings(),
                r.reference(),
                r.approximation(),
                r.global(),
                r.findings(),
                r.requested(),
                r.balls(),
                r.minimumDetectableMass(),
                r.candidates(),
                r.notExamined(),
                r.onlyInReference(),
                r.onlyInApproximation(),
                r.nextSteps(),
                r.options(),
                new Portrait(new MassMap(List.of(0.0, 0.1, 0.5, 0.9, 0.9, 1.0), rows), quality, pictures),
                Optional.of(baseline(names.get(0))),
                r.evidence());
    }

    private static Baseline baseline(String name) {
        RatioEstimate bad = new RatioEstimate(0.1, 0.05, 0.2);
        RatioEstimate good = new RatioEstimate(0.97, 0.8, 1.2);
        return new Baseline(
                "old/report.json",
                "finding",
                "It was wrong.",
                List.of(
                        new Baseline.Change(Baseline.Trend.GONE, name + " < 1", Optional.of(bad), Optional.of(good)),
                        new Baseline.Change(Baseline.Trend.UNKNOWN, name + " < 2", Optional.of(bad), Optional.empty()),
                        new Baseline.Change(Baseline.Trend.NEW, name + " > 3", Optional.empty(), Optional.of(bad))));
    }

    private static MassMap.Cell cell(
            double from, double to, double p, double q, double lower, double upper, MassMap.Evidence evidence) {
        return new MassMap.Cell(from, to, p, q, new RatioEstimate(q / p, lower, upper), evidence);
    }

    static CheckReport empty() {
        return new CheckReport(
                Verdict.NO_FINDING,
                "No region was found in which the approximation gives a wrong mass.",
                List.of(),
                new DrawsSummary(4, 4000, 2, 3800, "mu", 1.001, "tau", 0, List.of()),
                new DrawsSummary(1, 4000, 2, 4000, "mu", 1, "mu", 0, List.of()),
                new GlobalScores(0.31, 0.7, 0.8123, -1234.5678, 0.0213, -1233.1, ""),
                List.of(),
                List.of(),
                List.of(),
                0.0015,
                950,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                CheckOptions.withDefaults());
    }

    /** Nothing is known. */
    static CheckReport inconclusive() {
        RatioEstimate none = new RatioEstimate(UNKNOWN, 0, INFINITE);
        MassEstimate nothing = mass(0, 0, 0.31, 0, 0, 0, Caution.NO_HITS);
        MassEstimate unknown = mass(UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, 0, 0);
        return new CheckReport(
                Verdict.INCONCLUSIVE,
                "The draws are too few to show a wrong mass.",
                List.of("The reference has 12 draws in one chain.", "R-hat is not defined for one short chain."),
                new DrawsSummary(1, 12, 4, UNKNOWN, "", UNKNOWN, "", 0, List.of()),
                new DrawsSummary(1, 10, 4, UNKNOWN, "", UNKNOWN, "", 0, List.of("mu", "tau")),
                NO_SCORES,
                List.of(),
                List.of(
                        new RequestedRegion(
                                row(
                                        "R1",
                                        "tau < 0.001",
                                        predicate("tau < 0.001", 1),
                                        Kind.REQUESTED,
                                        Direction.UNDER,
                                        nothing,
                                        nothing,
                                        none,
                                        ""),
                                RequestedOutcome.INCONCLUSIVE,
                                UNKNOWN,
                                INFINITE),
                        new RequestedRegion(
                                row(
                                        "R2",
                                        "mu < 0",
                                        predicate("mu < 0", 0),
                                        Kind.REQUESTED,
                                        Direction.OVER,
                                        unknown,
                                        unknown,
                                        new RatioEstimate(UNKNOWN, UNKNOWN, UNKNOWN),
                                        ""),
                                RequestedOutcome.INCONCLUSIVE,
                                UNKNOWN,
                                UNKNOWN)),
                List.of(),
                UNKNOWN,
                0,
                List.of("everything but the regions you named"),
                List.of(),
                List.of(),
                List.of("Run the reference longer: 400 effective draws would do."),
                CheckOptions.withDefaults().withLevel(0.9));
    }

    /** Names that try to act: markup, table cells, code, quotes, terminal escapes, lengths. */
    static CheckReport hostile() {
        String script = "<script>alert(\"x\")</script>&amp;|`a``b`|'*_[l](javascript:x)@all";
        String escape = "\u001b[31mred\u001b[0m\r\nline\u202eright\u0000\ud800";
        String wide = "theta_" + "very_long_name_".repeat(20) + "[1]";
        List<String> names = List.of(script, escape, wide, "=cmd(),\"q\"");
        List<Finding> findings = new ArrayList<>();
        for (int j = 0; j < names.size(); j++) {
            findings.add(new Finding(
                    "F" + (j + 1),
                    names.get(j) + " > 2.0",
                    Interval.halfOpen(names, j, 2, INFINITE),
                    Kind.TAIL,
                    j % 2 == 0 ? Direction.UNDER : Direction.OVER,
                    Optional.of(Side.UPPER),
                    mass(0.05, 0.04, 0.06, 100, 100, 50),
                    mass(0.02, 0.01, 0.03, 40, 40, 20),
                    new RatioEstimate(0.4, 0.2, 0.7),
                    0.002,
                    0.006,
                    1e-9,
                    1e-7,
                    1e6,
                    List.of(Caution.ONE_CHAIN),
                    "About " + names.get(j) + "."));
        }
        MassEstimate some = mass(0.1, 0.05, 0.2, 20, 20, 10);
        return new CheckReport(
                Verdict.FINDING,
                "Hostile " + script + escape,
                List.of("Warning " + script, escape, wide),
                new DrawsSummary(1, 100, 4, 50, script, 1.5, wide, 0, List.of(script, escape)),
                new DrawsSummary(1, 100, 4, 50, escape, 1.5, script, 0, List.of(wide)),
                new GlobalScores(INFINITE, 0.7, 0, -INFINITE, INFINITE, UNKNOWN, script),
                findings,
                List.of(new RequestedRegion(
                        row(
                                "R1",
                                "max(" + script + ") > 1",
                                predicate("max(" + script + ") > 1", 0),
                                Kind.REQUESTED,
                                Direction.OVER,
                                some,
                                some,
                                new RatioEstimate(1, 0.5, 2),
                                escape),
                        RequestedOutcome.INCONCLUSIVE,
                        0.1,
                        100)),
                List.of(new BallCurve(
                        Ball.of(names, new int[] {0, 2}, new double[] {1, -1}, 1, Norm.linf()),
                        List.of(1.0),
                        List.of(some),
                        List.of(some),
                        List.of(new RatioEstimate(1, 0.5, 2)),
                        List.of(),
                        index())),
                0.1,
                1,
                List.of(script, wide),
                List.of(script, escape, wide),
                List.of(wide),
                List.of(script, wide),
                CheckOptions.withDefaults());
    }

    /** More findings than the terminal shows. */
    static CheckReport many() {
        List<Finding> findings = new ArrayList<>();
        for (int i = 1; i <= 12; i++) {
            double edge = i / 8.0;
            findings.add(row(
                    "F" + i,
                    "mu > " + Digits.number(edge),
                    Interval.halfOpen(NAMES, 0, edge, INFINITE),
                    Kind.TAIL,
                    Direction.OVER,
                    mass(0.1 / i, 0.05 / i, 0.15 / i, 400.0 / i, 400 / i, 300 / i),
                    mass(0.3 / i, 0.25 / i, 0.35 / i, 1200.0 / i, 1200 / i, 900 / i),
                    new RatioEstimate(3, 1.7, 7),
                    "Too much above " + Digits.number(edge) + "."));
        }
        CheckReport base = empty();
        return new CheckReport(
                Verdict.FINDING,
                "The approximation's upper tail is too heavy in 12 places.",
                base.warnings(),
                base.reference(),
                base.approximation(),
                base.global(),
                findings,
                List.of(),
                List.of(),
                base.minimumDetectableMass(),
                base.candidates(),
                List.of(),
                List.of(),
                List.of(),
                List.of("Take the approximation's variance from the reference."),
                base.options());
    }

    /** A region that the user named is a finding too, and stands in both lists. */
    static CheckReport named() {
        CheckReport base = finding();
        RequestedRegion first = base.requested().get(0);
        return new CheckReport(
                base.verdict(),
                base.headline(),
                base.warnings(),
                base.reference(),
                base.approximation(),
                base.global(),
                List.of(boundary(), first.finding()),
                List.of(first),
                List.of(),
                base.minimumDetectableMass(),
                base.candidates(),
                base.notExamined(),
                base.onlyInReference(),
                base.onlyInApproximation(),
                base.nextSteps(),
                base.options());
    }

    private static final ParetoDiagnostic FINE =
            new ParetoDiagnostic(ParetoDiagnostic.Status.FITTED, 0.387, 0.697, 2000, 135, 1201.5, 0.60075);
    private static final ParetoDiagnostic HEAVY =
            new ParetoDiagnostic(ParetoDiagnostic.Status.FITTED, 0.912, 0.6, 320, 54, 12.5, 0.039);
    private static final ParetoDiagnostic NONE =
            new ParetoDiagnostic(ParetoDiagnostic.Status.TOO_FEW, UNKNOWN, 0.2, 12, 0, 11, 0.9);

    private static RegionByWeights byWeights(
            String id, String text, MassEstimate mass, ParetoDiagnostic diagnostic, Agreement agreement) {
        return new RegionByWeights(id, text, mass, diagnostic, agreement);
    }

    /** Two modes, a region that one chain saw, and weights that disagree with the reference. */
    static CheckReport modes() {
        CheckReport base = finding();
        Region above = Interval.halfOpen(NAMES, 0, 0.5, INFINITE);
        Region below = Interval.halfOpen(NAMES, 0, -INFINITE, 0.5);
        MassEstimate unseen = new MassEstimate(0, 0, 1, 0, 1201.5, 0, 0, List.of(Caution.UNSEEN));
        Finding seen = row(
                "U1",
                "theta[2] > 9",
                Interval.halfOpen(NAMES, 3, 9, INFINITE),
                Kind.TAIL,
                Direction.UNDER,
                mass(0.12, 0.01, 0.45, 2.5, 240, 1, Caution.ONE_CHAIN, Caution.CHAINS_DISAGREE),
                mass(0, 0, 0.004, 0, 0, 0, Caution.NO_HITS),
                new RatioEstimate(0, 0, 0.4),
                "q gives theta[2] > 9 no probability: no draw instead of 12 %");
        List<Mode> modes = List.of(
                new Mode(
                        "M1",
                        "mu = 2.4, tau = 0.52",
                        above,
                        NAMES,
                        List.of(2.4, 0.52, 3.0, -1.25),
                        mass(0.717, 0.69, 0.74, 1400, 1434, 300),
                        mass(0, 0, 0.0022, 0, 0, 0, Caution.NO_HITS),
                        new RatioEstimate(0, 0, 0.003),
                        "q misses the mode at mu = 2.4, tau = 0.52: 0 % instead of 72 %"),
                new Mode(
                        "M2",
                        "mu = -2.2, tau = 1.1",
                        below,
                        NAMES,
                        List.of(-2.2, 1.1, 2.5, -1.5),
                        mass(0.283, 0.26, 0.31, 566, 566, 301),
                        mass(1, 0.998, 1, 1000, 1000, 1),
                        new RatioEstimate(3.53, 3.2, 3.9),
                        "q gives the mode at mu = -2.2, tau = 1.1 too much weight: 100 % instead of 28 %"));
        WeightsEvidence weights = new WeightsEvidence(
                "log_p__ - log_q__",
                FINE,
                3,
                false,
                new ScoreEstimate(-12.25, 0.0125),
                new ScoreEstimate(0.104, 0.0132),
                new ScoreEstimate(-12.146, 0.018),
                List.of(
                        byWeights("F1", "tau <= 0.52", mass(0.031, 0.02, 0.045, 31, 40, 40), FINE, Agreement.DISAGREES),
                        byWeights(
                                "R2",
                                "mu > 0",
                                mass(0.9, 0.8, 0.95, 700, 800, 80, Caution.HEAVY_WEIGHTS),
                                HEAVY,
                                Agreement.AGREES),
                        byWeights("M1", "mode at mu = 2.4, tau = 0.52", unseen, NONE, Agreement.UNSEEN)),
                List.of(
                        "3 draws have no usable weight and count as weight zero.",
                        "k-hat 0.39 looks fine all the same: it judges the draws that were made, not those that are"
                                + " missing."));
        return with(
                base,
                new Evidence(
                        Evidence.Source.DRAWS,
                        List.of(new Evidence.ViewCount(View.INTERVALS, 8), new Evidence.ViewCount(View.BALLS, 2)),
                        modes,
                        List.of(seen),
                        Optional.of(weights)));
    }

    private static final MassEstimate FOUND = mass(0.122, 0.097, 0.143, 122, 610, 8);

    private static SearchEvidence search(boolean converged, Agreement agreement) {
        return new SearchEvidence(
                "eight_schools",
                converged,
                converged ? List.of() : List.of("log Z still moves from stage to stage (0.30; limit 0.10)"),
                Optional.of(new NormalisingConstant(-31.33, 0.0049, -31.34, -31.32, 1_724_885, List.of())),
                new EvaluationCounts(1_724_885, 3, 2, 0, 1, Map.of("IllegalStateException", 4L)),
                List.of(
                        new PlantedModes.Power(1, 2, 2, 1, List.of(6, 5)),
                        new PlantedModes.Power(0.1, 2, 0, 0, List.of(0, 0))),
                1_332_231,
                List.of(new SearchEvidence.RegionBySearch(
                        "R1",
                        "tau < 0.6",
                        FOUND,
                        5,
                        6,
                        8,
                        8,
                        true,
                        converged ? Optional.empty() : Optional.of(new RatioEstimate(0.0063, 0.0028, 0.013)),
                        agreement)),
                List.of("6 of 6 exploring runs of 1000 or 400 particles arrived"),
                List.of("Mass of the density that no run visited is not among the masses shown."),
                List.of("Ascents found 2 maxima, with 97 %, 3.1 % of the mass found."));
    }

    /** No reference: masses by a search of the density that did not settle. */
    static CheckReport density() {
        CheckReport base = inconclusive();
        RequestedRegion named = new RequestedRegion(
                row(
                        "R1",
                        "tau < 0.6",
                        predicate("tau < 0.6", 1),
                        Kind.REQUESTED,
                        Direction.UNDER,
                        FOUND,
                        mass(0.1, 0.08, 0.12, 100, 1000, 100),
                        new RatioEstimate(0.82, 0.6, 1.1),
                        "q gives tau < 0.6 0.82 times the probability it should have: 10 % instead of 12 %"),
                RequestedOutcome.INCONCLUSIVE,
                UNKNOWN,
                UNKNOWN);
        return new CheckReport(
                Verdict.INCONCLUSIVE,
                "Inconclusive: the search of the density did not pass its own checks.",
                List.of("The search of the density did not pass its own checks: absolute masses are not settled."),
                new DrawsSummary(8, 7920, 4, UNKNOWN, "", UNKNOWN, "", 0, List.of()),
                base.approximation(),
                new GlobalScores(UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, -31.33, "no log q"),
                List.of(),
                List.of(named),
                List.of(),
                0.0044,
                10,
                List.of("Mass of the density that no run visited is not among the masses shown."),
                List.of(),
                List.of(),
                List.of("Let the search settle."),
                base.options(),
                Portrait.none(),
                Optional.empty(),
                new Evidence(
                        Evidence.Source.DENSITY,
                        List.of(),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        Optional.of(search(false, Agreement.ALONE))));
    }

    /** Reference draws, with a search of the density beside them. */
    static CheckReport densityBesideDraws() {
        CheckReport base = finding();
        return new CheckReport(
                base.verdict(),
                base.headline(),
                base.warnings(),
                base.reference(),
                base.approximation(),
                base.global(),
                base.findings(),
                base.requested(),
                base.balls(),
                base.minimumDetectableMass(),
                base.candidates(),
                base.notExamined(),
                base.onlyInReference(),
                base.onlyInApproximation(),
                base.nextSteps(),
                base.options(),
                base.portrait(),
                Optional.empty(),
                new Evidence(
                        Evidence.Source.DRAWS,
                        List.of(),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        Optional.of(search(true, Agreement.DISAGREES))));
    }

    /** No reference: masses by importance weights. */
    static CheckReport weights() {
        CheckReport base = inconclusive();
        MassEstimate unseen = new MassEstimate(0, 0, 1, 0, 1201.5, 0, 0, List.of(Caution.UNSEEN));
        RequestedRegion named = new RequestedRegion(
                row(
                        "R1",
                        "tau < 0.001",
                        predicate("tau < 0.001", 1),
                        Kind.REQUESTED,
                        Direction.UNDER,
                        unseen,
                        mass(0, 0, 0.0018, 0, 0, 0, Caution.NO_HITS),
                        new RatioEstimate(UNKNOWN, 0, INFINITE),
                        "no draw of q lies in tau < 0.001: what p gives it cannot be seen from weights"),
                RequestedOutcome.INCONCLUSIVE,
                UNKNOWN,
                UNKNOWN);
        WeightsEvidence weights = new WeightsEvidence(
                "log_target - log_approx",
                FINE,
                0,
                true,
                new ScoreEstimate(-12.25, 0.0125),
                new ScoreEstimate(0.104, 0.0132),
                new ScoreEstimate(-12.146, 0.018),
                List.of(byWeights("R1", "tau < 0.001", unseen, NONE, Agreement.UNSEEN)),
                List.of("q's draws lie on one side only of R1: the weights cannot see what the target gives to it."));
        return new CheckReport(
                Verdict.INCONCLUSIVE,
                "Inconclusive: weights cannot see a region that q's draws never visit.",
                List.of("There are no reference draws."),
                base.reference(),
                base.approximation(),
                new GlobalScores(0.387, 0.697, 0.60075, -12.25, 0.104, -12.146, ""),
                List.of(),
                List.of(named),
                List.of(),
                UNKNOWN,
                10,
                List.of("Regions that the approximation's draws never visit cannot be seen."),
                List.of(),
                List.of(),
                List.of("Run a few MCMC chains."),
                CheckOptions.withDefaults(),
                Portrait.none(),
                Optional.empty(),
                new Evidence(
                        Evidence.Source.WEIGHTS,
                        List.of(new Evidence.ViewCount(View.INTERVALS, 10)),
                        List.of(),
                        List.of(),
                        Optional.of(weights)));
    }

    private static CheckReport with(CheckReport base, Evidence evidence) {
        return new CheckReport(
                base.verdict(),
                base.headline(),
                base.warnings(),
                base.reference(),
                base.approximation(),
                base.global(),
                base.findings(),
                base.requested(),
                base.balls(),
                base.minimumDetectableMass(),
                base.candidates(),
                base.notExamined(),
                base.onlyInReference(),
                base.onlyInApproximation(),
                base.nextSteps(),
                base.options(),
                base.portrait(),
                base.baseline(),
                evidence);
    }

    /** A report whose one finding is about the given region. */
    static CheckReport withRegion(Region region) {
        CheckReport base = empty();
        MassEstimate p = mass(0.1, 0.08, 0.12, 100, 100, 50);
        MassEstimate q = mass(0.01, 0.005, 0.02, 40, 40, 20);
        Finding one = row(
                "F1", "a region", region, Kind.JOINT, Direction.UNDER, p, q, new RatioEstimate(0.1, 0.04, 0.25), "");
        return new CheckReport(
                Verdict.FINDING,
                "One finding.",
                base.warnings(),
                base.reference(),
                base.approximation(),
                base.global(),
                List.of(one),
                base.requested(),
                base.balls(),
                base.minimumDetectableMass(),
                base.candidates(),
                base.notExamined(),
                base.onlyInReference(),
                base.onlyInApproximation(),
                base.nextSteps(),
                base.options());
    }

    private static Finding boundary() {
        return new Finding(
                "F1",
                "tau <= 0.52",
                Interval.halfOpen(NAMES, 1, Double.NEGATIVE_INFINITY, 0.5234567890123456),
                Kind.BOUNDARY,
                Direction.UNDER,
                Optional.of(Side.LOWER),
                mass(0.0965, 0.0841, 0.1102, 140.2, 193, 80, Caution.LONG_AUTOCORRELATION),
                mass(0.0203, 0.0164, 0.0249, 20.3, 20, 20, Caution.APPROXIMATE),
                new RatioEstimate(0.0203 / 0.0965, 0.1488, 0.2961),
                0.0132,
                0.0283,
                3.2e-12,
                5.9e-9,
                1.2e7,
                List.of(Caution.LONG_AUTOCORRELATION, Caution.APPROXIMATE),
                "The approximation gives the lower boundary of tau 2.0 %, the reference 9.7 %:"
                        + " it under-covers small scales by a factor of 3.4 to 6.7.");
    }

    private static Finding joint() {
        return new Finding(
                "F2",
                "mu - theta[1] > 5.1 & tau > 8.0",
                predicate("mu - theta[1] > 5.1 & tau > 8.0", 0, 1, 2),
                Kind.JOINT,
                Direction.OVER,
                Optional.empty(),
                mass(0.00021, 0.00001, 0.0016, 0.4, 1, 1, Caution.FEW_VISITS, Caution.ONE_CHAIN),
                mass(0.034, 0.0238, 0.0466, 34, 34, 34),
                new RatioEstimate(0.034 / 0.00021, 14.9, 4660),
                0.013,
                0.0289,
                1e-8,
                4e-6,
                8123.4,
                List.of(Caution.FEW_VISITS, Caution.ONE_CHAIN),
                "The approximation puts 3.4 % where the reference has almost nothing.");
    }

    private static Finding atom() {
        return new Finding(
                "F3",
                "theta[2] == 0",
                Interval.atom(NAMES, 3, 0),
                Kind.ATOM,
                Direction.OVER,
                Optional.empty(),
                mass(0, 0, 0.0018, 0, 0, 0, Caution.NO_HITS, Caution.UNBOUNDED_RATIO),
                mass(1, 0.9963, 1, 1000, 1000, 1),
                new RatioEstimate(INFINITE, 553, INFINITE),
                0.912,
                1,
                0,
                0,
                INFINITE,
                List.of(Caution.NO_HITS, Caution.UNBOUNDED_RATIO),
                "The approximation holds theta[2] at 0; the reference has no draw there.");
    }

    private static BallCurve curve() {
        return new BallCurve(
                Ball.of(NAMES, new int[] {0, 1}, new double[] {4.5, 0}, 1, Norm.l2()),
                List.of(0.01, 0.1, 1.0),
                List.of(
                        mass(0, 0, 0.0018, 0, 0, 0, Caution.NO_HITS),
                        mass(0.0021, 0.0007, 0.0049, 4.2, 4, 4, Caution.FEW_VISITS),
                        mass(0.081, 0.0688, 0.0945, 120, 162, 70)),
                List.of(
                        mass(0, 0, 0.0037, 0, 0, 0, Caution.NO_HITS),
                        mass(0, 0, 0.0037, 0, 0, 0, Caution.NO_HITS),
                        mass(0.011, 0.0055, 0.0196, 11, 11, 11, Caution.APPROXIMATE)),
                List.of(
                        new RatioEstimate(UNKNOWN, 0, INFINITE),
                        new RatioEstimate(0, 0, 5.2),
                        new RatioEstimate(0.011 / 0.081, 0.0671, 0.249)),
                List.of(),
                index());
    }

    private static BallIndex index() {
        Exponent slope = new Exponent(1.04, 0.91, 1.18);
        AtomTest none = new AtomTest(AtomTest.Outcome.NONE, 0, 4000, 0, 0, 1e-9, 0, 0);
        AtomTest spike = new AtomTest(AtomTest.Outcome.ATOM, 300, 900, 0.5, 0, 1e-6, 1200, 0);
        HillFit fit = new HillFit(slope, 1.05, 400, 0, 260, 0.1, 384.6);
        PowerLogFit log = new PowerLogFit(
                new Exponent(1.1, 0.4, 1.9), new Exponent(0.5, -2.1, 3.3), -301.5, 0.25, 2.7, 0.05, 210);
        IndexEstimate smooth = new IndexEstimate(
                new MassIndex(
                        slope,
                        new Exponent(0, -2.1, 3.3),
                        2,
                        Exponent.exact(0),
                        Optional.of(new RadiusWindow(0.0004, 0.1)),
                        List.of(Caution.LOG_NOT_EXCLUDED, Caution.WINDOW_BIAS)),
                IndexEstimate.Model.POWER,
                none,
                Optional.of(fit),
                -0.012,
                2,
                Optional.of(log),
                List.of(log),
                List.of(new IndexEstimate.Step(0.01, 40, new Exponent(1, 0.7, 1.3))),
                1.5,
                12_300,
                340_000);
        IndexEstimate atom = new IndexEstimate(
                new MassIndex(
                        Exponent.exact(0),
                        Exponent.exact(0),
                        2,
                        new Exponent(0.3, 0.26, 0.34),
                        Optional.empty(),
                        List.of()),
                IndexEstimate.Model.ATOM,
                spike,
                Optional.empty(),
                UNKNOWN,
                UNKNOWN,
                Optional.empty(),
                List.of(),
                List.of(),
                1,
                UNKNOWN,
                UNKNOWN);
        IndexMismatch mismatch = new IndexMismatch(
                IndexMismatch.Outcome.INCONCLUSIVE,
                slope,
                new Exponent(0.8, 0.4, 1.2),
                new Exponent(-0.24, -0.7, 0.2),
                0.2,
                0.85,
                0.001,
                0.1,
                260,
                12);
        return new BallIndex(smooth, atom, mismatch);
    }

    private static Finding row(
            String id,
            String text,
            Region region,
            Kind kind,
            Direction direction,
            MassEstimate p,
            MassEstimate q,
            RatioEstimate ratio,
            String explanation) {
        List<Caution> cautions = new ArrayList<>(p.cautions());
        q.cautions().stream().filter(c -> !cautions.contains(c)).forEach(cautions::add);
        return new Finding(
                id,
                text,
                region,
                kind,
                direction,
                Optional.empty(),
                p,
                q,
                ratio,
                0.001,
                0.0025,
                0.0123,
                0.0246,
                17.5,
                cautions,
                explanation);
    }

    private static Region predicate(String text, int... coordinates) {
        return Predicate.of(4, coordinates, text, x -> false);
    }

    private static MassEstimate mass(
            double estimate, double lower, double upper, double effective, int hits, int visits, Caution... cautions) {
        return new MassEstimate(estimate, lower, upper, effective, 1000, hits, visits, List.of(cautions));
    }
}
