package org.localmass.quality;

import java.util.Optional;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.localmass.core.draws.ParetoDiagnostic;
import org.localmass.core.draws.ParetoSmoothing;
import org.localmass.core.measure.LogDensity;
import org.localmass.core.region.Ball;
import org.localmass.vi.family.FamilyMass;
import org.localmass.vi.family.Mixture;
import org.localmass.vi.family.RegionPoints;
import org.localmass.vi.model.Model;

/**
 * How a fit stands beside its target.
 *
 * @param exclusive   KL(q||p), nats, by 10,000 draws of q
 * @param inclusive   KL(p||q), by 20,000 exact draws of the target; NaN where there is no sampler
 * @param leastRatio  the least q(B)/p(B) of the known regions
 * @param leastLabel  the region that has it
 * @param mostRatio   the largest
 * @param kHat        Pareto k-hat of p/q at the draws of q; {@code -inf} where all weights agree
 * @param evaluations of the target by the fit
 * @param flagged     whether the fit says of itself that it has diverged
 */
record FitQuality(
        double exclusive,
        double inclusive,
        double leastRatio,
        String leastLabel,
        double mostRatio,
        double kHat,
        long evaluations,
        boolean flagged) {
    private static final int DRAWS = 10_000;
    private static final int TARGET_DRAWS = 20_000;
    private static final int REGION_POINTS = 16_384;
    private static final long SEED = 99;
    /** Nats from which on a fit is no fit. */
    private static final double MOST = 1e3;

    static FitQuality of(Mixture q, FitTarget target, long evaluations, boolean flagged) {
        LogDensity density = target.model().evaluator();
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(SEED);
        double[][] points = q.sample(DRAWS, random);
        double[] logWeights = q.logDensities(points);
        double exclusive = 0;
        boolean usable = true;
        for (int i = 0; i < DRAWS; i++) {
            logWeights[i] = density.value(points[i]) - target.logZ() - logWeights[i];
            exclusive -= logWeights[i] / DRAWS;
            usable &= logWeights[i] < Double.POSITIVE_INFINITY;
        }
        double kHat = Double.NaN;
        if (usable && exclusive < Double.POSITIVE_INFINITY) {
            ParetoDiagnostic diagnostic = ParetoSmoothing.of(logWeights).diagnostic();
            kHat = diagnostic.status() == ParetoDiagnostic.Status.FLAT || spread(logWeights, exclusive) < 1e-4
                    ? Double.NEGATIVE_INFINITY
                    : diagnostic.kHat();
        }
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        String label = "";
        for (FitTarget.KnownRegion known : target.regions()) {
            double ratio = Math.exp(logMass(known, q) - Math.log(known.mass()));
            if (ratio < least || Double.isNaN(ratio)) {
                least = ratio;
                label = known.label();
            }
            most = Math.max(most, ratio);
        }
        return new FitQuality(exclusive, inclusive(q, target), least, label, most, kHat, evaluations, flagged);
    }

    private static double spread(double[] logWeights, double exclusive) {
        double sum = 0;
        for (double w : logWeights) {
            sum += (w + exclusive) * (w + exclusive) / logWeights.length;
        }
        return Math.sqrt(sum);
    }

    /** The exact mass, or by importance points where a component is Student t and the region is a ball. */
    private static double logMass(FitTarget.KnownRegion known, Mixture q) {
        if (known.region() instanceof Ball ball) {
            try {
                return q.toDistribution().logMass(ball);
            } catch (IllegalArgumentException e) {
                // no closed form, or scales beyond the range of doubles
                return RegionPoints.ofBall(ball, REGION_POINTS, SEED).mass().logMass(q);
            }
        }
        return FamilyMass.closedForm(known.region(), q.family()).orElseThrow().logMass(q);
    }

    private static double inclusive(Mixture q, FitTarget target) {
        Optional<Model.ExactSampler> sampler = target.model().sampler();
        if (sampler.isEmpty()) {
            return Double.NaN;
        }
        LogDensity density = target.model().evaluator();
        double[][] points = draws(target, TARGET_DRAWS, SEED + 1);
        double[] logs = q.logDensities(points);
        double sum = 0;
        for (int i = 0; i < points.length; i++) {
            sum += (density.value(points[i]) - target.logZ() - logs[i]) / points.length;
        }
        return sum;
    }

    /** Exact draws of a target that has a sampler. */
    static double[][] draws(FitTarget target, int count, long seed) {
        Model.ExactSampler sampler = target.model().sampler().orElseThrow();
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed);
        double[][] points = new double[count][target.model().dimension()];
        for (double[] point : points) {
            sampler.sample(random, point);
        }
        return points;
    }

    boolean diverged() {
        return !(Math.abs(exclusive) < MOST);
    }

    String line() {
        return exclusive + "," + inclusive + "," + leastRatio + "," + leastLabel + "," + mostRatio + "," + kHat + ","
                + evaluations + "," + flagged;
    }

    static FitQuality parse(String line) {
        String[] v = line.split(",", -1);
        return new FitQuality(
                Double.parseDouble(v[0]),
                Double.parseDouble(v[1]),
                Double.parseDouble(v[2]),
                v[3],
                Double.parseDouble(v[4]),
                Double.parseDouble(v[5]),
                Long.parseLong(v[6]),
                Boolean.parseBoolean(v[7]));
    }
}
