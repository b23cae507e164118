package org.localmass.core.measure;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/** Seeded random compositions of distributions, for properties. */
public final class RandomLaws {
    private final UniformRandomProvider random;

    private RandomLaws(UniformRandomProvider random) {
        this.random = random;
    }

    public static RandomLaws of(long seed) {
        return new RandomLaws(RandomSource.XO_RO_SHI_RO_128_PP.create(seed));
    }

    /** A positive number, a short decimal or one of 17 digits. */
    double size() {
        double x = Math.exp(3 * random.nextDouble() - 1.5);
        return random.nextBoolean() ? x : Math.max(0.1, Math.rint(10 * x) / 10);
    }

    /** A number of either sign. */
    double place() {
        return random.nextBoolean() ? size() : -size();
    }

    int below(int n) {
        return random.nextInt(n);
    }

    /** A law on the line without composition. */
    Univariate named() {
        return switch (below(25)) {
            case 0 -> Distributions.normal(place(), size());
            case 1 -> Distributions.doubleExponential(place(), size());
            case 2 -> Distributions.studentT(size(), place(), size());
            case 3 -> Distributions.cauchy(place(), size());
            case 4 -> Distributions.halfCauchy(size());
            case 5 -> Distributions.logistic(place(), size());
            case 6 -> {
                double start = place();
                yield Distributions.uniform(start, start + size());
            }
            case 7 -> Distributions.exponential(size());
            case 8 -> Distributions.gamma(size(), size());
            case 9 -> Distributions.invGamma(size(), size());
            case 10 -> Distributions.beta(size(), size());
            case 11 -> Distributions.weibull(size(), size());
            case 12 -> Distributions.doubleWeibull(size(), size());
            case 13 -> Distributions.frechet(size(), size());
            case 14 -> Distributions.lognormal(place(), size());
            case 15 -> Distributions.pareto(size(), size());
            case 16 -> Distributions.generalizedNormal(place(), size(), size());
            case 17 -> Distributions.symmetricPower(size());
            case 18 -> Distributions.gumbel(place(), size());
            case 19 -> Distributions.halfStudentT(size(), size());
            case 20 -> Distributions.chiSquare(size());
            case 21 -> ShrinkagePriors.logCauchy(place(), size());
            case 22 -> ShrinkagePriors.hardConcrete(place(), 2.0 / 3, -0.1, 1.1);
            case 23 -> ShrinkagePriors.logSingular();
            default -> Compositions.point(place());
        };
    }

    /** A law on the line, composed to a depth of at most the given one. */
    public Univariate line(int depth) {
        if (depth == 0) {
            return named();
        }
        int tries = 0;
        while (tries < 100) {
            try {
                return composed(depth - 1);
            } catch (IllegalArgumentException e) {
                tries++; // a map that this law does not fit, or an interval without mass
            }
        }
        throw new IllegalStateException("no law after " + tries + " tries");
    }

    private Univariate composed(int depth) {
        return switch (below(9)) {
            case 0 -> {
                double w = weight();
                yield Compositions.univariateMixture(List.of(line(depth), line(depth)), new double[] {w, 1 - w});
            }
            case 1 ->
                Compositions.univariateMixture(
                        List.of(line(depth), line(depth), line(depth)), new double[] {0.25, 0.625, 0.125});
            case 2 -> Compositions.spikeSlab(weight(), line(depth));
            case 3 -> {
                Univariate law = line(depth);
                double a = law.sample(random);
                double b = law.sample(random);
                yield Compositions.truncate(
                        law, Math.min(a, b), below(3) == 0 ? Double.POSITIVE_INFINITY : Math.max(a, b));
            }
            case 4 -> Compositions.affine(line(depth), place(), size());
            case 5 -> Compositions.exp(line(depth));
            case 6 -> Compositions.log(line(depth));
            case 7 -> Compositions.inverseLogit(line(depth));
            default -> Compositions.power(size(), line(depth));
        };
    }

    double weight() {
        return random.nextBoolean() ? 0.05 + 0.9 * random.nextDouble() : (1 + below(9)) / 10.0;
    }

    /** A distribution of a dimension of at least 1, composed to a depth of at most the given one. */
    public Distribution any(int depth) {
        if (depth == 0 || below(6) == 0) {
            return line(depth);
        }
        return switch (below(8)) {
            case 0 -> Compositions.product(List.of(any(depth - 1), any(depth - 1)));
            case 1 -> Compositions.spikeSlabProduct(weight(), line(depth - 1), 1 + below(3));
            case 2 -> {
                int d = 2 + below(2);
                double w = weight();
                yield Compositions.mixture(List.of(normal(d), studentT(d)), new double[] {w, 1 - w});
            }
            case 3 -> normal(1 + below(3));
            case 4 -> studentT(2 + below(2));
            case 5 -> MultivariateDistributions.nealFunnel(1 + below(2), random.nextBoolean() ? 3 : size());
            case 6 -> MultivariateDistributions.radialPower(1 + below(3), 1 - size(), size());
            default -> {
                double[] alpha = new double[2 + below(2)];
                for (int k = 0; k < alpha.length; k++) {
                    alpha[k] = size();
                }
                yield MultivariateDistributions.dirichlet(alpha);
            }
        };
    }

    double[] point(int d) {
        double[] point = new double[d];
        for (int j = 0; j < d; j++) {
            point[j] = place();
        }
        return point;
    }

    Covariance covariance(int d) {
        if (random.nextBoolean()) {
            double[] variances = new double[d];
            for (int j = 0; j < d; j++) {
                variances[j] = size();
            }
            return Covariance.diagonal(variances);
        }
        // diagonally dominant, so positive definite
        double[][] matrix = new double[d][d];
        for (int i = 0; i < d; i++) {
            matrix[i][i] = 1 + size();
            for (int j = 0; j < i; j++) {
                matrix[i][j] = matrix[j][i] = random.nextDouble() / d;
            }
        }
        return Covariance.full(matrix);
    }

    private Distribution normal(int d) {
        return MultivariateDistributions.multiNormal(point(d), covariance(d));
    }

    private Distribution studentT(int d) {
        return MultivariateDistributions.multiStudentT(size(), point(d), covariance(d));
    }

    /** A list of laws on the line. */
    static List<Univariate> lines(long seed, int count, int depth) {
        RandomLaws laws = of(seed);
        List<Univariate> list = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            list.add(laws.line(1 + i % depth));
        }
        return list;
    }
}
