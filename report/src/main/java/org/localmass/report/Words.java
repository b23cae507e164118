package org.localmass.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.localmass.check.BallCurve;
import org.localmass.check.BallIndex;
import org.localmass.check.CheckOptions;
import org.localmass.check.CheckReport;
import org.localmass.check.Direction;
import org.localmass.check.DrawsSummary;
import org.localmass.check.Evidence;
import org.localmass.check.Finding;
import org.localmass.check.GlobalScores;
import org.localmass.check.RequestedOutcome;
import org.localmass.check.RequestedRegion;
import org.localmass.check.SearchEvidence;
import org.localmass.check.SearchEvidence.RegionBySearch;
import org.localmass.check.Verdict;
import org.localmass.check.WeightsEvidence;
import org.localmass.check.WeightsEvidence.Agreement;
import org.localmass.check.WeightsEvidence.RegionByWeights;
import org.localmass.core.draws.ParetoDiagnostic;
import org.localmass.core.mass.Caution;
import org.localmass.core.mass.MassEstimate;
import org.localmass.core.region.Ball;
import org.localmass.estimate.IndexEstimate;
import org.localmass.estimate.IndexMismatch;
import org.localmass.estimate.LocalComparison;
import org.localmass.estimate.ReklEstimate;
import org.localmass.estimate.ScoreEstimate;

/** The sentences that text, Markdown and HTML share. */
final class Words {
    /** Why a ball's divergence and certificate are null. */
    static final String BALL_WHY = "the local RE-KL and the certificate of a ball are not estimated by this check";

    /** What the intervals of a ball are. */
    static final String POINTWISE = "Intervals hold at each radius by itself.";

    /** What stands for the reference's draws where there are none. */
    static final String BY_WEIGHTS = "none: masses of p by importance weights of the approximation's draws";

    /** What the masses by a search of the density are. */
    static final String SEARCH = "Masses of p by the search are shares of the mass that it found.";

    /** How the masses by a search come about. */
    static final Entry BY_SEARCH = new Entry(
            "Mass of p by a search of its density",
            "The weighted share of the particles of independent runs of sequential Monte Carlo, joined with importance"
                    + " draws of the density learned from them; its interval is that over the runs, widened where"
                    + " estimates moved. Where there is no reference, a finding's interval also holds that of the half of"
                    + " the runs that did not propose the region. Effective draws count particles by their weights.");

    /** What stands for the reference's draws, or for their absence. */
    static String reference(CheckReport report) {
        return switch (report.evidence().source()) {
            case DRAWS -> draws(report.reference());
            case WEIGHTS -> BY_WEIGHTS;
            case DENSITY ->
                report.evidence()
                        .search()
                        .map(s -> "none: masses of p by a search of the density of " + s.target() + ", "
                                + (report.reference().chains() == 0
                                        ? "which found none"
                                        : plural(report.reference().chains(), "run") + ", "
                                                + Digits.count(
                                                        report.reference().draws()) + " weighted draws"))
                        .orElse("none");
        };
    }

    /** Whether the masses of p come from reference draws. */
    static boolean byDraws(CheckReport report) {
        return report.evidence().source() == Evidence.Source.DRAWS;
    }

    /** The regions that the search is compared with the reference about; without a reference the report shows its masses. */
    static List<RegionBySearch> bySearch(SearchEvidence search) {
        return search.regions().stream()
                .filter(r -> r.agreement() != Agreement.ALONE)
                .toList();
    }

    /** A region by the search: mass, who met it, how it compares. */
    static String bySearch(RegionBySearch region) {
        return Digits.mass(region.mass()) + ", met by " + region.explorers() + " of " + region.ofExplorers()
                + " explorers and " + region.runs() + " of " + region.ofRuns() + " runs"
                + (region.drifting() ? ", still moving" : "")
                + (region.agreement() == Agreement.AGREES
                        ? "; agrees with the reference"
                        : "; disagrees with the reference")
                + ": " + region.regionText();
    }

    /** What was searched and what follows, a line each. */
    static List<String> search(SearchEvidence search) {
        List<String> lines = new ArrayList<>();
        search.searched().forEach(s -> lines.add(s + "."));
        search.logZ()
                .ifPresent(z -> lines.add("Log normalising constant of the mass found: " + Digits.nats(z.logZ())
                        + " nats, standard error " + Digits.number(z.standardError()) + "."));
        lines.addAll(search.statements());
        return lines;
    }

