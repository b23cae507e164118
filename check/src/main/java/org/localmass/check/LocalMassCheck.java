package org.localmass.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.localmass.core.draws.Draws;
import org.localmass.core.mass.Caution;
import org.localmass.core.mass.MassEstimate;
import org.localmass.core.mass.RatioEstimate;
import org.localmass.estimate.DrawsMass;
import org.localmass.estimate.ImportanceWeights;
import org.localmass.estimate.MassComparison;
import org.localmass.estimate.WeightedMass;

/**
 * Checks an approximation q against reference draws of p: finds regions where their masses differ, and judges regions
 * that the user names. Immutable.
 *
 * <p>Shape: both sets of draws have the same parameters in the same order, see {@link SharedParameters}.
 * <br>Accuracy: false-alarm rate and coverage are measured in docs/quality.
 * <br>Source: docs/theory.md, section 10.
 */
public final class LocalMassCheck {
    /** Least number of draws of either set: fewer cannot be split into two halves that say anything. */
    public static final int LEAST_DRAWS = 20;

    /** (sqrt p - sqrt q)^2 times effective draws from which on a region is found with high probability. */
    private static final double DETECTABLE = 12;

    private static final LocalMassCheck DEFAULT = new LocalMassCheck(CheckOptions.withDefaults());

    private final CheckOptions options;

    private LocalMassCheck(CheckOptions options) {
        this.options = options;
    }

    /** A check with {@link CheckOptions#withDefaults()}. */
    public static LocalMassCheck withDefaults() {
        return DEFAULT;
    }

    /** A check with other options. */
    public LocalMassCheck withOptions(CheckOptions value) {
        return new LocalMassCheck(value);
    }

    /**
     * Runs the check.
     *
     * @param shared  reference and approximation with the same parameters
     * @param regions regions that the user named, bound to the shared parameters
     * @param balls   centres that the user named
     * @throws IllegalArgumentException if either set has fewer than {@link #LEAST_DRAWS} draws
     */
    public CheckReport run(SharedParameters shared, List<NamedRegion> regions, List<RequestedBall> balls) {
        return run(shared, ImportanceWeights.of(shared.approximation()), regions, balls);
    }

    /**
     * Runs the check, with the importance weights of the approximation's draws shown beside the reference.
     *
     * @param weights weights of the approximation's draws, if known
     * @throws IllegalArgumentException if either set has fewer than {@link #LEAST_DRAWS} draws
     */
    public CheckReport run(
            SharedParameters shared,
            Optional<ImportanceWeights> weights,
            List<NamedRegion> regions,
            List<RequestedBall> balls) {
        return run(shared, weights, Optional.empty(), regions, balls);
    }

    /**
     * Runs the check by reference draws, with what a search of the target's density found shown beside them.
     *
     * @param weights weights of the approximation's draws, if known; where complete, with log p by the density
     * @param density the target, its regions those of the shared parameters
     * @throws IllegalArgumentException if either set has fewer than {@link #LEAST_DRAWS} draws
     */
    public CheckReport run(
            SharedParameters shared,
            Optional<ImportanceWeights> weights,
            Optional<ExaminedDensity> density,
            List<NamedRegion> regions,
            List<RequestedBall> balls) {
        enough("reference", shared.reference());
        enough("approximation", shared.approximation());
        return report(shared, weights, density, Evidence.Source.DRAWS, regions, balls);
    }

    /**
     * Runs the check without reference draws, by a search of the target's density: one half of its runs proposes
     * regions, the other tests them; masses of p are shares of the mass found, their intervals no narrower than those of
     * the search. Where the search did not pass its checks, the absence of findings concludes nothing.
     *
     * @param approximation draws of q
     * @param density       the target, with the parameters of q
     * @param weights       weights of q's draws, if known; where complete, with log p by the density
     * @param others        columns of q that are not compared
     * @throws IllegalArgumentException if there are fewer than {@link #LEAST_DRAWS} draws of q
     */
    public CheckReport byDensity(
            Draws approximation,
            ExaminedDensity density,
            Optional<ImportanceWeights> weights,
            List<String> others,
            List<NamedRegion> regions,
            List<RequestedBall> balls) {
        enough("approximation", approximation);
        if (density.draws().filter(d -> d.size() >= LEAST_DRAWS).isEmpty()) {
            return nothingFound(approximation, density, weights, others);
        }
        return report(
                new SharedParameters(density.draws().get(), approximation, List.of(), others),
                weights,
                Optional.of(density),
                Evidence.Source.DENSITY,
                regions,
                balls);
    }

