package org.localmass.estimate.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.jspecify.annotations.Nullable;
import org.localmass.core.draws.ParetoDiagnostic;
import org.localmass.core.draws.ParetoSmoothing;

/**
 * Quasi-Newton ascents of a log density from points spread about an approximation: distinct optima, each with a mass.
 *
 * <p>Starts at mean + r sd N(0, I), r in {2, 4, 8}, and at the anchors; optima within one Laplace deviation a coordinate
 * of another are one. The Hessian is a central difference of the gradient; an optimum where it is not negative definite,
 * or, unless an anchor led there, whose Laplace approximation does not describe its surroundings (k-hat of 512 draws of a
 * t_5 above 0.7), is not
 * reported.
 */
final class MultiStart {
    static final double[] RADII = {2, 4, 8};
    static final int DRAWS = 512;
    private static final int MOST = 24;
    private static final int FEW_REFUSED = 6;
    private static final double HEAVIEST = 0.7;
    private static final double FREEDOM = 5;
    private static final Lbfgs SEARCH = Lbfgs.withDefaults().withMemory(10).withMaxIterations(60);

    /**
     * What was found.
     *
     * @param optima    distinct, those of anchors first, then in order of discovery
     * @param converged starts whose ascent ended at an optimum
     */
    record Found(List<Optimum> optima, int converged) {}

    private record Ascent(double @Nullable [] point, double value) {}

    private final Evaluator evaluator;
    private final Spread spread;
    private final Streams streams;
    private final int stage;

    /**
     * A search.
     *
     * @param stage of the random streams; this one and the next are used
     */
    MultiStart(Evaluator evaluator, Spread spread, Streams streams, int stage) {
        this.evaluator = evaluator;
        this.spread = spread;
        this.streams = streams;
        this.stage = stage;
    }

    /** Searches from a number of random starts and from anchors. */
    Found search(int starts, List<double[]> anchors) {
        int d = spread.dimension();
        List<Ascent> ascents = evaluator.map(anchors.size() + starts, (density, i) -> {
            double[] from = new double[d];
            if (i < anchors.size()) {
                for (int j = 0; j < d; j++) {
                    from[j] = (anchors.get(i)[j] - spread.mean()[j]) / spread.deviation()[j];
                }
            } else {
                UniformRandomProvider random = streams.of(stage, i - anchors.size());
                ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(random);
                double radius = RADII[random.nextInt(RADII.length)];
                Arrays.setAll(from, j -> radius * gaussian.sample());
            }
            return ascend(density, from);
        });
        return evaluator
                .map(1, (density, i) -> distinct(density, ascents, anchors.size(), List.of(), MOST))
                .get(0);
    }

    private Found distinct(
            GuardedDensity density, List<Ascent> ascents, int anchors, List<Optimum> before, int mostRefused) {
        int d = spread.dimension();
        List<Optimum> optima = new ArrayList<>(before);
        List<double[]> refused = new ArrayList<>();
        int converged = 0;
        for (int i = 0; i < ascents.size(); i++) {
            Ascent ascent = ascents.get(i);
            double[] point = ascent.point;
            if (point == null) {
                continue;
            }
            converged++;
            boolean anchored = i < anchors;
            int known = IntStream.range(0, optima.size())
                    .filter(k -> optima.get(k).squaredDistance(point) < d)
                    .findFirst()
                    .orElse(-1);
            if (known >= 0) {
                optima.set(known, optima.get(known).hit(anchored));
            } else if (optima.size() < MOST && refused.size() < mostRefused && !near(refused, point)) {
                Optimum optimum = describe(density, point, ascent.value, i, anchored);
                if (optimum == null) {
                    refused.add(point);
                } else {
                    optima.add(optimum);
                }
            }
        }
        return new Found(List.copyOf(optima), converged);
    }

    private boolean near(List<double[]> points, double[] point) {
        return points.stream().anyMatch(p -> IntStream.range(0, point.length)
                .allMatch(j -> Math.abs(p[j] - point[j]) < 1e-3 * spread.deviation()[j]));
    }

