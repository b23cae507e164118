package org.localmass.estimate.explore;

import java.util.Arrays;
import java.util.function.BooleanSupplier;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Sequential Monte Carlo from a mixture of maps q to a density p along \( q^{1-\beta} p^\beta \).
 *
 * <p>The next temperature keeps the conditional effective sample size at 85 %; systematic resampling; then moves until
 * the median over the coordinates z of \( E(z'-z)^2/(2\,\mathrm{var}\,z) \) reaches a target, the step adapted to 75 %
 * acceptance.
 * <br>Source: Del Moral, Doucet and Jasra (2006); Zhou, Johansen and Aston (2016) for the conditional effective size.
 *
 * @param particles    N
 * @param mostMoves    at a temperature
 * @param mostLast     at temperature 1
 * @param fixedMoves   at every temperature; 0 to count them by progress
 * @param progress     target at a temperature; 1.6 times that at temperature 1
 * @param leaps        most leapfrog steps of a move
 * @param halving      whether all moves are step-halving
 * @param halvingEvery every which move is step-halving; 0 for none
 * @param halvingCap   evaluations after which a run whose moves are all step-halving goes on with plain ones
 */
record Tempering(
        int particles,
        int mostMoves,
        int mostLast,
        int fixedMoves,
        double progress,
        int leaps,
        boolean halving,
        int halvingEvery,
        long halvingCap) {
    private static final double KEPT = 0.85;
    private static final int MOST_TEMPERATURES = 80;
    private static final double ACCEPTED = 0.75;
    private static final int BISECTIONS = 45;
    private static final int HALVING_LEAPS = 3;

    /** Plain moves from a broad law: finds modes. */
    static Tempering explorer(int particles) {
        return new Tempering(particles, 8, 12, 0, 0.5, 6, false, 0, Long.MAX_VALUE);
    }

    /** Three step-halving moves a temperature: finds necks. */
    static Tempering halvingExplorer(int particles) {
        return new Tempering(particles, 8, 12, 3, 0.5, 4, true, 0, 150_000);
    }

    /** From a learned mixture, every third move step-halving. */
    static Tempering stage(int particles) {
        return new Tempering(particles, 8, 12, 0, 0.5, 6, false, 3, Long.MAX_VALUE);
    }

    /** As a stage with twice the progress. */
    static Tempering production(int particles) {
        return new Tempering(particles, 10, 18, 0, 1, 6, false, 3, Long.MAX_VALUE);
    }

    /** Runs; stops where it stands, not {@code reached}, after {@code cap} evaluations or on request. */
    Run run(
            MapMixture mixture,
            GuardedDensity density,
            UniformRandomProvider random,
            long cap,
            BooleanSupplier cancelled) {
        return new Climb(mixture, density, random).run(cap, cancelled);
    }

    private final class Climb {
        private final MapMixture mixture;
        private final GuardedDensity density;
        private final UniformRandomProvider random;
        private final HamiltonianMove kernel;
        private final int dimension;
        private final double[] increments = new double[particles];
        private final double[] weights = new double[particles];
        private final int[] component = new int[particles];
        private final double[] before;
        private final double[] z;
        private final double[] x;
        private final double[] sorted = new double[particles];
        private Particles current;
        private Particles spare;

        Climb(MapMixture mixture, GuardedDensity density, UniformRandomProvider random) {
            this.mixture = mixture;
            this.density = density;
            this.random = random;
            this.kernel = new HamiltonianMove(mixture, density, random);
            this.dimension = mixture.dimension();
            this.current = new Particles(particles, dimension, mixture.components());
            this.spare = new Particles(particles, dimension, mixture.components());
            this.before = new double[particles * dimension];
            this.z = new double[dimension];
            this.x = new double[dimension];
        }

        Run run(long cap, BooleanSupplier cancelled) {
            long start = density.evaluations();
            for (int i = 0; i < particles; i++) {
                kernel.refresh(current, i);
            }
            double beta = 0;
            double logZ = 0;
            double first = 0.75 / Math.pow(dimension, 0.25);
            double step = first;
            int temperatures = 0;
            double worst = 1;
            boolean plain = !halving;
            boolean stopped = false;
            double[] betas = new double[MOST_TEMPERATURES];
            while (beta < 1 && temperatures < MOST_TEMPERATURES && !stopped) {
                double most = Double.NEGATIVE_INFINITY;
                for (int i = 0; i < particles; i++) {
                    increments[i] = current.logTarget[i] - current.logBase[i];
                    most = Math.max(most, increments[i]);
                }
                if (!(most > Double.NEGATIVE_INFINITY)) {
                    logZ = Double.NEGATIVE_INFINITY;
                    break;
                }
                double rise = rise(1 - beta, most);
                double total = 0;
                for (int i = 0; i < particles; i++) {
                    weights[i] = Math.exp(rise * (increments[i] - most));
                    total += weights[i];
                }
                logZ += rise * most + Math.log(total / particles);
                beta = beta + rise > 1 - 1e-9 ? 1 : beta + rise;
                betas[temperatures++] = beta;
                resample(total);
                standardise();
                int moves = fixedMoves > 0 ? fixedMoves : beta == 1 ? mostLast : mostMoves;
                int least = halvingEvery > 0 ? halvingEvery - 1 : 1;
                double target = beta == 1 ? 1.6 * progress : progress;
                double accepted = 1;
                for (int m = 0; m < moves; m++) {
                    if (density.evaluations() - start > cap || cancelled.getAsBoolean()) {
                        stopped = true;
                        break;
                    }
                    plain |= density.evaluations() - start > halvingCap;
                    if (halvingEvery > 0 && m % halvingEvery == halvingEvery - 1) {
                        sweep(beta, Math.max(step, first), HALVING_LEAPS, true);
                    } else {
                        accepted = sweep(beta, step, leaps, !plain);
                        step = Math.min(1.6, Math.max(0.01, step * Math.exp(0.4 * (accepted - ACCEPTED))));
                    }
                    if (fixedMoves == 0 && m >= least && progressed() >= target) {
                        break;
                    }
                }
                worst = Math.min(worst, accepted);
            }
            return new Run(
                    dimension,
                    current.points,
                    current.gradients,
                    current.logTarget,
                    current.logBase,
                    logZ,
                    Arrays.copyOf(betas, temperatures),
                    worst,
                    density.evaluations() - start,
                    beta == 1 && !stopped && logZ > Double.NEGATIVE_INFINITY);
        }

        /** One move of every particle; returns the mean probability of acceptance. */
        private double sweep(double beta, double step, int most, boolean halve) {
            int count = 1 + random.nextInt(most);
            double sum = 0;
            for (int i = 0; i < particles; i++) {
                sum += kernel.move(current, i, beta, step, count, halve);
            }
            return sum / particles;
        }

        /** The rise in temperature that keeps the effective size, at most {@code left}. */
        private double rise(double left, double most) {
            if (kept(left, most) >= KEPT) {
                return left;
            }
            double low = 0;
            double high = left;
            for (int b = 0; b < BISECTIONS; b++) {
                double middle = 0.5 * (low + high);
                if (kept(middle, most) > KEPT) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            return Math.max(low, 1e-7);
        }

        private double kept(double rise, double most) {
            double sum = 0;
            double squares = 0;
            for (int i = 0; i < particles; i++) {
                double w = Math.exp(rise * (increments[i] - most));
                sum += w;
                squares += w * w;
            }
            return sum * sum / squares / particles;
        }

        /** Systematic resampling. */
        private void resample(double total) {
            double offset = random.nextDouble();
            double sum = 0;
            int place = 0;
            for (int i = 0; i < particles && place < particles; i++) {
                sum += weights[i];
                while (place < particles && (offset + place) / particles * total < sum) {
                    spare.copy(current, i, place++);
                }
            }
            int last = particles - 1;
            while (last > 0 && weights[last] == 0) {
                last--;
            }
            while (place < particles) {
                // rounding of the sum
                spare.copy(current, last, place++);
            }
            Particles other = current;
            current = spare;
            spare = other;
        }

        /** Notes where the particles are in z, and sets each component's step sizes to their robust deviations. */
        private void standardise() {
            for (int i = 0; i < particles; i++) {
                component[i] = current.nearest(i);
                System.arraycopy(current.points, i * dimension, x, 0, dimension);
                mixture.map(component[i]).toBase(x, z, kernel.scratch());
                System.arraycopy(z, 0, before, i * dimension, dimension);
            }
            for (int k = 0; k < mixture.components(); k++) {
                double[] metric = kernel.metric(k);
                for (int j = 0; j < dimension; j++) {
                    int count = 0;
                    for (int i = 0; i < particles; i++) {
                        if (component[i] == k) {
                            sorted[count++] = before[i * dimension + j];
                        }
                    }
                    if (count < 20) {
                        metric[j] = 1;
                        continue;
                    }
                    Arrays.sort(sorted, 0, count);
                    double half = 0.5 * (quantile(sorted, count, 0.84) - quantile(sorted, count, 0.16));
                    metric[j] = Math.min(20, Math.max(0.01, half));
                }
            }
        }

        /** Median over the coordinates of the mean squared displacement since {@link #standardise}. */
        private double progressed() {
            double[] moved = new double[dimension];
            double[] spread = new double[dimension];
            for (int k = 0; k < mixture.components(); k++) {
                int count = 0;
                double[] mean = new double[dimension];
                double[] squares = new double[dimension];
                double[] gaps = new double[dimension];
                for (int i = 0; i < particles; i++) {
                    if (component[i] != k) {
                        continue;
                    }
                    count++;
                    System.arraycopy(current.points, i * dimension, x, 0, dimension);
                    mixture.map(k).toBase(x, z, kernel.scratch());
                    for (int j = 0; j < dimension; j++) {
                        double a = before[i * dimension + j];
                        double gap = Math.max(-10, Math.min(10, z[j] - a));
                        gaps[j] += gap * gap;
                        double shift = a - mean[j];
                        mean[j] += shift / count;
                        squares[j] += shift * (a - mean[j]);
                    }
                }
                if (count < 10) {
                    continue;
                }
                for (int j = 0; j < dimension; j++) {
                    moved[j] += gaps[j];
                    spread[j] += 2 * count * Math.min(squares[j] / count, 25);
                }
            }
            for (int j = 0; j < dimension; j++) {
                moved[j] /= Math.max(spread[j], 1e-12);
            }
            Arrays.sort(moved);
            return 0.5 * (moved[(dimension - 1) / 2] + moved[dimension / 2]);
        }
    }

    /** Quantile of ascending values, linear between them. */
    static double quantile(double[] sorted, int count, double p) {
        double place = p * (count - 1);
        int low = (int) place;
        int high = Math.min(low + 1, count - 1);
        return sorted[low] + (place - low) * (sorted[high] - sorted[low]);
    }
}
