package org.localmass.vi.objective.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.localmass.core.measure.LogDensity;
import org.localmass.vi.family.BaseDraws;
import org.localmass.vi.family.Family;
import org.localmass.vi.family.Mixture;
import org.localmass.vi.objective.Elbo;

class BoundTest {
    private static final double[][] COVARIANCE = {{1.3, 0.4}, {0.4, 0.8}};

    private static double[] parameters(Family family, int d, long seed) {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed);
        double[] theta = Mixture.standard(family, d).parameters();
        for (int k = 0; k < theta.length; k++) {
            theta[k] += 0.6 * (random.nextDouble() - 0.5);
        }
        return theta;
    }

    private static double value(Bound bound, LogDensity.Differentiable target, Mixture q, BaseDraws draws) {
        return BoundFunction.of(bound, q.family(), target, draws).bound(q.parameters(), new double[q.parameterCount()]);
    }

    @ParameterizedTest
    @CsvSource({
        "elbo, full, 3",
        "elbo, mixture:3:t:5:full, 3",
        "elbo, meanfield, 2",
        "renyi:0.5, full, 3",
        "renyi:0.5, mixture:2:meanfield, 3",
        "renyi:0, mixture:2:t:4:full, 2",
        "renyi:2, full, 2",
        "renyi:0.999, mixture:2:full, 2",
        "cubo:2, full, 3",
        "cubo:2, mixture:3:full, 2",
        "cubo, mixture:2:t:7:meanfield, 3",
        "iwae:1, full, 2",
        "iwae:8, full, 3",
        "iwae:4, mixture:3:full, 2",
        "iwae:16, mixture:2:t:5:lowrank:1, 3"
    })
    void gradient_isThatOfTheValue(String name, String form, int d) {
        Family family = Family.parse(form);
        BoundFunction function =
                BoundFunction.of(Bound.parse(name), family, Targets.bent(d), BaseDraws.balanced(family, d, 16, 5));
        double[] theta = parameters(family, d, 11);
        double[] gradient = new double[theta.length];
        double[] ignored = new double[theta.length];
        function.value(theta, gradient);
        double norm = Math.sqrt(Arrays.stream(gradient).map(g -> g * g).sum());
        for (int k = 0; k < theta.length; k++) {
            double[] shifted = theta.clone();
            double slope = 0;
            double h = 1e-3;
            // fourth order central differences
            double[] steps = {-2, -1, 1, 2};
            double[] factors = {1, -8, 8, -1};
            for (int i = 0; i < 4; i++) {
                shifted[k] = theta[k] + steps[i] * h;
                slope += factors[i] * function.value(shifted, ignored) / (12 * h);
            }
            assertEquals(slope, gradient[k], 1e-8 * norm, "parameter " + k);
        }
    }

    @Test
    void elbo_isTheStratifiedElbo() {
        Family family = Family.parse("mixture:3:t:5:full");
        BaseDraws draws = BaseDraws.balanced(family, 3, 32, 2);
        Mixture q = Mixture.of(family, 3, parameters(family, 3, 4));
        double[] gradient = new double[q.parameterCount()];
        double[] expected = new double[q.parameterCount()];
        double value =
                BoundFunction.of(Bound.elbo(), family, Targets.bent(3), draws).bound(q.parameters(), gradient);
        assertEquals(Elbo.of(Targets.bent(3), family, draws).value(q, expected), value, 1e-12);
        for (int k = 0; k < gradient.length; k++) {
            assertEquals(expected[k], gradient[k], 1e-12);
        }
    }

    @Test
    void iwae_ofOneDrawIsTheElbo() {
        Family family = Family.full();
        BaseDraws draws = BaseDraws.balanced(family, 3, 32, 2);
        Mixture q = Mixture.of(family, 3, parameters(family, 3, 4));
        assertEquals(
                value(Bound.elbo(), Targets.bent(3), q, draws), value(Bound.iwae(1), Targets.bent(3), q, draws), 1e-12);
    }

    @Test
    void renyi_tendsToTheElbo() {
        Family family = Family.parse("mixture:2:full");
        BaseDraws draws = BaseDraws.balanced(family, 3, 32, 2);
        Mixture q = Mixture.of(family, 3, parameters(family, 3, 4));
        double elbo = value(Bound.elbo(), Targets.bent(3), q, draws);
        double last = Double.POSITIVE_INFINITY;
        for (double gap : new double[] {1e-2, 1e-4, 1e-6}) {
            double error = Math.abs(value(Bound.renyi(1 - gap), Targets.bent(3), q, draws) - elbo);
            assertTrue(error < last / 50, "gap " + gap);
            assertTrue(error < 3 * gap);
            last = error;
        }
    }

    /** p normal with log Z = 0.7, q the product of its marginals: all bounds in closed form. */
    @Test
    void bounds_ofNormalsInClosedForm() {
        double logZ = 0.7;
        LogDensity.Differentiable target = Targets.normal(new double[] {0.5, -1}, COVARIANCE, logZ);
        Mixture q = Mixture.of(
                Family.meanField(), new double[] {1}, new double[][] {{0.5, -1}}, new double[][][] {{{1.3, 0}, {0, 0.8}}
                });
        BaseDraws draws = BaseDraws.balanced(q.family(), 2, 1 << 16, 3);
        // f = log Z + c - z'Az/2 with A = D P D - I
        double correlation = 0.4 / Math.sqrt(1.3 * 0.8);
        double rest = 1 - correlation * correlation;
        double c = -0.5 * Math.log(rest);
        double diagonal = 1 / rest - 1;
        double side = -correlation / rest;
        double elbo = logZ + c - diagonal;
        assertEquals(elbo, value(Bound.elbo(), target, q, draws), 1e-9);
        double renyi = logZ + c + 2 * (-0.5 * Math.log(determinant(0.5, diagonal, side)));
        assertEquals(renyi, value(Bound.renyi(0.5), target, q, draws), 1e-4);
        double cubo = logZ + c + 0.5 * (-0.5 * Math.log(determinant(2, diagonal, side)));
        assertEquals(cubo, value(Bound.cubo(2), target, q, draws), 1e-3);
        assertTrue(elbo < renyi && renyi < logZ && logZ < cubo);
        double iwae = value(Bound.iwae(8), target, q, BaseDraws.independent(q.family(), 2, 1 << 16, 3));
        assertTrue(elbo < iwae && iwae < logZ);
        assertEquals(logZ, value(Bound.renyi(0), target, q, draws), 1e-4);
        assertTrue(Bound.cubo(2).isUpper());
        assertFalse(Bound.renyi(0.5).isUpper());
    }

    private static double determinant(double n, double diagonal, double side) {
        return (1 + n * diagonal) * (1 + n * diagonal) - n * n * side * side;
    }

    /** Over independent draws the doubly reparameterised gradient has the mean of the exact one. */
    @Test
    void doublyReparameterised_isUnbiased() {
        Family family = Family.full();
        double[] theta = {0, 0.4, -0.2};
        BoundFunction exact =
                BoundFunction.of(Bound.iwae(8), family, Targets.twoModes(), BaseDraws.independent(family, 1, 16, 1));
        BoundFunction doubly = BoundFunction.of(
                Bound.doublyReparameterised(8), family, Targets.twoModes(), BaseDraws.independent(family, 1, 16, 1));
        int n = 20_000;
        double[][] gaps = new double[2][n];
        double[] first = new double[3];
        double[] second = new double[3];
        double[] spread = new double[2];
        double[] ignored = new double[3];
        double h = 1e-4;
        double[] mean = new double[2];
        double[] numeric = new double[2];
        for (int i = 0; i < n; i++) {
            BaseDraws draws = BaseDraws.independent(family, 1, 16, 1000 + i);
            exact.setDraws(draws);
            doubly.setDraws(draws);
            exact.bound(theta, first);
            doubly.bound(theta, second);
            for (int k = 0; k < 2; k++) {
                double[] up = theta.clone();
                double[] down = theta.clone();
                up[k + 1] += h;
                down[k + 1] -= h;
                double slope = (exact.bound(up, ignored) - exact.bound(down, ignored)) / (2 * h);
                numeric[k] += slope / n;
                mean[k] += second[k + 1] / n;
                gaps[k][i] = second[k + 1] - slope;
                spread[k] += first[k + 1] * first[k + 1] / n;
            }
        }
        for (int k = 0; k < 2; k++) {
            double gap = mean[k] - numeric[k];
            double square = 0;
            for (double g : gaps[k]) {
                square += (g - gap) * (g - gap);
            }
            double error = Math.sqrt(square / n / n);
            assertTrue(Math.abs(gap) < 4 * error, "parameter " + k + ": " + gap + " +- " + error);
            assertTrue(error < 0.02 * Math.sqrt(spread[k]));
        }
    }

    /** It has no variance where the fit is the target. */
    @Test
    void doublyReparameterised_vanishesAtTheTarget() {
        Mixture q =
                Mixture.of(Family.full(), new double[] {1}, new double[][] {{0.5, -1}}, new double[][][] {COVARIANCE});
        BaseDraws draws = BaseDraws.independent(q.family(), 2, 16, 1);
        double[] gradient = new double[q.parameterCount()];
        BoundFunction.of(Bound.doublyReparameterised(4), q.family(), Targets.shifted(q, 0.7), draws)
                .bound(q.parameters(), gradient);
        assertEquals(0, Arrays.stream(gradient).map(Math::abs).max().orElseThrow(), 1e-13);
        BoundFunction.of(Bound.iwae(4), q.family(), Targets.shifted(q, 0.7), draws)
                .bound(q.parameters(), gradient);
        assertTrue(Arrays.stream(gradient).map(Math::abs).max().orElseThrow() > 0.01);
    }

    /** Squares of the shares: the gradient by hand for two draws. */
    @Test
    void doublyReparameterised_byHand() {
        double[] path = new double[2];
        new ImportanceBound(2, true).weigh(new double[1], new double[] {0, Math.log(3)}, path, new double[1]);
        assertEquals(1.0 / 16, path[0], 1e-15);
        assertEquals(9.0 / 16, path[1], 1e-15);
    }

    @Test
    void tailAdaptive_weightsAreRanks() {
        double[] path = new double[4];
        double value = TailAdaptive.INSTANCE.weigh(new double[1], new double[] {-1, 2, 0, 0}, path, new double[1]);
        assertEquals(0.25, value, 1e-15);
        // shares at least as large: 1, 1/4, 3/4, 3/4; inverses 1, 4, 4/3, 4/3
        double sum = 1 + 4 + 8.0 / 3;
        assertEquals(1 / sum, path[0], 1e-15);
        assertEquals(4 / sum, path[1], 1e-15);
        assertEquals(4.0 / 3 / sum, path[2], 1e-15);
        assertEquals(path[2], path[3]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dreg:4", "tail-adaptive"})
    void of_refusesFixedDraws(String name) {
        Family family = Family.full();
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> BoundFunction.of(
                        Bound.parse(name), family, Targets.bent(2), BaseDraws.balanced(family, 2, 16, 1)));
        assertEquals(
                "draws must be independent for " + name
                        + ", were fixed: its gradient is that of no function of them; fit it by stochastic steps",
                e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> FixedDrawsFit.withDefaults()
                .fit(Bound.parse(name), Targets.bent(2), Mixture.standard(family, 2)));
    }

    @ParameterizedTest
    @CsvSource({
        "dreg:4, mixture:2:full, 16, family must have one component",
        "tail-adaptive, mixture:2:full, 16, family must have one component",
        "dreg:4, full, 12, draws must be an even multiple of 4",
        "iwae:5, full, 16, draws must be a multiple of 5"
    })
    void of_refusesWhatWouldBeWrong(String name, String form, int count, String message) {
        Family family = Family.parse(form);
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> BoundFunction.of(
                        Bound.parse(name), family, Targets.bent(2), BaseDraws.independent(family, 2, count, 1)));
        assertTrue(String.valueOf(e.getMessage()).startsWith(message), e.getMessage());
    }

    @Test
    void of_refusesFewFixedDrawsOfAFullCovariance() {
        Family family = Family.full();
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> BoundFunction.of(Bound.elbo(), family, Targets.bent(10), BaseDraws.balanced(family, 10, 16, 1)));
        assertTrue(String.valueOf(e.getMessage()).startsWith("draws must be at least 20 per component"));
        assertThrows(
                IllegalArgumentException.class,
                () -> BoundFunction.of(Bound.elbo(), family, Targets.bent(10), BaseDraws.balanced(family, 9, 32, 1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "elbo:2", "renyi:x", "iwae:0.5", "cubo:2:3", "kl", "tail-adaptive:1"})
    void parse_rejects(String text) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> Bound.parse(text));
        assertEquals(
                "objective must be elbo, renyi[:alpha], cubo[:n], iwae[:M], dreg[:M] or tail-adaptive, was " + text,
                e.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"renyi, renyi:0.5", "cubo, cubo:2.0", "iwae, iwae:8", "dreg, dreg:8", "ELBO, elbo", "renyi:1, elbo"})
    void parse_reads(String text, String name) {
        assertEquals(name, Bound.parse(text).toString());
    }

    @Test
    void cubo_rejects() {
        assertThrows(IllegalArgumentException.class, () -> Bound.cubo(1));
        assertThrows(IllegalArgumentException.class, () -> Bound.renyi(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> Bound.iwae(0));
    }

    @Test
    void value_isNotFiniteWhereTheDensityVanishes() {
        LogDensity.Differentiable half = new LogDensity.Differentiable() {
            @Override
            public int dimension() {
                return 1;
            }

            @Override
            public double value(double[] point) {
                return value(point, new double[1]);
            }

            @Override
            public double value(double[] x, double[] gradient) {
                gradient[0] = x[0] > 0 ? -1 : 0;
                return x[0] > 0 ? -x[0] : Double.NEGATIVE_INFINITY;
            }
        };
        Mixture q = Mixture.standard(Family.full(), 1);
        BaseDraws draws = BaseDraws.balanced(q.family(), 1, 16, 1);
        assertEquals(Double.NEGATIVE_INFINITY, value(Bound.elbo(), half, q, draws));
        double[] gradient = new double[3];
        double renyi =
                BoundFunction.of(Bound.renyi(0.5), q.family(), half, draws).bound(q.parameters(), gradient);
        assertTrue(Double.isFinite(renyi) && Double.isFinite(gradient[1]) && Double.isFinite(gradient[2]));
        assertTrue(Double.isNaN(BoundFunction.of(Bound.elbo(), q.family(), half, draws)
                .bound(new double[] {0, Double.NaN, 0}, gradient)));
    }
}
