package org.localmass.vi.family;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.PermutationSampler;
import org.apache.commons.rng.sampling.distribution.AhrensDieterMarsagliaTsangGammaSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.localmass.core.internal.Arguments;
import org.localmass.estimate.ScrambledSobol;

/**
 * The draws z of every component of a family, before location and scale. Immutable.
 *
 * <p>Balanced draws: S/2 scrambled-Sobol normals, whitened (their second moments are exactly the identity where S/2 is at
 * least twice the dimension; else each variance is 1), each with its antithetic twin. The factors of Student t are
 * \( \sqrt{\nu/\chi^2} \) at stratified quantiles in random order, shared by a pair. With them the ELBO of a normal
 * target has its optimum exactly at the target's mean and covariance. Independent draws are plain normals in antithetic
 * pairs.
 */
public final class BaseDraws {
    private static final long COMPONENT = 0x9e3779b97f4a7c15L;
    private static final int MOST_SOBOL_DIMENSIONS = 21_201;

    private final int count;
    private final int width;
    private final double[][] draws;
    private final boolean fixed;
    private final long seed;

    private BaseDraws(int count, int width, double[][] draws, boolean fixed, long seed) {
        this.count = count;
        this.width = width;
        this.draws = draws;
        this.fixed = fixed;
        this.seed = seed;
    }

    /**
     * Balanced draws, to be held fixed.
     *
     * @param count S per component, even, at least 4
     */
    public static BaseDraws balanced(Family family, int dimension, int count, long seed) {
        checkCount(count);
        int width = family.drawDimension(Arguments.positive("dimension", dimension));
        double[][] draws = new double[family.components()][];
        for (int k = 0; k < draws.length; k++) {
            draws[k] = balanced(family.nu(k), width, count, mix(seed + COMPONENT * (k + 1)));
        }
        return new BaseDraws(count, width, draws, true, seed);
    }

    /**
     * Independent draws in antithetic pairs, to be drawn anew at each step.
     *
     * @param count S per component, even, at least 4
     */
    public static BaseDraws independent(Family family, int dimension, int count, long seed) {
        checkCount(count);
        int width = family.drawDimension(Arguments.positive("dimension", dimension));
        double[][] draws = new double[family.components()][count * width];
        int half = count / 2;
        for (int k = 0; k < draws.length; k++) {
            UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(mix(seed + COMPONENT * (k + 1)));
            for (int i = 0; i < half; i++) {
                fresh(family, k, random, draws[k], i * width, width);
            }
            mirror(draws[k], half * width);
        }
        return new BaseDraws(count, width, draws, false, seed);
    }

    private static void checkCount(int count) {
        if (count < 4 || count % 2 != 0) {
            throw new IllegalArgumentException("draws must be even and at least 4, was " + count);
        }
    }

    private static void mirror(double[] z, int half) {
        for (int i = 0; i < half; i++) {
            z[half + i] = -z[i];
        }
    }

    /** Normal coordinates, times the t factor of a component. */
    static void fresh(Family family, int component, UniformRandomProvider random, double[] z, int start, int width) {
        ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(random);
        for (int j = 0; j < width; j++) {
            z[start + j] = gaussian.sample();
        }
        if (!family.isNormal(component)) {
            double half = 0.5 * family.nu(component);
            double factor = Math.sqrt(half
                    / AhrensDieterMarsagliaTsangGammaSampler.of(random, half, 1).sample());
            for (int j = 0; j < width; j++) {
                z[start + j] *= factor;
            }
        }
    }

