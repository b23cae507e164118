package org.localmass.quality;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.localmass.core.internal.LogSum;
import org.localmass.core.measure.LogDensity;
import org.localmass.core.region.Ball;
import org.localmass.core.region.Complement;
import org.localmass.core.region.HalfSpace;
import org.localmass.core.region.Norm;
import org.localmass.core.region.Region;
import org.localmass.vi.family.Family;
import org.localmass.vi.family.Mixture;

/** Targets of the study of fits, from fit-targets.json: densities, draws and regions of known mass. */
final class FitTargets {
    private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

    private FitTargets() {}

    /** A region with its posterior probability. */
    record KnownRegion(String label, Region region, double mass) {}

    /** Writes one draw. */
    interface Sampler {
        void sample(UniformRandomProvider random, double[] point);
    }

    /**
     * A target.
     *
     * @param sampler exact draws; null where chains are used
     */
    record Target(
            String name,
            LogDensity.Differentiable density,
            double logNormaliser,
            List<KnownRegion> regions,
            @org.jspecify.annotations.Nullable Sampler sampler) {
        int dimension() {
            return density.dimension();
        }

        /** Draws that stand for the target. */
        double[][] draws(int count, long seed) {
            UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed);
            double[][] points = new double[count][dimension()];
            if (sampler == null) {
                chains(random, points);
            } else {
                for (double[] point : points) {
                    sampler.sample(random, point);
                }
            }
            return points;
        }

