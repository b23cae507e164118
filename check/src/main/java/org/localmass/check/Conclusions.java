package org.localmass.check;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.localmass.core.draws.ParetoDiagnostic;
import org.localmass.core.internal.TwoDigits;
import org.localmass.core.region.LevelSet;
import org.localmass.estimate.WeightedMass;

/** What is concluded from a check, and the sentences that say so. */
final class Conclusions {
    /** A check that could not have shown a region of this mass concludes nothing. */
    static final double LARGEST_BLIND_MASS = 0.05;
    /** R-hat above this: said first. */
    private static final double RHAT_DOUBTFUL = 1.01;
    /** R-hat above this: nothing is concluded from the absence of findings. */
    private static final double RHAT_USELESS = 1.05;
    /** Effective draws per chain below which the reference is doubtful. */
    private static final double ESS_PER_CHAIN = 100;

    private final List<Finding> findings;
    private final List<RequestedRegion> requested;
    private final DrawsSummary reference;
    private final DrawsSummary approximation;
    private final Evidence evidence;
    /** Smallest mass that would very probably have shown; NaN by weights. */
    private final double detectable;
    /** Effective draws that make a region of {@link #LARGEST_BLIND_MASS} detectable. */
    private final double sufficient;
    /** Effective draws of both sets together. */
    private final double effective;

    Conclusions(
            List<Finding> findings,
            List<RequestedRegion> requested,
            DrawsSummary reference,
            DrawsSummary approximation,
            Evidence evidence,
            double detectable,
            double effective) {
        this.findings = findings;
        this.requested = requested;
        this.reference = reference;
        this.approximation = approximation;
        this.evidence = evidence;
        this.detectable = detectable;
        this.effective = effective;
        this.sufficient = detectable * effective / LARGEST_BLIND_MASS;
    }

    private boolean byWeights() {
        return evidence.source() == Evidence.Source.WEIGHTS;
    }

    private boolean byDensity() {
        return evidence.source() == Evidence.Source.DENSITY;
    }

    /** Whether the masses of p come from a search that did not pass its checks. */
    private boolean unsettled() {
        return byDensity() && evidence.search().filter(s -> !s.converged()).isPresent();
    }

    /** Whether the weights are too uneven to conclude anything. */
    private boolean heavy() {
        return byWeights()
                && evidence.weights()
                        .filter(w -> WeightedMass.tooHeavy(w.diagnostic()))
                        .isPresent();
    }

    /**
     * The verdict. By weights there is no "no finding": what q's draws never visit stays unseen, so that nothing can be
     * concluded from the absence of findings.
     */
    Verdict verdict() {
        if (!findings.isEmpty()) {
            return Verdict.FINDING;
        }
        boolean blind = detectable > LARGEST_BLIND_MASS || reference.rhatMax() > RHAT_USELESS;
        boolean open = requested.stream().anyMatch(r -> r.outcome() == RequestedOutcome.INCONCLUSIVE);
        return blind || open || byWeights() || unsettled() ? Verdict.INCONCLUSIVE : Verdict.NO_FINDING;
    }

    /** The verdict in one sentence. */
    String headline() {
        switch (verdict()) {
            case FINDING -> {
                String first = lead().explanation();
                String rest = findings.size() == 1 ? "" : " (" + findings.size() + " regions in all)";
                return "The approximation is wrong where it counts: " + first + rest + ".";
            }
            case NO_FINDING -> {
                return "No region was found where the approximation is wrong; one that holds "
                        + TwoDigits.percent(detectable)
                        + (byDensity()
                                ? " or more of the mass found and is missed would very probably have shown. What the"
                                        + " search did not find is not among it."
                                : " or more of the reference and is missed would very probably have shown.");
            }
            default -> {
                return "Inconclusive: " + inconclusive() + ".";
            }
        }
    }

    private String inconclusive() {
        if (byWeights()) {
            return heavy()
                    ? "the weights are too uneven (k-hat "
                            + TwoDigits.number(evidence.weights()
                                    .orElseThrow()
                                    .diagnostic()
                                    .kHat())
                            + ") to say how much the target gives to a region; somewhere q gives it far too little"
                    : "within reach of q's draws no wrong region was found, but weights cannot see a region that q's"
                            + " draws never visit; reference draws can";
        }
        if (unsettled()) {
            SearchEvidence search = evidence.search().orElseThrow();
            return "the search of the density did not pass its own checks"
                    + (search.doubts().isEmpty() ? "" : ": " + search.doubts().get(0));
        }
        if (reference.rhatMax() > RHAT_USELESS) {
            return "the reference chains disagree (R-hat " + rhat(reference.rhatMax()) + ")";
        }
        if (detectable > LARGEST_BLIND_MASS) {
            return "with so few effective draws only a missed region of " + TwoDigits.percent(detectable)
                    + " or more would have shown; " + TwoDigits.count(Math.ceil(sufficient / 10) * 10)
                    + " effective draws of the reference, and many of the approximation, would do for "
                    + TwoDigits.percent(LARGEST_BLIND_MASS);
        }
        RequestedRegion open = requested.stream()
                .filter(r -> r.outcome() == RequestedOutcome.INCONCLUSIVE)
                .findFirst()
                .orElseThrow();
        return TwoDigits.count(Math.rint(open.finding().referenceMass().effectiveHits())) + " effective draws in "
                + open.finding().regionText() + "; " + TwoDigits.count(open.sufficientDraws()) + " would do";
    }

    /** What is said first: the worst region that the user named, else the worst of all. */
    private Finding lead() {
        return findings.stream()
                .filter(f -> f.kind() == Kind.REQUESTED)
                .findFirst()
                .orElse(findings.get(0));
    }

