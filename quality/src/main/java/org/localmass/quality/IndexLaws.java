package org.localmass.quality;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.commons.numbers.gamma.Erfc;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.AhrensDieterMarsagliaTsangGammaSampler;
import org.localmass.core.measure.Distribution;
import org.localmass.core.region.Norm;
import org.localmass.core.spec.DistributionText;

/**
 * Laws with a known Mass Index whose draws are functions of standard normals, so that chains with autocorrelation have
 * the same margins.
 */
final class IndexLaws {
    private static final double[] ORIGIN = {0};

    private IndexLaws() {}

    /** What a study draws from. */
    interface Map {
        /** A draw's coordinates from its normals; the generator gives what need not be autocorrelated. */
        void draw(double[] z, UniformRandomProvider rng, double[] x);
    }

    /**
     * A law.
     *
     * @param name     in words
     * @param kappa    true exponent of the power; 0 at an atom
     * @param beta     true exponent of the logarithm
     * @param atom     true mass of the point
     * @param pure     whether the mass of small balls is exactly a power of the radius
     * @param infinity whether the point is infinity
     * @param inputs   normals of a draw
     * @param outputs  coordinates of a draw
     * @param logMass  exact log mass at a radius
     */
    record Law(
            String name,
            double kappa,
            double beta,
            double atom,
            boolean pure,
            boolean infinity,
            int inputs,
            int outputs,
            Map map,
            ToDoubleFunction<Double> logMass) {
        /** The radius that holds a mass, by bisection. */
        double radius(double mass) {
            double low = Math.log(1e-300);
            double high = Math.log(1e6);
            for (int i = 0; i < 200; i++) {
                double mid = 0.5 * (low + high);
                if (logMass.applyAsDouble(Math.exp(mid)) < Math.log(mass)) {
                    low = mid;
                } else {
                    high = mid;
                }
            }
            return Math.exp(0.5 * (low + high));
        }
    }

    static List<Law> all() {
        return List.of(
                pure(0.5),
                pure(1),
                pure(4),
                normal(1),
                normal(2),
                normal(5),
                normal(10),
                symmetricPower(0.25),
                symmetricPower(0.5),
                symmetricPower(2),
                symmetricPower(4),
                boundary("beta(0.5, 2) at 0", "beta(0.5, 2)", 0.5, 3, (z, rng, x) -> {
                    double half = 0.5 * z[0] * z[0];
                    double two = -Math.log(uniform(z[1])) - Math.log(uniform(z[2]));
                    x[0] = half / (half + two);
                }),
                boundary("beta(2, 3) at 0", "beta(2, 3)", 2, 5, (z, rng, x) -> {
                    double two = -Math.log(uniform(z[0])) - Math.log(uniform(z[1]));
                    double three = -Math.log(uniform(z[2])) - Math.log(uniform(z[3])) - Math.log(uniform(z[4]));
                    x[0] = two / (two + three);
                }),
                tail(1),
                tail(3),
                horseshoe(),
                horseshoePlus(),
                spikeSlab());
    }

    static double uniform(double z) {
        return Math.max(Double.MIN_NORMAL, 0.5 * Erfc.value(-z / Math.sqrt(2)));
    }

    private static ToDoubleFunction<Double> about(String spec) {
        Distribution law = DistributionText.parse(spec);
        return r -> law.logBallMass(ORIGIN, r, Norm.l2());
    }

    static Law pure(double kappa) {
        return new Law(
                "pure power " + kappa,
                kappa,
                0,
                0,
                true,
                false,
                1,
                1,
                (z, rng, x) -> x[0] = Math.pow(uniform(z[0]), 1 / kappa),
                r -> Math.min(0, kappa * Math.log(r)));
    }

    static Law normal(int d) {
        return new Law(
                "normal, d = " + d,
                d,
                0,
                0,
                false,
                false,
                d,
                d,
                (z, rng, x) -> System.arraycopy(z, 0, x, 0, d),
                about("symmetric_power(" + d + ")"));
    }

    /** The law of sqrt(2 g u^(2/a)), g of shape a/2 + 1, with a random sign. */
    static Law symmetricPower(double a) {
        return new Law(
                "symmetric power " + a,
                a,
                0,
                0,
                false,
                false,
                1,
                1,
                (z, rng, x) -> {
                    double g = AhrensDieterMarsagliaTsangGammaSampler.of(rng, 0.5 * a + 1, 1)
                            .sample();
                    double size = Math.sqrt(2 * g) * Math.pow(uniform(z[0]), 1 / a);
                    x[0] = rng.nextBoolean() ? size : -size;
                },
                about("symmetric_power(" + a + ")"));
    }

    private static Law boundary(String name, String spec, double kappa, int inputs, Map map) {
        return new Law(name, kappa, 0, 0, false, false, inputs, 1, map, about(spec));
    }

    private static Law tail(int nu) {
        Distribution law = DistributionText.parse("student_t(" + nu + ", 0, 1)");
        return new Law(
                "Student-t tail, nu = " + nu,
                nu,
                0,
                0,
                false,
                true,
                nu + 1,
                1,
                (z, rng, x) -> {
                    double squares = 0;
                    for (int i = 1; i <= nu; i++) {
                        squares += z[i] * z[i];
                    }
                    x[0] = z[0] / Math.sqrt(squares / nu);
                },
                r -> law.logTailMass(1 / r, Norm.l2()));
    }

    private static double halfCauchy(double z) {
        return Math.tan(0.5 * Math.PI * uniform(z));
    }

    static Law horseshoe() {
        return new Law(
                "horseshoe",
                1,
                1,
                0,
                false,
                false,
                2,
                1,
                (z, rng, x) -> x[0] = z[0] * halfCauchy(z[1]),
                about("horseshoe(1)"));
    }

    static Law horseshoePlus() {
        return new Law(
                "horseshoe+",
                1,
                2,
                0,
                false,
                false,
                3,
                1,
                (z, rng, x) -> x[0] = z[0] * halfCauchy(z[1]) * halfCauchy(z[2]),
                about("horseshoe_plus(1)"));
    }

    private static Law spikeSlab() {
        return new Law(
                "spike and slab, spike 0.3",
                0,
                0,
                0.3,
                false,
                false,
                2,
                1,
                (z, rng, x) -> x[0] = uniform(z[1]) < 0.3 ? 0 : z[0],
                about("spike_slab(0.7, normal(0, 1))"));
    }

    static Law logCauchy() {
        return new Law(
                "log-Cauchy",
                0,
                -1,
                0,
                false,
                false,
                1,
                1,
                (z, rng, x) -> {
                    double value = Math.exp(Math.tan(Math.PI * (uniform(z[0]) - 0.5)));
                    x[0] = Math.min(value, Double.MAX_VALUE);
                },
                about("log_cauchy(0, 1)"));
    }

    static Law atom(double mass) {
        return new Law(
                "atom of " + mass + " beside a normal",
                0,
                0,
                mass,
                false,
                false,
                2,
                1,
                (z, rng, x) -> x[0] = uniform(z[1]) < mass ? 0 : z[0],
                about("spike_slab(" + (1 - mass) + ", normal(0, 1))"));
    }
}