        /** Hamiltonian chains of 16 leapfrog steps, 40 kept draws each, 20 apart, after 1000 of adaptation. */
        private void chains(UniformRandomProvider random, double[][] points) {
            int d = dimension();
            ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(random);
            int kept = 0;
            while (kept < points.length) {
                double[] x = new double[d];
                double[] g = new double[d];
                for (int j = 0; j < d; j++) {
                    x[j] = 0.5 * gaussian.sample();
                }
                double log = density.value(x, g);
                double step = 0.05;
                for (int i = 1; i <= 1000 + 40 * 20; i++) {
                    double size = step * (0.5 + random.nextDouble());
                    double[] y = x.clone();
                    double[] h = g.clone();
                    double[] p = new double[d];
                    double energy = -log;
                    for (int j = 0; j < d; j++) {
                        p[j] = gaussian.sample();
                        energy += 0.5 * p[j] * p[j];
                    }
                    double next = log;
                    for (int leap = 0; leap < 16; leap++) {
                        for (int j = 0; j < d; j++) {
                            p[j] += 0.5 * size * h[j];
                            y[j] += size * p[j];
                        }
                        next = density.value(y, h);
                        for (int j = 0; j < d; j++) {
                            p[j] += 0.5 * size * h[j];
                        }
                    }
                    double after = -next;
                    for (int j = 0; j < d; j++) {
                        after += 0.5 * p[j] * p[j];
                    }
                    double chance = Math.exp(Math.min(0, energy - after));
                    if (random.nextDouble() < chance) {
                        x = y;
                        g = h;
                        log = next;
                    }
                    if (i <= 1000) {
                        step *= Math.exp((Double.isNaN(chance) ? -0.8 : chance - 0.8) / Math.sqrt(i));
                    } else if (i % 20 == 0 && kept < points.length) {
                        points[kept++] = x.clone();
                    }
                }
            }
        }
    }

    static Target named(String name) throws IOException {
        JsonNode all;
        try (InputStream in =
                Objects.requireNonNull(FitTargets.class.getResourceAsStream("fit-targets.json"), "fit-targets.json")) {
            all = new ObjectMapper().readTree(in);
        }
        JsonNode node = all.path(name);
        if (node.isMissingNode()) {
            throw new IllegalArgumentException("target must be one of the study, was " + name);
        }
        int d = node.path("d").asInt();
        List<String> names = new ArrayList<>();
        for (int j = 0; j < d; j++) {
            names.add("x" + j);
        }
        List<KnownRegion> regions = new ArrayList<>();
        for (JsonNode r : node.path("regions")) {
            regions.add(new KnownRegion(
                    r.path("label").asText(), region(r, names), r.path("mass").asDouble()));
        }
        JsonNode spec = node.path("spec");
        double logNormaliser = node.path("logZ").asDouble();
        return switch (spec.path("type").asText()) {
            case "gmix" -> {
                double[] weights = array(spec.path("w"));
                double[][] means = new double[weights.length][];
                double[][][] scales = new double[weights.length][d][d];
                for (int k = 0; k < weights.length; k++) {
                    means[k] = array(spec.path("m").path(k));
                    for (int j = 0; j < d; j++) {
                        scales[k][j][j] = Math.pow(spec.path("scale").path(k).asDouble(), 2);
                    }
                }
                Mixture q = Mixture.of(Family.meanField().withComponents(weights.length), weights, means, scales);
                yield new Target(name, q, logNormaliser, regions, q::sample);
            }
            case "mvt" -> {
                double[][] scale = new double[d][];
                for (int j = 0; j < d; j++) {
                    scale[j] = array(spec.path("scale_matrix").path(j));
                }
                Mixture q = Mixture.of(
                        Family.full().withNu(spec.path("nu").asDouble()),
                        new double[] {1},
                        new double[1][d],
                        new double[][][] {scale});
                yield new Target(name, q, logNormaliser, regions, q::sample);
            }
            case "banana" -> {
                Banana banana =
                        new Banana(spec.path("pairs").asInt(), spec.path("c").asDouble());
                yield new Target(name, banana, logNormaliser, regions, banana::sample);
            }
            case "banana+gauss" -> {
                JsonNode inner = spec.path("banana");
                Mixed mixed = new Mixed(
                        new Banana(inner.path("pairs").asInt(), inner.path("c").asDouble()),
                        spec.path("w_gauss").asDouble(),
                        array(spec.path("mu_gauss")));
                yield new Target(name, mixed, logNormaliser, regions, mixed::sample);
            }
            case "horseshoe_logit" -> {
                double[][] x = new double[spec.path("X").size()][];
                for (int i = 0; i < x.length; i++) {
                    x[i] = array(spec.path("X").path(i));
                }
                yield new Target(name, new Horseshoe(x, array(spec.path("y"))), logNormaliser, regions, null);
            }
            default -> throw new IllegalArgumentException("target must be known, was " + spec.path("type"));
        };
    }

    private static double[] array(JsonNode node) {
        double[] values = new double[node.size()];
        Arrays.setAll(values, i -> node.path(i).asDouble());
        return values;
    }

    private static Region region(JsonNode r, List<String> names) {
        int d = names.size();
        if (r.path("kind").asText().equals("half")) {
            double[] normal = new double[d];
            normal[r.path("j").asInt()] = 1;
            Region below = HalfSpace.of(names, normal, r.path("b").asDouble());
            return r.path("sign").asInt() < 0 ? below : new Complement(below);
        }
        double[] sd = array(r.path("scale"));
        double[][] squares = new double[d][d];
        int[] coordinates = new int[d];
        for (int j = 0; j < d; j++) {
            squares[j][j] = sd[j] * sd[j];
            coordinates[j] = j;
        }
        return Ball.of(names, coordinates, array(r.path("c")), r.path("r").asDouble(), Norm.mahalanobis(squares));
    }

    /** Pairs a normal(0, 2), b normal(c (a^2 - 4), 1), side by side. */
    record Banana(int pairs, double c) implements LogDensity.Differentiable {
        @Override
        public int dimension() {
            return 2 * pairs;
        }

        @Override
        public double value(double[] x) {
            return value(x, new double[x.length]);
        }

        @Override
        public double value(double[] x, double[] g) {
            double log = 0;
            for (int i = 0; i < 2 * pairs; i += 2) {
                double e = x[i + 1] - c * (x[i] * x[i] - 4);
                log -= 0.125 * x[i] * x[i] + Math.log(2) + 2 * HALF_LOG_TWO_PI + 0.5 * e * e;
                g[i] = -0.25 * x[i] + 2 * e * c * x[i];
                g[i + 1] = -e;
            }
            return log;
        }

        void sample(UniformRandomProvider random, double[] x) {
            ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(random);
            for (int i = 0; i < 2 * pairs; i += 2) {
                x[i] = 2 * gaussian.sample();
                x[i + 1] = c * (x[i] * x[i] - 4) + gaussian.sample();
            }
        }
    }

    /** A banana and a standard normal elsewhere. */
    static final class Mixed implements LogDensity.Differentiable {
        private final Banana banana;
        private final double weight;
        private final double[] mean;

        Mixed(Banana banana, double weight, double[] mean) {
            this.banana = banana;
            this.weight = weight;
            this.mean = mean;
        }

        @Override
        public int dimension() {
            return mean.length;
        }

        @Override
        public double value(double[] x) {
            return value(x, new double[x.length]);
        }

        @Override
        public double value(double[] x, double[] g) {
            double first = Math.log1p(-weight) + banana.value(x, g);
            double second = Math.log(weight) - mean.length * HALF_LOG_TWO_PI;
            for (int j = 0; j < mean.length; j++) {
                second -= 0.5 * (x[j] - mean[j]) * (x[j] - mean[j]);
            }
            double log = LogSum.of(first, second);
            double share = Math.exp(second - log);
            for (int j = 0; j < mean.length; j++) {
                g[j] = (1 - share) * g[j] - share * (x[j] - mean[j]);
            }
            return log;
        }

        void sample(UniformRandomProvider random, double[] x) {
            if (random.nextDouble() < weight) {
                ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(random);
                for (int j = 0; j < mean.length; j++) {
                    x[j] = mean[j] + gaussian.sample();
                }
            } else {
                banana.sample(random, x);
            }
        }
    }

    /**
     * Logistic regression with the horseshoe: b0 normal(0, 2), beta = z exp(l) exp(t), z normal(0, 1), exp(l) half-Cauchy
     * (0, 1), exp(t) half-Cauchy(0, 0.5); the point is (b0, t, z, l).
     */
    static final class Horseshoe implements LogDensity.Differentiable {
        private final double[][] x;
        private final double[] sign;
        private final int p;

        Horseshoe(double[][] x, double[] y) {
            this.x = x;
            this.sign = Arrays.stream(y).map(v -> 2 * v - 1).toArray();
            this.p = x[0].length;
        }

        @Override
        public int dimension() {
            return 2 + 2 * p;
        }

        @Override
        public double value(double[] point) {
            return value(point, new double[point.length]);
        }

        @Override
        public double value(double[] point, double[] g) {
            double t = point[1];
            double[] scale = new double[p];
            double[] beta = new double[p];
            double[] slope = new double[p];
            double log = -0.125 * point[0] * point[0] - Math.log(2) - (1 + p) * HALF_LOG_TWO_PI;
            for (int j = 0; j < p; j++) {
                scale[j] = Math.exp(point[2 + p + j] + t);
                beta[j] = point[2 + j] * scale[j];
                log -= 0.5 * point[2 + j] * point[2 + j];
            }
            double first = 0;
            for (int i = 0; i < x.length; i++) {
                double eta = point[0];
                for (int j = 0; j < p; j++) {
                    eta += x[i][j] * beta[j];
                }
                double m = sign[i] * eta;
                log -= m > 0 ? Math.log1p(Math.exp(-m)) : Math.log1p(Math.exp(m)) - m;
                double r = sign[i] / (1 + Math.exp(m));
                first += r;
                for (int j = 0; j < p; j++) {
                    slope[j] += r * x[i][j];
                }
            }
            g[0] = first - 0.25 * point[0];
            g[1] = cauchySlope(t, 0.5);
            log += cauchy(t, 0.5);
            for (int j = 0; j < p; j++) {
                double l = point[2 + p + j];
                log += cauchy(l, 1);
                g[1] += slope[j] * beta[j];
                g[2 + j] = slope[j] * scale[j] - point[2 + j];
                g[2 + p + j] = slope[j] * beta[j] + cauchySlope(l, 1);
            }
            return log;
        }

        /** Log density of v where exp(v) is half-Cauchy(0, s). */
        private static double cauchy(double v, double s) {
            double u = 2 * (v - Math.log(s));
            return Math.log(2 / Math.PI / s) - LogSum.of(0, u) + v;
        }

        private static double cauchySlope(double v, double s) {
            return 1 - 2 / (1 + Math.exp(-2 * (v - Math.log(s))));
        }
    }
}
