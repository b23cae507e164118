package org.localmass.estimate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.localmass.core.draws.Draws;
import org.localmass.core.draws.ParetoDiagnostic;
import org.localmass.core.draws.Sampling;
import org.localmass.core.internal.Arguments;
import org.localmass.core.mass.Caution;
import org.localmass.core.mass.MassEstimate;
import org.localmass.core.region.Region;

/**
 * Estimates the mass that p gives to a region from draws of q and importance weights. Immutable.
 *
 * <p>Self-normalised, with Pareto smoothed weights: \( \hat p = \sum_A w / \sum w \). Its delta-method variance is that of
 * \( n_e = 1/(\hat p(1-\hat p)(1/k_A + 1/k_{A^c})) \) independent draws, k Kish's effective sample size of the weights on
 * either side of the region's border; the interval is Clopper-Pearson's at these counts, divided by
 * \( 1 + 2/\sqrt{\min(k_A, k_{A^c})} \) where that minimum is below 30 or k-hat above 0.5.
 *
 * <p>Where no draw of q lies in the region, or every one does, nothing is known: the interval is [0, 1].
 * <br>Accuracy: coverage is measured in docs/quality/weights.md.
 * <br>Source: docs/theory.md, E7.1.
 */
public final class WeightedMass {
    private static final double FEW = 30;
    private static final double HEAVY = 0.5;

    private final Draws draws;
    private final Draws weighted;
    private final ImportanceWeights weights;
    private final double coordinateTime;
    private final double level;

    private WeightedMass(Draws draws, Draws weighted, ImportanceWeights weights, double coordinateTime, double level) {
        this.draws = draws;
        this.weighted = weighted;
        this.weights = weights;
        this.coordinateTime = coordinateTime;
        this.level = level;
    }

    /**
     * Masses from the given draws of q, intervals of level 0.95.
     *
     * @param draws   the draws the weights were taken from, or some of their parameters
     * @throws IllegalArgumentException if their number is not that of the weights, or no weight is positive
     */
    public static WeightedMass of(Draws draws, ImportanceWeights weights) {
        return new WeightedMass(draws, weights.weighted(draws), weights, DrawsMass.coordinateTime(draws), 0.95);
    }

    /** Intervals of another level, strictly between 0 and 1. */
    public WeightedMass withLevel(double value) {
        return new WeightedMass(draws, weighted, weights, coordinateTime, Arguments.fraction("level", value));
    }

    /** The draws with their smoothed weights. */
    public Draws draws() {
        return weighted;
    }

    /**
     * A mass under p and what its weights are worth.
     *
     * @param mass       the mass
     * @param diagnostic k-hat of the weights inside the region
     */
    public record Estimate(MassEstimate mass, ParetoDiagnostic diagnostic) {}

    /**
     * Mass of a region under p.
     *
     * @throws IllegalArgumentException if the draws and the region differ in dimension
     */
    public Estimate estimate(Region region) {
        Membership membership = Membership.of(draws, region);
        ParetoDiagnostic local = weights.diagnostic(membership);
        ParetoDiagnostic global = weights.diagnostic();
        double time = draws.sampling() == Sampling.INDEPENDENT
                ? 1
                : DrawsMass.indicatorTime(draws, membership, coordinateTime);
        double least = Math.min(
                WeightSums.of(weighted, membership).kish(),
                WeightSums.of(weighted, membership.not()).kish());
        double heaviest = Math.max(known(local), known(global));
        if (least > 0 && (least < FEW || heaviest > HEAVY)) {
            time *= 1 + 2 / Math.sqrt(least);
        }
        MassEstimate mass = DrawsMass.withDefaults()
                .withLevel(level)
                .estimate(weighted, membership, Math.max(1, coordinateTime), time);
        boolean oneSided = membership.hits() == 0 || membership.hits() == membership.size();
        List<Caution> cautions = new ArrayList<>(mass.cautions());
        if (oneSided) {
            cautions.remove(Caution.NO_HITS);
            cautions.add(Caution.UNSEEN);
        } else if (least < FEW && !cautions.contains(Caution.FEW_VISITS) && !cautions.contains(Caution.APPROXIMATE)) {
            cautions.add(Caution.APPROXIMATE);
        }
        if (tooHeavy(local) || tooHeavy(global)) {
            cautions.add(Caution.HEAVY_WEIGHTS);
        }
        Collections.sort(cautions);
        return new Estimate(
                new MassEstimate(
                        mass.estimate(),
                        oneSided ? 0 : mass.lower(),
                        oneSided ? 1 : mass.upper(),
                        oneSided ? 0 : mass.effectiveHits(),
                        mass.effectiveSize(),
                        mass.hits(),
                        mass.visits(),
                        cautions),
                local);
    }

    /** Whether k-hat is known and above its threshold. */
    public static boolean tooHeavy(ParetoDiagnostic diagnostic) {
        return diagnostic.status() == ParetoDiagnostic.Status.FITTED && !diagnostic.reliable();
    }

    private static double known(ParetoDiagnostic diagnostic) {
        return diagnostic.status() == ParetoDiagnostic.Status.FITTED ? diagnostic.kHat() : Double.NEGATIVE_INFINITY;
    }
}