    /** The report where the search found no mass of p to compare with. */
    private CheckReport nothingFound(
            Draws approximation, ExaminedDensity density, Optional<ImportanceWeights> weights, List<String> others) {
        Workers workers = new Workers(options.threads());
        DrawsSummary summary = Quality.of(approximation, Quality.columns(approximation, workers));
        SearchEvidence search =
                SearchTable.of(density, approximation, List.of(), List.of(), true, options.level(), workers);
        Evidence evidence = new Evidence(
                Evidence.Source.DENSITY, List.of(), List.of(), List.of(), Optional.empty(), Optional.of(search));
        DrawsSummary none =
                new DrawsSummary(0, 0, approximation.dimension(), Double.NaN, "", Double.NaN, "", 0, List.of());
        Conclusions conclusions =
                new Conclusions(List.of(), List.of(), none, summary, evidence, Double.NaN, Double.NaN);
        return new CheckReport(
                conclusions.verdict(),
                conclusions.headline(),
                conclusions.warnings(),
                none,
                summary,
                GlobalScores.of(weights, density.evidence()),
                List.of(),
                List.of(),
                List.of(),
                Double.NaN,
                0,
                search.unexamined(),
                List.of(),
                others,
                conclusions.nextSteps(),
                options,
                Portrait.none(),
                Optional.empty(),
                evidence);
    }

    /**
     * Runs the check without reference draws: masses of p from importance weights of the approximation's own draws. A
     * region that these never visit cannot be seen.
     *
     * @param approximation draws of q, without the columns that hold the log densities
     * @param weights       weights of these draws
     * @throws IllegalArgumentException if there are fewer than {@link #LEAST_DRAWS} draws, or either half of them has no
     *     positive weight
     */
    public CheckReport byWeights(
            Draws approximation, ImportanceWeights weights, List<NamedRegion> regions, List<RequestedBall> balls) {
        Draws weighted = weights.weighted(enough("approximation", approximation));
        for (Draws half : Discovery.split(weighted)) {
            boolean positive = half.chains().stream().anyMatch(c -> IntStream.range(0, c.size())
                    .anyMatch(t -> c.logWeight(t) > Double.NEGATIVE_INFINITY));
            if (!positive) {
                throw new IllegalArgumentException(
                        "weights must be positive in both halves of the draws, one half has none");
            }
        }
        return report(
                new SharedParameters(weighted, approximation, List.of(), List.of()),
                Optional.of(weights),
                Optional.empty(),
                Evidence.Source.WEIGHTS,
                regions,
                balls);
    }

