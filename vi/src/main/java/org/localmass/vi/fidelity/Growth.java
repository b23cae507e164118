package org.localmass.vi.fidelity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.PermutationSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.localmass.vi.family.Mixture;
import org.localmass.vi.objective.Reference;
import org.localmass.vi.optimizer.WeightedEm;

/**
 * A mixture grown on reference points: weighted EM on half of them, a component more where the worst ball has lost half
 * of its mass, kept if the other half gains more than one standard error.
 *
 * @param mixture  fitted to all points
 * @param heldOut  mean log density of the other half before that last fit
 * @param lost     the balls at which components were tried
 */
record Growth(Mixture mixture, double heldOut, List<LostBall> lost) {
    private static final double TOLERATED = 0.5;
    private static final double LEAST_GAIN = 0.005;
    private static final double LEAST_CANDIDATES = 0.005;
    private static final int MOST_FAILURES = 2;
    private static final double FLOOR = 0.05;

    /**
     * A ball in which a fit had lost mass.
     *
     * @param centre    of the ball
     * @param radius    in units
     * @param units     of each coordinate
     * @param mean      of the target's points inside
     * @param deviation of the target's points inside, with a floor
     * @param ratio     q/p when it was found
     */
    record LostBall(double[] centre, double radius, double[] units, double[] mean, double[] deviation, double ratio) {}

    static Growth of(
            Mixture start, ReferencePoints reference, int mostComponents, boolean grows, int threads, long seed) {
        int n = reference.size();
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed);
        int[] order = PermutationSampler.natural(n);
        PermutationSampler.shuffle(random, order);
        int half = Math.max(1, n / 2);
        int[] train = Arrays.copyOf(order, half);
        int[] test = n > 1 ? Arrays.copyOfRange(order, half, n) : train;
        Reference fitting = part(reference, train);
        Reference held = part(reference, test);
        WeightedEm em = WeightedEm.withDefaults().withMaxIterations(40).withThreads(threads);
        Mixture q = em.fit(start, fitting);
        List<LostBall> lost = new ArrayList<>();
        double[] units = reference.deviations();
        double[] heldLogs = logs(q, held, threads);
        int failures = 0;
        while (grows && q.components() < mostComponents && failures < MOST_FAILURES) {
            double[] ratios = logs(q, fitting, threads);
            int[] candidates = new int[half];
            int found = 0;
            for (int i = 0; i < half; i++) {
                ratios[i] -= reference.logTarget()[train[i]] - reference.logZ();
                if (ratios[i] < -Math.log(2)) {
                    candidates[found++] = i;
                }
            }
            if (found < LEAST_CANDIDATES * half) {
                break;
            }
            double[][] points = points(fitting);
            double[] weights = weights(fitting);
            WorstBall worst =
                    WorstBall.of(points, weights, ratios, Arrays.copyOf(candidates, found), units, threads, random);
            if (worst.centre() < 0 || worst.ratio() > TOLERATED) {
                break;
            }
            LostBall ball = describe(points, weights, worst, units);
            lost.add(ball);
            double share = 0;
            for (int i : worst.members()) {
                share += weights[i];
            }
            Mixture more = em.fit(with(q, ball, share), fitting);
            double[] moreLogs = logs(more, held, threads);
            double gain = 0;
            for (int i = 0; i < moreLogs.length; i++) {
                gain += held.weight(i) == 0 ? 0 : held.weight(i) * (moreLogs[i] - heldLogs[i]);
            }
            double squares = 0;
            for (int i = 0; i < moreLogs.length; i++) {
                double gap = held.weight(i) == 0 ? 0 : held.weight(i) * (moreLogs[i] - heldLogs[i] - gain);
                squares += gap * gap;
            }
            if (gain > Math.max(Math.sqrt(squares), LEAST_GAIN)) {
                q = more;
                heldLogs = moreLogs;
                failures = 0;
            } else {
                failures++;
            }
        }
        double heldOut = 0;
        for (int i = 0; i < heldLogs.length; i++) {
            heldOut += held.weight(i) == 0 ? 0 : held.weight(i) * heldLogs[i];
        }
        Mixture all = WeightedEm.withDefaults()
                .withMaxIterations(80)
                .withThreads(threads)
                .fit(q, reference.toReference());
        return new Growth(all, heldOut, lost);
    }

    private static LostBall describe(double[][] points, double[] weights, WorstBall worst, double[] units) {
        int d = units.length;
        double[] centre = points[worst.centre()];
        double total = 0;
        double[] mean = new double[d];
        double radius = 0;
        for (int i : worst.members()) {
            total += weights[i];
            double square = 0;
            for (int j = 0; j < d; j++) {
                mean[j] += weights[i] * points[i][j];
                double gap = (points[i][j] - centre[j]) / units[j];
                square += gap * gap;
            }
            radius = Math.max(radius, Math.sqrt(square));
        }
        double[] deviation = new double[d];
        for (int j = 0; j < d; j++) {
            mean[j] /= total;
        }
        for (int i : worst.members()) {
            for (int j = 0; j < d; j++) {
                double gap = points[i][j] - mean[j];
                deviation[j] += weights[i] / total * gap * gap;
            }
        }
        for (int j = 0; j < d; j++) {
            deviation[j] = Math.sqrt(deviation[j]) + FLOOR * units[j];
        }
        return new LostBall(centre.clone(), radius, units.clone(), mean, deviation, worst.ratio());
    }

    private static Mixture with(Mixture q, LostBall ball, double share) {
        int d = q.dimension();
        double[][] scale = new double[d][d];
        for (int j = 0; j < d; j++) {
            scale[j][j] = ball.deviation[j] * ball.deviation[j];
        }
        Mixture one = Mixture.of(
                q.component(0).family(), new double[] {1}, new double[][] {ball.mean}, new double[][][] {scale});
        return q.with(one, Math.min(0.5, Math.max(share, 1e-4)));
    }

    private static Reference part(ReferencePoints all, int[] chosen) {
        double[][] points = new double[chosen.length][];
        double[] weights = new double[chosen.length];
        double sum = 0;
        for (int i = 0; i < chosen.length; i++) {
            points[i] = all.points()[chosen[i]];
            weights[i] = all.weights()[chosen[i]];
            sum += weights[i];
        }
        if (!(sum > 0)) {
            Arrays.fill(weights, 1);
        }
        return Reference.of(points, weights);
    }

    private static double[] logs(Mixture q, Reference reference, int threads) {
        return DefensiveSample.logDensities(q, points(reference), threads);
    }

    private static double[][] points(Reference reference) {
        double[][] points = new double[reference.size()][];
        for (int i = 0; i < points.length; i++) {
            points[i] = reference.point(i);
        }
        return points;
    }

    private static double[] weights(Reference reference) {
        double[] weights = new double[reference.size()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = reference.weight(i);
        }
        return weights;
    }
}
