package org.localmass.estimate.density;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.statistics.distribution.TDistribution;
import org.localmass.core.mass.Caution;
import org.localmass.estimate.ScrambledSobol;

/**
 * Ball integrals in any dimension: the radius by a Gauss rule along each ray, the directions in opposite pairs by
 * scrambled Sobol points. The interval comes from independent scramblings; it includes the difference of two radial
 * rules on common rays.
 */
final class QuasiMonteCarlo {
    private static final int RANDOMISATIONS = 16;
    private static final int PROBES = 32;
    private static final int FEWEST = 16;
    private static final int[] GAUSS = {3, 5, 8, 12, 20, 32};
    private static final double CONCENTRATED = 0.1;

    private final BallFrame frame;
    private final double tolerance;
    private final double level;
    private final long most;
    private final long seed;

    QuasiMonteCarlo(BallFrame frame, double tolerance, double level, long most, long seed) {
        this.frame = frame;
        this.tolerance = tolerance;
        this.level = level;
        this.most = most;
        this.seed = seed;
    }

    private record Choice(RadialRule rule, double bias, double scale) {}

    BallMass estimate() {
        Choice choice = choose();
        if (choice.scale == Double.NEGATIVE_INFINITY) {
            return nothing();
        }
        double quantile = TDistribution.of(RANDOMISATIONS - 1).inverseSurvivalProbability(0.5 * (1 - level));
        double[] sums = new double[RANDOMISATIONS];
        double[] vector = new double[frame.dimension()];
        double scale = choice.scale;
        double largest = 0;
        int done = 0;
        int count = FEWEST;
        while (true) {
            int[] sequence = ScrambledSobol.sequence(frame.dimension(), count);
            for (int r = 0; r < RANDOMISATIONS; r++) {
                ScrambledSobol scrambling = ScrambledSobol.of(frame.dimension(), seed * RANDOMISATIONS + r);
                for (int i = done; i < count; i++) {
                    Directions.scrambled(frame, scrambling, sequence, i, vector);
                    double along = choice.rule.along(frame, vector, scale);
                    if (along == Double.POSITIVE_INFINITY) {
                        // far above everything seen so far: carry on with a larger scale
                        double higher = choice.rule.highest(frame, vector);
                        double factor = Math.exp(scale - higher);
                        for (int k = 0; k < RANDOMISATIONS; k++) {
                            sums[k] *= factor;
                        }
                        largest *= factor;
                        scale = higher;
                        along = choice.rule.along(frame, vector, scale);
                    }
                    sums[r] += along;
                    largest = Math.max(largest, along);
                }
            }
            done = count;
            double total = 0;
            for (double sum : sums) {
                total += sum;
            }
            double mean = total / RANDOMISATIONS;
            double squares = 0;
            for (double sum : sums) {
                squares += (sum - mean) * (sum - mean);
            }
            double error = Math.sqrt(squares / (RANDOMISATIONS - 1.0) / RANDOMISATIONS);
            double relative = mean > 0 ? quantile * error / mean + choice.bias : Double.POSITIVE_INFINITY;
            boolean good = relative <= tolerance;
            if (good || 2 * frame.evaluations() > most || 2 * count > ScrambledSobol.MOST_POINTS) {
                if (!(mean > 0)) {
                    return nothing();
                }
                List<Caution> cautions = new ArrayList<>();
                if (!good) {
                    cautions.add(Caution.TOLERANCE_NOT_REACHED);
                }
                if (largest > CONCENTRATED * total) {
                    cautions.add(Caution.CONCENTRATED);
                }
                return BallMass.of(
                        frame.logVolume() + scale + Math.log(mean / count),
                        relative,
                        BallMass.Basis.QUASI_MONTE_CARLO,
                        frame.evaluations(),
                        cautions);
            }
            count *= 2;
        }
    }

    private BallMass nothing() {
        return new BallMass(
                Double.NEGATIVE_INFINITY,
                Double.NEGATIVE_INFINITY,
                Double.POSITIVE_INFINITY,
                Double.POSITIVE_INFINITY,
                BallMass.Basis.QUASI_MONTE_CARLO,
                frame.evaluations(),
                List.of(Caution.TOLERANCE_NOT_REACHED));
    }

    /** The cheapest radial rule that agrees with the next finer one on common rays. */
    private Choice choose() {
        int d = frame.dimension();
        int[] sequence = ScrambledSobol.sequence(d, PROBES);
        ScrambledSobol scrambling = ScrambledSobol.of(d, seed * RANDOMISATIONS - 1);
        double[][] rays = new double[PROBES][d];
        for (int i = 0; i < PROBES; i++) {
            Directions.scrambled(frame, scrambling, sequence, i, rays[i]);
        }
        List<RadialRule> rules = new ArrayList<>();
        for (int n : GAUSS) {
            rules.add(RadialRule.gauss(n, d));
        }
        rules.add(RadialRule.logarithmic(1, d));
        rules.add(RadialRule.logarithmic(2, d));
        double scale = Double.NEGATIVE_INFINITY;
        for (double[] ray : rays) {
            scale = Math.max(scale, rules.get(GAUSS.length).highest(frame, ray));
        }
        double[] values = new double[rules.size()];
        for (int k = 0; k < values.length; k++) {
            values[k] = mean(rules.get(k), rays, scale);
            double gap = k == 0 ? Double.POSITIVE_INFINITY : Math.abs(values[k] - values[k - 1]) / values[k];
            if (gap <= 0.1 * tolerance) {
                return new Choice(rules.get(k - 1), gap, scale);
            }
        }
        // none agrees, as with an edge across the rays: the logarithmic rule only where it is much better than Gauss
        int last = values.length - 1;
        double finest = values[last];
        double gauss = Math.abs(values[GAUSS.length - 1] - finest) / finest;
        double logarithmic = Math.abs(values[last - 1] - finest) / finest;
        return logarithmic < 0.1 * gauss
                ? new Choice(rules.get(last), logarithmic, scale)
                : new Choice(
                        rules.get(GAUSS.length - 1), Double.isNaN(gauss) ? Double.POSITIVE_INFINITY : gauss, scale);
    }

    private double mean(RadialRule rule, double[][] rays, double scale) {
        double sum = 0;
        for (double[] ray : rays) {
            sum += rule.along(frame, ray, scale);
        }
        return sum / rays.length;
    }
}