    private CheckReport report(
            SharedParameters shared,
            Optional<ImportanceWeights> weights,
            Optional<ExaminedDensity> density,
            Evidence.Source source,
            List<NamedRegion> regions,
            List<RequestedBall> balls) {
        Draws reference = shared.reference();
        Draws approximation = shared.approximation();
        Workers workers = new Workers(options.threads());
        double referenceTime = DrawsMass.coordinateTime(reference);
        double approximationTime = DrawsMass.coordinateTime(approximation);
        List<Quality.Column> columnsP = source == Evidence.Source.DENSITY
                ? Quality.columns(reference, workers).stream()
                        .map(c -> new Quality.Column(c.constant(), Double.NaN, Double.NaN))
                        .toList()
                : Quality.columns(reference, workers);
        List<Quality.Column> columnsQ = Quality.columns(approximation, workers);
        boolean byDensity = source == Evidence.Source.DENSITY;
        DrawsSummary summaryP = byDensity ? ofSearch(Quality.of(reference, columnsP)) : Quality.of(reference, columnsP);
        DrawsSummary summaryQ = Quality.of(approximation, columnsQ);
        double effectiveP = Quality.effectiveSize(reference) / referenceTime;
        double effectiveQ = Quality.effectiveSize(approximation) / approximationTime;
        double effective = 1 / (1 / effectiveP + 1 / effectiveQ);
        Optional<WeightedMass> weighted =
                weights.filter(ImportanceWeights::positive).map(w -> WeightedMass.of(approximation, w));
        boolean byWeights = source == Evidence.Source.WEIGHTS;
        Masses masses = new Masses(
                byWeights
                        ? (region, level) -> weighted.orElseThrow()
                                .withLevel(level)
                                .estimate(region)
                                .mass()
                        : byDensity
                                ? (region, level) -> density.orElseThrow()
                                        .mass(region, level)
                                        .orElseThrow()
                                : (region, level) -> DrawsMass.withDefaults()
                                        .withLevel(level)
                                        .estimate(reference, region, referenceTime),
                (region, level) ->
                        DrawsMass.withDefaults().withLevel(level).estimate(approximation, region, approximationTime),
                options.level());

        List<Mode> modes = ModeTable.of(reference, approximation, masses, workers);
        Discovery discovery = Discovery.withAllViews(options, workers);
        List<Discovery.Row> rows = byDensity
                ? settled(discovery.run(reference, approximation), masses, workers)
                : discovery.run(reference, approximation);
        JointTyping joint = new JointTyping(reference, approximation, modes, effectiveP, effectiveQ);
        Predicate<Discovery.Row> reliable = row ->
                !byWeights || !masses.p(row.candidate().region(), 1).cautions().contains(Caution.HEAVY_WEIGHTS);
        FindingsOfScan scan =
                new FindingsOfScan(reference, approximation, effectiveP, effectiveQ, joint, masses, options);
        List<Finding> all = new ArrayList<>(scan.confirmed(rows, reliable));
        List<Finding> unconfirmed = scan.unconfirmed(rows, all, reliable);
        boolean unsettled = byDensity
                && density.orElseThrow().evidence().verdict() != org.localmass.estimate.explore.Verdict.CONVERGED;
        List<RequestedRegion> requested = requested(regions, masses, effective, unsettled, workers);
        for (RequestedRegion r : requested) {
            if (r.outcome() == RequestedOutcome.FINDING) {
                all.add(r.finding());
            }
        }
        all.sort(Comparator.comparingDouble(Finding::importance).reversed());
        List<Finding> findings = numbered(all);

        List<BallCurve> curves = workers.map(
                balls.size(),
                i -> BallScan.of(
                        balls.get(i),
                        reference,
                        approximation,
                        referenceTime,
                        approximationTime,
                        options.level(),
                        options.alpha()));

        // by weights a region without draws of q would not have shown, whatever its mass
        double detectable = byWeights ? Double.NaN : Math.min(1, DETECTABLE / effective);
        List<Evidence.ViewCount> counts = counts(rows);
        Optional<WeightsEvidence> byRegion = weights.map(
                w -> WeightsTable.of(w, weighted, named(findings, requested), modes, source, options.level(), workers));
        Optional<SearchEvidence> search = density.map(e -> SearchTable.of(
                e, approximation, named(findings, requested), modes, byDensity, options.level(), workers));
        Map<String, String> relative = byDensity ? SearchTable.relative(search.orElseThrow()) : Map.of();
        List<Finding> shown =
                findings.stream().map(f -> f.withExplanation(relative)).toList();
        List<RequestedRegion> asked = requested.stream()
                .map(r -> new RequestedRegion(
                        r.finding().withExplanation(relative),
                        r.outcome(),
                        r.minimumDetectableMass(),
                        r.sufficientDraws()))
                .toList();
        Evidence evidence = new Evidence(source, counts, modes, unconfirmed, byRegion, search);
        Conclusions conclusions = new Conclusions(shown, asked, summaryP, summaryQ, evidence, detectable, effective);
        return new CheckReport(
                conclusions.verdict(),
                conclusions.headline(),
                conclusions.warnings(),
                summaryP,
                summaryQ,
                density.map(e -> GlobalScores.of(weights, e.evidence())).orElseGet(() -> GlobalScores.of(weights)),
                shown,
                asked,
                curves,
                detectable,
                rows.size(),
                unexamined(NotExamined.of(discovery.views(), counts, source, reference, approximation), search),
                shared.onlyInReference(),
                shared.onlyInApproximation(),
                conclusions.nextSteps(),
                options,
                Painter.paint(reference, approximation, columnsP, columnsQ, named(shown, asked), options, workers),
                Optional.empty(),
                evidence);
    }