    /** Climbs in units of the approximation's deviations. */
    private Ascent ascend(GuardedDensity density, double[] from) {
        int d = from.length;
        double[] x = new double[d];
        Lbfgs.Minimum top = SEARCH.minimise(
                (u, gradient) -> {
                    for (int j = 0; j < d; j++) {
                        x[j] = spread.mean()[j] + spread.deviation()[j] * u[j];
                    }
                    double value = density.value(x, 0, gradient);
                    for (int j = 0; j < d; j++) {
                        gradient[j] *= -spread.deviation()[j];
                    }
                    return -value;
                },
                from);
        double[] point = null;
        if (Double.isFinite(top.value()) && top.gradientNorm() <= 0.1 * Math.max(1, Math.sqrt(d))) {
            point = new double[d];
            for (int j = 0; j < d; j++) {
                point[j] = spread.mean()[j] + spread.deviation()[j] * top.point()[j];
            }
        }
        return new Ascent(point, -top.value());
    }

    /** Adds what ascents from more points lead to; {@code converged} stays that of the random starts. */
    Found further(Found known, List<double[]> points) {
        if (points.isEmpty()) {
            return known;
        }
        int d = spread.dimension();
        List<Ascent> ascents = evaluator.map(points.size(), (density, i) -> {
            double[] from = new double[d];
            Arrays.setAll(from, j -> (points.get(i)[j] - spread.mean()[j]) / spread.deviation()[j]);
            return ascend(density, from);
        });
        return evaluator
                .map(
                        1,
                        (density, i) -> new Found(
                                distinct(density, ascents, 0, known.optima(), FEW_REFUSED).optima, known.converged))
                .get(0);
    }

    /** The Laplace approximation of an optimum and the mass around it; null where it is of no use. */
    private @Nullable Optimum describe(
            GuardedDensity density, double[] point, double value, int index, boolean anchored) {
        double[] covariance = laplace(density, point);
        if (covariance == null) {
            return null;
        }
        StudentProposal proposal = new StudentProposal(point, covariance, FREEDOM);
        int d = point.length;
        double[] draws = proposal.draw(streams.of(stage + 1, index), DRAWS);
        double[] weights = new double[DRAWS];
        boolean any = false;
        for (int i = 0; i < DRAWS; i++) {
            weights[i] = density.value(draws, i * d) - proposal.logDensity(draws, i * d);
            any |= weights[i] > Double.NEGATIVE_INFINITY;
        }
        if (!any) {
            return null;
        }
        ParetoSmoothing smoothing = ParetoSmoothing.of(weights);
        double kHat = kHat(smoothing.diagnostic());
        return kHat < HEAVIEST || anchored
                ? new Optimum(point, covariance, value, smoothing.logMean(), kHat, 1, anchored)
                : null;
    }

    /** k-hat; -inf where all weights are equal, +inf where too few are positive. */
    static double kHat(ParetoDiagnostic diagnostic) {
        return switch (diagnostic.status()) {
            case FITTED -> diagnostic.kHat();
            case FLAT, TIED -> Double.NEGATIVE_INFINITY;
            case TOO_FEW -> Double.POSITIVE_INFINITY;
        };
    }

    /** Inverse of the negative Hessian, or null where that is not positive definite. */
    private double @Nullable [] laplace(GuardedDensity density, double[] point) {
        int d = point.length;
        double[] sd = spread.deviation();
        double[][] rows = new double[d][d];
        double[] above = new double[d];
        double[] below = new double[d];
        double[] moved = point.clone();
        for (int i = 0; i < d; i++) {
            double step = 1e-4 * sd[i];
            moved[i] = point[i] + step;
            double up = density.value(moved, 0, above);
            moved[i] = point[i] - step;
            double down = density.value(moved, 0, below);
            moved[i] = point[i];
            if (Double.isInfinite(up) || Double.isInfinite(down)) {
                return null;
            }
            for (int j = 0; j < d; j++) {
                rows[i][j] = -(above[j] - below[j]) / (2 * step) * sd[i] * sd[j];
            }
        }
        DMatrixRMaj hessian = new DMatrixRMaj(d, d);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                hessian.set(i, j, 0.5 * (rows[i][j] + rows[j][i]));
            }
        }
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(d, true, true);
        if (!eigen.decompose(hessian)) {
            return null;
        }
        double most = 0;
        for (int k = 0; k < d; k++) {
            most = Math.max(most, eigen.getEigenvalue(k).getReal());
        }
        double[] covariance = new double[d * d];
        for (int k = 0; k < d; k++) {
            double value = eigen.getEigenvalue(k).getReal();
            DMatrixRMaj vector = eigen.getEigenVector(k);
            if (!(value > 1e-6 * most) || vector == null) {
                return null;
            }
            for (int i = 0; i < d; i++) {
                for (int j = 0; j < d; j++) {
                    covariance[i * d + j] += vector.get(i) * vector.get(j) / value * sd[i] * sd[j];
                }
            }
        }
        return covariance;
    }
}