    /** What regions that were seen but not confirmed are. */
    static final String UNCONFIRMED =
            "They differ on all draws together, but not in both halves alike, or their weights are"
                    + " too uneven; the cautions say why.";

    /** What the modes are. */
    static final String MODES = "Found by splitting at valleys of the density; intervals hold for all modes at once.";

    /** What the masses by weights are. */
    static final String WEIGHTS =
            "Mass of p by the weights of q's draws, and Pareto k-hat of the weights inside the" + " region.";

    private Words() {}

    /** The scores that rest on the mean weight, with their standard errors. */
    static List<String> scores(WeightsEvidence weights) {
        List<String> lines = new ArrayList<>();
        score(lines, "KL (q to p), where q's draws reach", weights.kl());
        if (weights.complete()) {
            score(lines, "log Z, where q's draws reach", weights.logZ());
            score(lines, "ELBO", weights.elbo());
        }
        return lines;
    }

    private static void score(List<String> lines, String name, ScoreEstimate score) {
        if (Double.isFinite(score.estimate()) && Double.isFinite(score.standardError())) {
            lines.add(name + ": " + Digits.nats(score.estimate()) + " nats, standard error "
                    + Digits.number(score.standardError()) + ".");
        }
    }

    /** A region by weights: mass, k-hat, and how it compares with the reference. */
    static String byWeights(RegionByWeights region, Evidence.Source source) {
        if (region.agreement() == Agreement.UNSEEN) {
            return region.mass().hits() == 0
                    ? "unseen: no draw of q lies in " + region.regionText()
                    : "unseen: every draw of q lies in " + region.regionText();
        }
        String khat = region.diagnostic().status() == ParetoDiagnostic.Status.FITTED
                ? "k-hat " + Digits.number(region.diagnostic().kHat())
                        + (region.diagnostic().reliable() ? "" : ", too large")
                : "k-hat not defined";
        String other = source == Evidence.Source.DENSITY ? "search" : "reference";
        String compared = source == Evidence.Source.WEIGHTS
                ? ""
                : (region.agreement() == Agreement.AGREES ? "; agrees with the " : "; disagrees with the ") + other;
        return Digits.mass(region.mass()) + ", " + khat + compared + ": " + region.regionText();
    }

    /** A name and its value, both ready for reading. */
    record Entry(String name, String value) {}

    static String verdict(Verdict verdict) {
        return switch (verdict) {
            case NO_FINDING -> "No finding";
            case FINDING -> "Finding";
            case INCONCLUSIVE -> "Inconclusive";
        };
    }

    static String direction(Direction direction) {
        return switch (direction) {
            case UNDER -> "too little";
            case OVER -> "too much";
        };
    }

    /** Type and direction of a finding, such as "upper tail, too little". */
    static String type(Finding finding) {
        String side = finding.side().map(s -> s.label() + " ").orElse("");
        return side + finding.kind().label() + ", " + direction(finding.direction());
    }

    /** What was concluded about a requested region. */
    static String outcome(RequestedRegion requested, CheckReport report) {
        boolean unsettled = report.evidence().source() == Evidence.Source.DENSITY
                && report.evidence().search().filter(s -> !s.converged()).isPresent();
        if (unsettled && requested.outcome() == RequestedOutcome.INCONCLUSIVE) {
            return "inconclusive: the search of the density did not pass its own checks";
        }
        return requested.outcome() == RequestedOutcome.FINDING
                ? "finding: " + direction(requested.finding().direction())
                : requested.outcome() == RequestedOutcome.AGREES ? "agrees" : inconclusive(requested);
    }

    private static String inconclusive(RequestedRegion requested) {
        List<Caution> doubts = requested.finding().referenceMass().cautions();
        if (doubts.contains(Caution.UNSEEN)) {
            return "inconclusive: q's draws are on one side only";
        }
        if (doubts.contains(Caution.HEAVY_WEIGHTS)) {
            return "inconclusive: the weights are too uneven";
        }
        double have = requested.finding().referenceMass().effectiveHits();
        double need = requested.sufficientDraws();
        String counted = Double.isFinite(have)
                ? effective(requested.finding().referenceMass()) + " in this region"
                : "effective draws in this region unknown";
        String wanted =
                !Double.isFinite(need) ? "; more are needed" : need > 0 ? "; " + Digits.count(need) + " would do" : "";
        return "inconclusive: " + counted + wanted;
    }