    /** Size alone: R-hat and effective draws of a search's particles say nothing of a sampler. */
    private static DrawsSummary ofSearch(DrawsSummary draws) {
        return new DrawsSummary(
                draws.chains(),
                draws.draws(),
                draws.parameters(),
                Double.NaN,
                "",
                Double.NaN,
                "",
                0,
                draws.constants());
    }

    private static List<String> unexamined(List<String> sentences, Optional<SearchEvidence> search) {
        List<String> all = new ArrayList<>(sentences);
        search.ifPresent(s -> all.addAll(s.unexamined()));
        return all;
    }

    /**
     * Rows that were confirmed on the other half of the runs, with the mass of p by all that the search knows; its
     * interval holds that of the half and that of the search, and must still tell the masses apart.
     */
    private static List<Discovery.Row> settled(List<Discovery.Row> rows, Masses masses, Workers workers) {
        return workers.map(rows.size(), i -> {
            Discovery.Row row = rows.get(i);
            if (!row.confirmed()) {
                return row;
            }
            MassEstimate half = row.reference();
            MassEstimate all = masses.p(row.candidate().region(), rows.size());
            MassEstimate both = new MassEstimate(
                    all.estimate(),
                    Math.min(half.lower(), all.lower()),
                    Math.max(half.upper(), all.upper()),
                    Math.min(half.effectiveHits(), all.effectiveHits()),
                    all.effectiveSize(),
                    all.hits(),
                    all.visits(),
                    all.cautions());
            RatioEstimate ratio = MassComparison.ratio(both, row.approximation());
            boolean apart = row.candidate().direction() == Direction.UNDER ? ratio.upper() < 1 : ratio.lower() > 1;
            return new Discovery.Row(
                    row.candidate(),
                    both,
                    row.approximation(),
                    row.pValue(),
                    row.adjustedPValue(),
                    row.eValue(),
                    apart);
        });
    }

    /** Every region of the report once, findings first. */
    private static List<Finding> named(List<Finding> findings, List<RequestedRegion> requested) {
        List<Finding> all = new ArrayList<>(findings);
        for (RequestedRegion r : requested) {
            if (findings.stream().noneMatch(f -> f.id().equals(r.finding().id()))) {
                all.add(r.finding());
            }
        }
        return all;
    }

    private static List<Evidence.ViewCount> counts(List<Discovery.Row> rows) {
        List<Evidence.ViewCount> counts = new ArrayList<>();
        for (View view : View.values()) {
            int n = (int)
                    rows.stream().filter(r -> r.candidate().view() == view).count();
            if (n > 0) {
                counts.add(new Evidence.ViewCount(view, n));
            }
        }
        return counts;
    }

    /**
     * Every region that the search tested, confirmed or not: what {@link #run} makes its findings from.
     *
     * @param shared reference and approximation with the same parameters
     * @throws IllegalArgumentException if either set has fewer than {@link #LEAST_DRAWS} draws
     */
    public List<TestedRegion> tested(SharedParameters shared) {
        return Discovery.withAllViews(options, new Workers(options.threads()))
                .run(enough("reference", shared.reference()), enough("approximation", shared.approximation()))
                .stream()
                .map(r -> new TestedRegion(
                        r.candidate().region(),
                        r.candidate().view(),
                        r.candidate().direction(),
                        r.reference(),
                        r.approximation(),
                        r.pValue(),
                        r.adjustedPValue(),
                        r.eValue(),
                        r.confirmed()))
                .toList();
    }

