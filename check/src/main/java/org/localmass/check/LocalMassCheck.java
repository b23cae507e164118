package org.localmass.check;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.localmass.core.draws.Draws;
import org.localmass.core.internal.TwoDigits;
import org.localmass.core.mass.Caution;
import org.localmass.core.mass.MassEstimate;
import org.localmass.core.mass.RatioEstimate;
import org.localmass.core.region.Interval;
import org.localmass.core.region.Region;
import org.localmass.estimate.DrawsMass;
import org.localmass.estimate.MassComparison;
import org.localmass.estimate.Membership;

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

    /** Regions of one cluster share more than this Jaccard index. */
    private static final double CLUSTER = 0.5;
    /** A simpler region stands for its cluster if it has this share of the largest importance. */
    private static final double NEARLY = 0.8;
    /** (sqrt p - sqrt q)^2 times effective draws from which on a region is found with high probability. */
    private static final double DETECTABLE = 12;
    /** A check that could not have shown a region of this mass concludes nothing. */
    private static final double LARGEST_BLIND_MASS = 0.05;
    /** R-hat above this: said first. */
    private static final double RHAT_DOUBTFUL = 1.01;
    /** R-hat above this: nothing is concluded from the absence of findings. */
    private static final double RHAT_USELESS = 1.05;
    /** Effective draws per chain below which the reference is doubtful. */
    private static final double ESS_PER_CHAIN = 100;

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
        Draws reference = enough("reference", shared.reference());
        Draws approximation = enough("approximation", shared.approximation());
        Workers workers = new Workers(options.threads());
        double referenceTime = DrawsMass.coordinateTime(reference);
        double approximationTime = DrawsMass.coordinateTime(approximation);
        List<Quality.Column> columnsP = Quality.columns(reference, workers);
        List<Quality.Column> columnsQ = Quality.columns(approximation, workers);
        DrawsSummary summaryP = Quality.of(reference, columnsP);
        DrawsSummary summaryQ = Quality.of(approximation, columnsQ);

        List<Discovery.Row> rows = Discovery.withAllViews(options, workers).run(reference, approximation);
        List<Finding> findings =
                new ArrayList<>(findings(rows, reference, approximation, referenceTime, approximationTime));

        double effective = 1 / (referenceTime / reference.size() + approximationTime / approximation.size());
        List<RequestedRegion> requested =
                requested(regions, reference, approximation, referenceTime, approximationTime, effective, workers);
        for (RequestedRegion r : requested) {
            if (r.outcome() == RequestedOutcome.FINDING) {
                findings.add(r.finding());
            }
        }
        findings.sort(Comparator.comparingDouble(Finding::importance).reversed());
        findings = numbered(findings);

        List<BallCurve> curves = workers.map(
                balls.size(),
                i -> BallScan.of(
                        balls.get(i), reference, approximation, referenceTime, approximationTime, options.level()));

        double detectable = Math.min(1, DETECTABLE / effective);
        boolean blind = detectable > LARGEST_BLIND_MASS || summaryP.rhatMax() > RHAT_USELESS;
        boolean open = requested.stream().anyMatch(r -> r.outcome() == RequestedOutcome.INCONCLUSIVE);
        Verdict verdict =
                !findings.isEmpty() ? Verdict.FINDING : blind || open ? Verdict.INCONCLUSIVE : Verdict.NO_FINDING;
        List<String> nextSteps =
                nextSteps(verdict, findings, requested, summaryP, approximation, detectable, effective);
        return new CheckReport(
                verdict,
                headline(verdict, findings, requested, summaryP, detectable),
                warnings(summaryP, summaryQ),
                summaryP,
                summaryQ,
                GlobalScores.of(approximation),
                findings,
                requested,
                curves,
                detectable,
                rows.size(),
                notExamined(reference.dimension()),
                shared.onlyInReference(),
                shared.onlyInApproximation(),
                nextSteps,
                options,
                Painter.paint(
                        reference, approximation, columnsP, columnsQ, pictured(findings, requested), options, workers),
                Optional.empty());
    }

    /** Every region of the report once, findings first. */
    private static List<Finding> pictured(List<Finding> findings, List<RequestedRegion> requested) {
        List<Finding> all = new ArrayList<>(findings);
        for (RequestedRegion r : requested) {
            if (!all.contains(r.finding())) {
                all.add(r.finding());
            }
        }
        return all;
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

    /** Confirmed, material rows of both folds, one per cluster of overlapping regions. */
    private List<Finding> findings(
            List<Discovery.Row> rows,
            Draws reference,
            Draws approximation,
            double referenceTime,
            double approximationTime) {
        record Member(Discovery.Row row, Membership p, Membership q) {}
        List<Discovery.Row> kept = new ArrayList<>();
        for (Discovery.Row row : rows) {
            RatioEstimate ratio = MassComparison.ratio(row.reference(), row.approximation());
            if (row.confirmed() && material(row.reference(), row.approximation(), ratio)) {
                kept.add(row);
            }
        }
        List<Region> regions = kept.stream().map(r -> r.candidate().region()).toList();
        List<Membership> p = Membership.of(reference, regions);
        List<Membership> q = Membership.of(approximation, regions);
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < kept.size(); i++) {
            members.add(new Member(kept.get(i), p.get(i), q.get(i)));
        }
        members.sort(
                Comparator.comparingDouble((Member m) -> m.row.importance()).reversed());
        // clusters round the most important region, then shown by the simplest of nearly the same importance
        List<List<Member>> clusters = new ArrayList<>();
        for (Member m : members) {
            Optional<List<Member>> home = clusters.stream()
                    .filter(c -> c.get(0).row.candidate().direction()
                                    == m.row.candidate().direction()
                            && Discovery.jaccard(m.p, m.q, c.get(0).p, c.get(0).q) > CLUSTER)
                    .findFirst();
            home.ifPresentOrElse(c -> c.add(m), () -> clusters.add(new ArrayList<>(List.of(m))));
        }
        List<Member> shown = new ArrayList<>();
        for (List<Member> cluster : clusters) {
            double enough = NEARLY * cluster.get(0).row.importance();
            shown.add(cluster.stream()
                    .filter(m -> m.row.importance() >= enough)
                    .min(Comparator.comparingInt(m -> m.row.candidate().complexity()))
                    .orElseThrow());
        }
        boolean[] told = Explanation.kept(
                shown.stream()
                        .map(m -> new Explanation.Item(
                                m.row.candidate().region(), m.row.candidate().complexity(), m.row.importance()))
                        .toList(),
                reference,
                approximation);
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < told.length; i++) {
            Member leader = shown.get(i);
            if (told[i]) {
                List<String> also = clusters.get(i).stream()
                        .filter(m -> !m.equals(leader))
                        .map(m -> Wording.region(m.row.candidate().region(), reference.names()))
                        .distinct()
                        .toList();
                findings.add(finding(leader.row, also, reference, approximation, referenceTime, approximationTime));
            }
        }
        return findings;
    }

    private static Finding finding(
            Discovery.Row row,
            List<String> also,
            Draws reference,
            Draws approximation,
            double referenceTime,
            double approximationTime) {
        Region region = row.candidate().region();
        Direction direction = row.candidate().direction();
        RatioEstimate ratio = MassComparison.ratio(row.reference(), row.approximation());
        Typing typing = region instanceof Interval interval
                ? Typing.of(
                        interval,
                        direction,
                        ratio,
                        SortedColumn.of(reference, interval.coordinate()),
                        SortedColumn.of(approximation, interval.coordinate()),
                        reference.size() / referenceTime,
                        approximation.size() / approximationTime)
                : Typing.joint(direction);
        String text = Wording.region(region, reference.names());
        return new Finding(
                "",
                text,
                region,
                typing.kind(),
                direction,
                typing.side(),
                row.reference(),
                row.approximation(),
                ratio,
                row.importance(),
                MassComparison.localDivergence(row.reference(), row.approximation()),
                row.pValue(),
                row.adjustedPValue(),
                row.eValue(),
                cautions(row.reference(), ratio),
                Wording.sentence(text, Optional.of(typing), row.reference(), row.approximation(), ratio),
                new Origin(
                        Optional.of(row.candidate().view()),
                        row.candidate().strongest().stream()
                                .map(reference.names()::get)
                                .toList(),
                        also));
    }

    private static List<Caution> cautions(MassEstimate reference, RatioEstimate ratio) {
        List<Caution> cautions = new ArrayList<>(reference.cautions());
        if (ratio.upper() == Double.POSITIVE_INFINITY) {
            cautions.add(Caution.UNBOUNDED_RATIO);
        }
        return cautions;
    }

    private boolean material(MassEstimate reference, MassEstimate approximation, RatioEstimate ratio) {
        double factor = options.materialRatio();
        return ratio.upper() < 1 / factor
                || ratio.lower() > factor
                || MassComparison.leastDifference(reference, approximation) > options.materialMass();
    }

    /** The regions that the user named, on all draws, with intervals that hold for all of them at once. */
    private List<RequestedRegion> requested(
            List<NamedRegion> regions,
            Draws reference,
            Draws approximation,
            double referenceTime,
            double approximationTime,
            double effective,
            Workers workers) {
        if (regions.isEmpty()) {
            return List.of();
        }
        double error = 1 - options.level();
        DrawsMass mass = DrawsMass.withDefaults().withLevel(1 - error / regions.size());
        record Pair(MassEstimate p, MassEstimate q) {}
        List<Pair> pairs = workers.map(regions.size(), i -> {
            NamedRegion r = regions.get(i);
            return new Pair(
                    mass.estimate(reference, r.region(), referenceTime),
                    mass.estimate(approximation, r.region(), approximationTime));
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
            RequestedOutcome outcome = different && material(p, q, ratio)
                    ? RequestedOutcome.FINDING
                    : ratio.lower() > 0.5 && ratio.upper() < 2
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
                    cautions(p, ratio),
                    Wording.sentence(text, Optional.empty(), p, q, ratio));
            double root = Math.sqrt(q.estimate()) + Math.sqrt(DETECTABLE / effective);
            requested.add(new RequestedRegion(
                    finding,
                    outcome,
                    Math.min(1, root * root),
                    outcome == RequestedOutcome.INCONCLUSIVE ? sufficient(ratio.estimate()) : 0));
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

    private static List<String> warnings(DrawsSummary reference, DrawsSummary approximation) {
        List<String> warnings = new ArrayList<>();
        if (reference.rhatMax() > RHAT_DOUBTFUL) {
            warnings.add("The reference chains may not have converged: R-hat of " + reference.rhatMaxName() + " is "
                    + rhat(reference.rhatMax())
                    + " (at most 1.01 is expected). What differs may be the reference's fault.");
        }
        if (reference.essMin() < ESS_PER_CHAIN * Math.min(4, reference.chains())) {
            warnings.add("The reference has only " + TwoDigits.count(Math.rint(reference.essMin()))
                    + " effective draws of " + reference.essMinName() + "; "
                    + TwoDigits.count(ESS_PER_CHAIN * Math.min(4, reference.chains())) + " are the least to rely on.");
        }
        if (reference.divergences() > 0) {
            warnings.add("The reference sampler reported " + reference.divergences()
                    + " divergent transitions: it may itself miss a region.");
        }
        if (!reference.constants().isEmpty()) {
            warnings.add("Never changes in the reference: " + list(reference.constants()) + ".");
        }
        if (!approximation.constants().isEmpty()) {
            warnings.add("Never changes in the approximation: " + list(approximation.constants()) + ".");
        }
        if (approximation.rhatMax() > RHAT_DOUBTFUL) {
            warnings.add("The chains of the approximation disagree: R-hat of " + approximation.rhatMaxName() + " is "
                    + rhat(approximation.rhatMax()) + ".");
        }
        return warnings;
    }

    /** Two decimals, rounded up: never shown as passing when it does not. */
    private static String rhat(double value) {
        return Double.isInfinite(value)
                ? "infinite"
                : BigDecimal.valueOf(value).setScale(2, RoundingMode.CEILING).toPlainString();
    }

    private static String list(List<String> names) {
        int shown = Math.min(5, names.size());
        String some = String.join(", ", names.subList(0, shown));
        return names.size() > shown ? some + " and " + (names.size() - shown) + " more" : some;
    }

    private static String headline(
            Verdict verdict,
            List<Finding> findings,
            List<RequestedRegion> requested,
            DrawsSummary reference,
            double detectable) {
        switch (verdict) {
            case FINDING -> {
                String first = lead(findings).explanation();
                String rest = findings.size() == 1 ? "" : " (" + findings.size() + " regions in all)";
                return "The approximation is wrong where it counts: " + first + rest + ".";
            }
            case NO_FINDING -> {
                return "No region was found where the approximation is wrong; one that holds "
                        + TwoDigits.percent(detectable) + " or more of the reference and is missed would very probably"
                        + " have shown.";
            }
            default -> {
                if (reference.rhatMax() > RHAT_USELESS) {
                    return "Inconclusive: the reference chains disagree (R-hat " + rhat(reference.rhatMax()) + ").";
                }
                if (detectable > LARGEST_BLIND_MASS) {
                    return "Inconclusive: with so few effective draws only a missed region of "
                            + TwoDigits.percent(detectable) + " or more would have shown.";
                }
                RequestedRegion open = requested.stream()
                        .filter(r -> r.outcome() == RequestedOutcome.INCONCLUSIVE)
                        .findFirst()
                        .orElseThrow();
                return "Inconclusive: "
                        + TwoDigits.count(
                                Math.rint(open.finding().referenceMass().effectiveHits()))
                        + " effective draws in " + open.finding().regionText() + "; "
                        + TwoDigits.count(open.sufficientDraws()) + " would do.";
            }
        }
    }

    /** What is said first: the worst region that the user named, else the worst of all. */
    private static Finding lead(List<Finding> findings) {
        return findings.stream()
                .filter(f -> f.kind() == Kind.REQUESTED)
                .findFirst()
                .orElse(findings.get(0));
    }

    private static List<String> notExamined(int parameters) {
        List<String> not = new ArrayList<>();
        not.add("Events that need more than four parameters at once, and that no direction, ball or tree of all"
                + " parameters shows; name such a region with --region.");
        if (parameters > Screen.MOST_JOINT) {
            not.add("Directions, balls and trees of more than the " + Screen.MOST_JOINT
                    + " parameters that differ most"
                    + (parameters > Screen.MOST_PAIRED ? ", pairs of more than " + Screen.MOST_PAIRED : "") + ".");
        }
        not.add("Regions that the reference draws themselves never visit cannot be seen.");
        return not;
    }

    private List<String> nextSteps(
            Verdict verdict,
            List<Finding> findings,
            List<RequestedRegion> requested,
            DrawsSummary reference,
            Draws approximation,
            double detectable,
            double effective) {
        List<String> steps = new ArrayList<>();
        if (reference.rhatMax() > RHAT_DOUBTFUL || reference.divergences() > 0) {
            steps.add("Make the reference trustworthy first: run its chains longer, raise adapt_delta or"
                    + " reparametrise, until R-hat is below 1.01 without divergent transitions.");
        }
        if (verdict == Verdict.FINDING) {
            Finding worst = lead(findings);
            steps.add("Do not use the approximation for statements about " + worst.regionText()
                    + "; take the reference, or a richer family or another parametrisation, and check again.");
            if (findings.stream().anyMatch(f -> f.kind() == Kind.TAIL || f.kind() == Kind.BOUNDARY)) {
                steps.add("Tails and boundaries: importance-weight the draws, or try a full-rank or heavier-tailed"
                        + " family, or transform the parameter (log, non-centred).");
            }
            if (findings.stream().anyMatch(f -> f.kind() == Kind.MODE)) {
                steps.add("Modes: fit a mixture, or fit from several starting points.");
            }
        }
        boolean open = requested.stream().anyMatch(r -> r.outcome() == RequestedOutcome.INCONCLUSIVE);
        if (open || detectable > LARGEST_BLIND_MASS) {
            steps.add("Get more effective draws of the reference"
                    + (approximation.size() < 4 * effective
                            ? ", and more draws of the approximation: they are cheap."
                            : "."));
        }
        if (steps.isEmpty()) {
            steps.add("Name the regions that your decision depends on with --region.");
        }
        return steps;
    }
}