    /** The reasons to doubt a row: those of the row, then those of its masses, each once. */
    static List<String> cautions(Finding finding) {
        Set<String> sentences = new LinkedHashSet<>();
        Set<Caution> said = new LinkedHashSet<>(finding.cautions());
        for (Caution caution : finding.cautions()) {
            String of = of(caution, finding);
            sentences.add(of + caution.sentence());
        }
        add(sentences, said, "reference: ", finding.referenceMass());
        add(sentences, said, "approximation: ", finding.approximationMass());
        return List.copyOf(sentences);
    }

    /** The caution as a word for programs, such as {@code no-hits}. */
    static String code(Caution caution) {
        return caution.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String of(Caution caution, Finding finding) {
        boolean p = finding.referenceMass().cautions().contains(caution);
        boolean q = finding.approximationMass().cautions().contains(caution);
        return p == q ? "" : p ? "reference: " : "approximation: ";
    }

    private static void add(Set<String> sentences, Set<Caution> said, String prefix, MassEstimate mass) {
        for (Caution caution : mass.cautions()) {
            if (!said.contains(caution)) {
                sentences.add(prefix + caution.sentence());
            }
        }
    }

    /** Size and quality of draws in one sentence. */
    static String draws(DrawsSummary draws) {
        List<String> parts = new ArrayList<>();
        parts.add(plural(draws.chains(), "chain"));
        parts.add(plural(draws.draws(), "draw"));
        parts.add(plural(draws.parameters(), "parameter") + " compared");
        if (!Double.isNaN(draws.essMin())) {
            parts.add("at least " + Digits.count(draws.essMin()) + " effective draws" + at(draws.essMinName()));
        }
        if (!Double.isNaN(draws.rhatMax())) {
            parts.add("R-hat at most " + rhat(draws.rhatMax()) + at(draws.rhatMaxName()));
        }
        if (draws.divergences() > 0) {
            parts.add(plural(draws.divergences(), "divergent transition"));
        }
        if (!draws.constants().isEmpty()) {
            parts.add(plural(draws.constants().size(), "constant parameter") + " (" + names(draws.constants()) + ")");
        }
        return String.join(", ", parts);
    }

    /** The first names of a list, and how many more there are. */
    static String names(List<String> names) {
        int most = 12;
        return names.size() <= most
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, most)) + " and " + (names.size() - most) + " more";
    }

    /** Effective draws in a region: "140 effective draws"; empty if unknown. */
    static String effective(MassEstimate mass) {
        double n = mass.effectiveHits();
        return Double.isFinite(n) ? Digits.count(n) + (n == 1 ? " effective draw" : " effective draws") : "";
    }

    private static String at(String name) {
        return name.isEmpty() ? "" : " (" + name + ")";
    }

    /** R-hat lives near 1, so it has two decimals, rounded up. */
    static String rhat(double value) {
        return Double.isFinite(value) && value < 100
                ? java.math.BigDecimal.valueOf(value)
                        .setScale(2, java.math.RoundingMode.CEILING)
                        .toPlainString()
                : Digits.number(value);
    }

    static String plural(int n, String noun) {
        return n + " " + noun + (n == 1 ? "" : "s");
    }

    /** What the search could have shown. */
    static String detectable(CheckReport report) {
        String searched = report.candidates() == 0
                ? "No candidate region was searched. "
                : "The scan tested " + plural(report.candidates(), "candidate region") + ". ";
        double mass = report.minimumDetectableMass();
        return searched
                + (Double.isNaN(mass)
                        ? report.evidence().source() == Evidence.Source.DENSITY
                                ? "The search of the density found no mass to compare with."
                                : report.evidence().source() == Evidence.Source.WEIGHTS
                                        ? "A region without draws of q would not have shown, whatever its mass."
                                        : "The smallest mass that these draws would have shown is unknown."
                        : "A region that holds " + Digits.percent(mass)
                                + (report.evidence().source() == Evidence.Source.DENSITY
                                        ? " of the mass found"
                                        : " of the reference")
                                + " and nothing of the approximation would very probably have shown; a"
                                + " smaller one may hide.");
    }

    /** What every global score misses. */
    static final String GLOBAL_BLINDNESS =
            "A global score averages over the whole space and can look fine beside a wrong"
                    + " region; k-hat cannot see what q never visits.";

    /** The global scores that are known. */
    static List<Entry> scores(CheckReport report) {
        return report.evidence().search().isPresent()
                ? scores(report.global(), "", ", of the mass found")
                : scores(report.global(), ", where q's draws reach", ", where q's draws reach");
    }

    private static List<Entry> scores(GlobalScores global, String reachOfKl, String reachOfLogZ) {
        List<Entry> known = new ArrayList<>();
        if (!Double.isNaN(global.khat())) {
            known.add(new Entry(
                    "Pareto k-hat of the weights",
                    Digits.number(global.khat())
                            + (global.khat() <= global.khatThreshold() ? ", looks fine" : ", too large")
                            + " (at most " + Digits.number(global.khatThreshold()) + " is expected)"));
        }
        if (!Double.isNaN(global.essFraction())) {
            known.add(new Entry(
                    "Effective sample size of the weights", Digits.percent(global.essFraction()) + " of the draws"));
        }
        if (!Double.isNaN(global.elbo())) {
            known.add(new Entry("ELBO", Digits.nats(global.elbo()) + " nats"));
        }
        if (!Double.isNaN(global.kl())) {
            known.add(new Entry("KL (q to p)" + reachOfKl, Digits.nats(global.kl()) + " nats"));
        }
        if (!Double.isNaN(global.logZ())) {
            known.add(new Entry("Log normalising constant" + reachOfLogZ, Digits.nats(global.logZ()) + " nats"));
        }
        return List.copyOf(known);
    }

    /** What each number is and how it comes about, a line each. */
    static List<Entry> explained(CheckOptions options) {
        return List.of(
                new Entry(
                        "Reference p, approximation q",
                        "The probability each gives to the region: the share of its draws that lie in it."),
                new Entry(
                        "Interval",
                        "Holds the true value with " + Digits.level(options.level())
                                + " confidence. For a finding it comes from draws that did not take part in choosing the"
                                + " region, so it stays valid after selection."),
                new Entry(
                        "Effective draws",
                        "Draws in the region divided by the autocorrelation time of being in it: as many independent"
                                + " draws say as much."),
                new Entry("Visits", "Separate excursions of the chains into the region."),
                new Entry("Ratio q/p", "Mass under the approximation over mass under the reference; 1 is right."),
                new Entry(
                        "Share of the divergence",
                        "(sqrt P - sqrt Q) squared, with P and Q the region's masses: its share of the RE-KL of order"
                                + " 1/2. \"Share, at least\" takes the interval ends nearest to P = Q."),
                new Entry("p-value", "Two-sided conditional binomial test of P = Q."),
                new Entry("p-value, adjusted", "By Holm's rule, for all regions tested together."),
                new Entry("e-value", "Evidence against P = Q as a betting score; 20 or more is strong."),
                new Entry(
                        "Detectable from",
                        "The smallest reference mass that these draws would very probably have told apart."),
                new Entry(
                        "R-hat",
                        "Rank-normalised, split: variation between chains over variation within; above 1.01 they have"
                                + " not mixed."));
    }

    /** The findings that the search made: those that are not among the requested regions. */
    static List<Finding> found(CheckReport report) {
        Set<String> named = new LinkedHashSet<>();
        report.requested().forEach(r -> named.add(r.finding().id()));
        return report.findings().stream().filter(f -> !named.contains(f.id())).toList();
    }

    /** Says which of the regions that the user named are findings too; empty if none is. */
    static String foundToo(CheckReport report) {
        List<String> ids = report.findings().stream().map(Finding::id).toList();
        List<String> both = report.requested().stream()
                .map(r -> r.finding().id())
                .filter(ids::contains)
                .toList();
        return both.isEmpty() ? "" : "Findings too, among the regions you named: " + names(both) + ".";
    }

    /** The search's findings and the requested regions, in this order, each once. */
    static List<Finding> rows(CheckReport report) {
        List<Finding> rows = new ArrayList<>(found(report));
        report.requested().forEach(r -> rows.add(r.finding()));
        return List.copyOf(rows);
    }

    /** Heading of the findings. */
    static String findingsHeading(CheckReport report) {
        return report.findings().isEmpty() ? "Confirmed regions: none" : "Where the approximation errs, worst first";
    }

    /** Text for people: control and direction-changing characters become U+FFFD, so that a name cannot act on a screen. */
    static String safe(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(c -> clean.appendCodePoint(printable(c) ? c : 0xFFFD));
        return clean.toString();
    }

    private static boolean printable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> c != 0xFFFE && c != 0xFFFF;
        };
    }

    /** What the intervals and the ratio are. */
    static String legend(CheckReport report, String place) {
        return "Masses of the region under both; q/p is their ratio. " + place + ": "
                + Digits.level(report.options().level()) + " intervals, valid after selection.";
    }

    /** Why members of a ball are null; empty where none is. */
    static String ballWhy(BallCurve curve) {
        return curve.divergence().isEmpty() ? BALL_WHY : "";
    }

    /** What the local RE-KL of a ball's radii shows, and the certificate; empty where it was not estimated. */
    static List<String> ballDivergence(BallCurve curve, CheckOptions options) {
        if (curve.divergence().isEmpty()) {
            return List.of();
        }
        LocalComparison most = curve.divergence().get(0);
        LocalComparison worst = most;
        for (LocalComparison c : curve.divergence()) {
            if (c.forward().normalised().lower() > most.forward().normalised().lower()) {
                most = c;
            }
            if (c.certificate() >= worst.certificate()) {
                worst = c;
            }
        }
        String order = "Local RE-KL of order " + Digits.exact(options.alpha()) + ": ";
        ReklEstimate forward = most.forward();
        String shape = forward.shapeTerm().lower() > 0
                ? "; shapes within the ball make at least "
                        + Digits.number(forward.shapeTerm().lower()) + " of it."
                : "; the masses explain it.";
        String differs = forward.normalised().lower() > 0
                ? order + "at radius " + Digits.number(most.radius()) + " D(q||p) is at least "
                        + Digits.number(forward.normalised().lower()) + " of p's mass" + shape
                : order + "no difference is shown at any radius.";
        String certificate = worst.certificate() == Double.POSITIVE_INFINITY
                ? "Certificate: none from radius " + Digits.number(worst.radius())
                        + " down; more draws of q in the ball would give one."
                : "Certificate: q does not under-cover the ball by more than a factor "
                        + DivergenceReport.outward(worst.certificate(), true) + " at any radius shown ("
                        + Digits.level(options.level()) + " at each). It follows from the ratio's interval: draws"
                        + " bound a divergence from below only.";
        return List.of(differs, certificate);
    }

    /** The Mass Indices at a ball's centre, a sentence each. */
    static List<String> indices(BallIndex index) {
        List<String> text = new ArrayList<>();
        text.add(index("reference p", index.reference()));
        text.add(index("approximation q", index.approximation()));
        IndexMismatch mismatch = index.mismatch();
        text.add(
                switch (mismatch.outcome()) {
                    case DIFFERENT -> "Near the centre the masses grow differently: slopes " + slopes(mismatch) + ".";
                    case SAME ->
                        "Near the centre the masses grow alike: slopes " + slopes(mismatch) + ", apart by at" + " most "
                                + Digits.number(mismatch.margin()) + ".";
                    case INCONCLUSIVE ->
                        Double.isFinite(mismatch.detectable())
                                ? "Whether the masses grow alike near the centre is open: slopes " + slopes(mismatch)
                                        + "; a difference of " + Digits.number(mismatch.detectable())
                                        + " would very probably have shown."
                                : "Too few draws near the centre to compare how the masses grow there.";
                });
        return text;
    }

    private static String slopes(IndexMismatch mismatch) {
        return DrawsIndexReport.exponent(mismatch.first()) + " under p and "
                + DrawsIndexReport.exponent(mismatch.second()) + " under q over radii "
                + Digits.number(mismatch.from()) + " to " + Digits.number(mismatch.to());
    }

    private static String index(String of, IndexEstimate estimate) {
        List<String> doubts = estimate.index().cautions().stream()
                .filter(c -> c != Caution.LOG_NOT_EXCLUDED)
                .map(c -> DrawsIndexReport.caution(c, estimate))
                .toList();
        String cautions = doubts.isEmpty() ? "" : " (" + String.join("; ", doubts) + ")";
        return "Mass Index, " + of + ": "
                + (estimate.model() == IndexEstimate.Model.ATOM
                        ? "an atom of "
                                + DrawsIndexReport.exponent(estimate.index().atomMass())
                        : "kappa " + DrawsIndexReport.exponent(estimate.index().kappa()) + ", power "
                                + DrawsIndexReport.exponent(estimate.index().power()))
                + cautions + ".";
    }

    /** A ball in words: its centre and its norm. */
    static String ball(Ball ball) {
        StringBuilder text = new StringBuilder("centre ");
        double[] centre = ball.centre();
        List<String> names = ball.coordinateNames();
        for (int i = 0; i < centre.length; i++) {
            text.append(i == 0 ? "" : ", ").append(names.get(i)).append(" = ").append(Digits.exact(centre[i]));
        }
        return text.append("; norm ").append(ball.norm().label()).toString();
    }
}