    private static Draws enough(String name, Draws draws) {
        if (draws.size() < LEAST_DRAWS) {
            throw new IllegalArgumentException(
                    name + " must have at least " + LEAST_DRAWS + " draws, was " + draws.size());
        }
        return draws;
    }

    private static List<Finding> numbered(List<Finding> findings) {
        List<Finding> numbered = new ArrayList<>();
        int next = 1;
        for (Finding f : findings) {
            numbered.add(f.kind() == Kind.REQUESTED ? f : f.withId("F" + next++));
        }
        return numbered;
    }

    /** The regions that the user named, on all draws, with intervals that hold for all of them at once. */
    private List<RequestedRegion> requested(
            List<NamedRegion> regions, Masses masses, double effective, boolean unsettled, Workers workers) {
        if (regions.isEmpty()) {
            return List.of();
        }
        double error = 1 - options.level();
        record Pair(MassEstimate p, MassEstimate q) {}
        List<Pair> pairs = workers.map(regions.size(), i -> {
            NamedRegion r = regions.get(i);
            return new Pair(masses.p(r.region(), regions.size()), masses.q(r.region(), regions.size()));
        });
        double[] pValues =
                pairs.stream().mapToDouble(x -> MassComparison.pValue(x.p, x.q)).toArray();
        double[] adjusted = MultipleTesting.holm(pValues);
        List<RequestedRegion> requested = new ArrayList<>();
        for (int i = 0; i < regions.size(); i++) {
            MassEstimate p = pairs.get(i).p;
            MassEstimate q = pairs.get(i).q;
            RatioEstimate ratio = MassComparison.ratio(p, q);
            boolean different = adjusted[i] <= error && (ratio.upper() < 1 || ratio.lower() > 1);
            boolean unreliable =
                    p.cautions().contains(Caution.UNSEEN) || p.cautions().contains(Caution.HEAVY_WEIGHTS);
            RequestedOutcome outcome = unreliable
                    ? RequestedOutcome.INCONCLUSIVE
                    : different && FindingsOfScan.material(p, q, ratio, options)
                            ? RequestedOutcome.FINDING
                            : ratio.lower() > 0.5 && ratio.upper() < 2 && !unsettled
                                    ? RequestedOutcome.AGREES
                                    : RequestedOutcome.INCONCLUSIVE;
            String text = regions.get(i).text();
            Finding finding = new Finding(
                    "R" + (i + 1),
                    text,
                    regions.get(i).region(),
                    Kind.REQUESTED,
                    p.estimate() >= q.estimate() ? Direction.UNDER : Direction.OVER,
                    Optional.empty(),
                    p,
                    q,
                    ratio,
                    MassComparison.leastLocalDivergence(p, q),
                    MassComparison.localDivergence(p, q),
                    pValues[i],
                    adjusted[i],
                    MassComparison.eValue(p, q),
                    FindingsOfScan.cautions(p, ratio),
                    p.cautions().contains(Caution.UNSEEN)
                            ? Wording.unseen(text, p)
                            : Wording.sentence(text, Optional.empty(), p, q, ratio));
            double root = p.cautions().contains(Caution.UNSEEN)
                    ? Double.NaN
                    : Math.sqrt(q.estimate()) + Math.sqrt(DETECTABLE / effective);
            requested.add(new RequestedRegion(
                    finding,
                    outcome,
                    Math.min(1, root * root),
                    outcome != RequestedOutcome.INCONCLUSIVE
                            ? 0
                            : unreliable || unsettled ? Double.NaN : sufficient(ratio.estimate())));
        }
        return requested;
    }

    /**
     * Effective draws in the region, in each set, that would settle it: enough either to tell the estimated ratio from 1
     * or to hold the interval within a factor of two, whichever needs fewer.
     */
    private static double sufficient(double ratio) {
        double gap = ratio > 0 && Double.isFinite(ratio) ? Math.abs(Math.log(ratio)) : Math.log(2);
        double width = Math.max(gap, Math.log(2) - gap);
        double needed = 2 * Math.pow(1.96 / width, 2);
        return Math.max(16, Math.ceil(needed / 10) * 10);
    }
}