    private static double[] balanced(double nu, int width, int count, long seed) {
        int half = count / 2;
        double[] z = new double[count * width];
        if (width <= MOST_SOBOL_DIMENSIONS) {
            NormalDistribution normal = NormalDistribution.of(0, 1);
            int[] sequence = ScrambledSobol.sequence(width, half);
            ScrambledSobol sobol = ScrambledSobol.of(width, seed);
            double[] point = new double[width];
            for (int i = 0; i < half; i++) {
                sobol.scramble(sequence, i, point);
                for (int j = 0; j < width; j++) {
                    z[i * width + j] = normal.inverseCumulativeProbability(point[j]);
                }
            }
        } else {
            ZigguratSampler.NormalizedGaussian gaussian =
                    ZigguratSampler.NormalizedGaussian.of(RandomSource.XO_SHI_RO_256_PP.create(seed));
            for (int i = 0; i < half * width; i++) {
                z[i] = gaussian.sample();
            }
        }
        if (half >= 2 * width) {
            whiten(z, half, width);
        } else {
            normalise(z, half, width);
        }
        if (nu != Double.POSITIVE_INFINITY) {
            ChiSquaredDistribution chiSquare = ChiSquaredDistribution.of(nu);
            int[] order = PermutationSampler.natural(half);
            PermutationSampler.shuffle(RandomSource.XO_SHI_RO_256_PP.create(seed ^ COMPONENT), order);
            for (int i = 0; i < half; i++) {
                double factor = Math.sqrt(nu / chiSquare.inverseCumulativeProbability((order[i] + 0.5) / half));
                for (int j = 0; j < width; j++) {
                    z[i * width + j] *= factor;
                }
            }
        }
        mirror(z, half * width);
        return z;
    }

    private static void normalise(double[] z, int half, int width) {
        for (int j = 0; j < width; j++) {
            double square = 0;
            for (int i = 0; i < half; i++) {
                square += z[i * width + j] * z[i * width + j];
            }
            double factor = 1 / Math.sqrt(square / half);
            for (int i = 0; i < half; i++) {
                z[i * width + j] *= factor;
            }
        }
    }

    /** Solves with the Cholesky factor of the second moments. */
    private static void whiten(double[] z, int half, int width) {
        double[][] factor = new double[width][];
        for (int a = 0; a < width; a++) {
            factor[a] = new double[a + 1];
        }
        for (int i = 0; i < half; i++) {
            int row = i * width;
            for (int a = 0; a < width; a++) {
                double x = z[row + a] / half;
                double[] target = factor[a];
                for (int b = 0; b <= a; b++) {
                    target[b] += x * z[row + b];
                }
            }
        }
        for (int a = 0; a < width; a++) {
            for (int b = 0; b <= a; b++) {
                double s = factor[a][b];
                for (int k = 0; k < b; k++) {
                    s -= factor[a][k] * factor[b][k];
                }
                factor[a][b] = a == b ? Math.sqrt(s) : s / factor[b][b];
            }
        }
        for (int i = 0; i < half; i++) {
            int row = i * width;
            for (int a = 0; a < width; a++) {
                double s = z[row + a];
                for (int b = 0; b < a; b++) {
                    s -= factor[a][b] * z[row + b];
                }
                z[row + a] = s / factor[a][a];
            }
        }
    }

    private static long mix(long z) {
        long x = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        x = (x ^ (x >>> 27)) * 0x94d049bb133111ebL;
        return x ^ (x >>> 31);
    }

    /** Draws S of each component. */
    public int count() {
        return count;
    }

    /** Normal coordinates of a draw. */
    public int width() {
        return width;
    }

    /** Number of components. */
    public int components() {
        return draws.length;
    }

    /** Whether the draws are meant to be held fixed. */
    public boolean isFixed() {
        return fixed;
    }

    /** The seed they were made from. */
    public long seed() {
        return seed;
    }

    /** The draws of a component, one after the other. A copy. */
    public double[] of(int component) {
        return draws[component].clone();
    }

    /** The draws of a component themselves: not to be modified. */
    public double[] shared(int component) {
        return draws[component];
    }

    @Override
    public String toString() {
        return count + (fixed ? " balanced" : " independent") + " draws of "
                + Arrays.toString(new int[] {draws.length, width});
    }
}