    /** Doubts about the inputs, in order of weight. */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (byWeights()) {
            warnings.add("There are no reference draws: the target's masses come from importance weights of q's own"
                    + " draws. A region that they never visit cannot be seen, and k-hat is blind to it.");
            if (heavy()) {
                ParetoDiagnostic all = evidence.weights().orElseThrow().diagnostic();
                warnings.add(
                        "Pareto k-hat is " + TwoDigits.number(all.kHat()) + " (at most "
                                + TwoDigits.number(all.threshold())
                                + " is expected): a few draws carry most of the weight, and the masses are not to be relied on.");
            }
        } else if (byDensity()) {
            ofSearch(warnings);
        } else {
            ofReference(warnings);
        }
        if (!reference.constants().isEmpty() && !byWeights() && !byDensity()) {
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

    private void ofSearch(List<String> warnings) {
        SearchEvidence search = evidence.search().orElseThrow();
        if (unsettled()) {
            warnings.add("The search of the density did not pass its own checks: absolute masses are not settled."
                    + (search.doubts().isEmpty() ? "" : " " + capital(String.join("; ", search.doubts())) + "."));
        }
        SearchTable.failures(search.counts()).ifPresent(warnings::add);
    }

    private static String capital(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    private void ofReference(List<String> warnings) {
        if (reference.rhatMax() > RHAT_DOUBTFUL) {
            warnings.add("The reference chains may not have converged: R-hat of " + reference.rhatMaxName() + " is "
                    + rhat(reference.rhatMax())
                    + " (at most 1.01 is expected). What differs may be the reference's fault.");
        }
        if (reference.essMin() < ESS_PER_CHAIN * Math.min(4, reference.chains())) {
            warnings.add("The reference has only " + TwoDigits.count(Math.rint(reference.essMin()))
                    + " effective draws" + (reference.essMinName().isEmpty() ? "" : " of " + reference.essMinName())
                    + "; " + TwoDigits.count(ESS_PER_CHAIN * Math.min(4, reference.chains()))
                    + " are the least to rely on.");
        }
        if (reference.divergences() > 0) {
            warnings.add("The reference sampler reported " + reference.divergences()
                    + " divergent transitions: it may itself miss a region.");
        }
    }

    /** Two decimals, rounded up: never shown as passing when it does not. */
    private static String rhat(double value) {
        return Double.isInfinite(value)
                ? "infinite"
                : BigDecimal.valueOf(value).setScale(2, RoundingMode.CEILING).toPlainString();
    }

    static String list(List<String> names) {
        int shown = Math.min(5, names.size());
        String some = String.join(", ", names.subList(0, shown));
        return names.size() > shown ? some + " and " + (names.size() - shown) + " more" : some;
    }

    /** What to do next, most useful first. */
    List<String> nextSteps() {
        List<String> steps = new ArrayList<>();
        if (byDensity() && unsettled()) {
            steps.add(
                    "Let the search settle: more evaluations (--budget), another parametrisation, or bounds on what the"
                            + " doubts name.");
        }
        if (!byWeights() && (reference.rhatMax() > RHAT_DOUBTFUL || reference.divergences() > 0)) {
            steps.add("Make the reference trustworthy first: run its chains longer, raise adapt_delta or"
                    + " reparametrise, until R-hat is below 1.01 without divergent transitions.");
        }
        if (verdict() == Verdict.FINDING) {
            Finding worst = lead();
            boolean hidden = worst.region() instanceof LevelSet
                    && !worst.origin().strongest().isEmpty();
            steps.add("Do not use the approximation for statements about "
                    + (hidden ? String.join(", ", worst.origin().strongest()) + " together" : worst.regionText())
                    + (byDensity() ? "; take draws of the target (MCMC), " : "; take the reference, ")
                    + "or a richer family or another parametrisation, and check again.");
            if (findings.stream().anyMatch(f -> f.kind() == Kind.TAIL || f.kind() == Kind.BOUNDARY)) {
                steps.add("Tails and boundaries: importance-weight the draws, or try a full-rank or heavier-tailed"
                        + " family, or transform the parameter (log, non-centred).");
            }
            if (findings.stream().anyMatch(f -> f.kind() == Kind.MODE)) {
                steps.add("Modes: fit a mixture, or fit from several starting points.");
            }
            if (findings.stream().anyMatch(f -> f.kind() == Kind.CORRELATION)) {
                steps.add("Correlations: use a full-rank family, or rotate or reparametrise the parameters named.");
            }
        }
        if (byWeights()) {
            steps.add("Run a few MCMC chains, even short ones, and give them as --reference: only they can show what q"
                    + " never visits.");
            return steps;
        }
        if (byDensity()) {
            steps.add("Name narrow modes that the search may miss with --anchor, and the regions that your decision"
                    + " depends on with --region.");
            steps.add("Run a few MCMC chains from other starting points and give them as --reference beside the model:"
                    + " they search in another way.");
            return steps;
        }
        boolean open = requested.stream().anyMatch(r -> r.outcome() == RequestedOutcome.INCONCLUSIVE);
        if (open || detectable > LARGEST_BLIND_MASS) {
            steps.add("Get more effective draws of the reference"
                    + (approximation.draws() < 4 * effective
                            ? ", and more draws of the approximation: they are cheap."
                            : "."));
        }
        if (!evidence.unconfirmed().isEmpty()) {
            steps.add("Run the reference longer, or from other starting points, to settle the regions that were not"
                    + " confirmed.");
        }
        if (steps.isEmpty()) {
            steps.add("Name the regions that your decision depends on with --region.");
        }
        return steps;
    }
}
