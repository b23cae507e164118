package org.localmass.vi.model;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.localmass.core.measure.Distribution;
import org.localmass.core.measure.LogDensity;
import org.localmass.core.measure.NoClosedFormException;
import org.localmass.core.measure.Stratum;
import org.localmass.core.measure.Univariate;

/** A distribution as a model: its coordinates are brought to all of R^d, its log Z is 0. */
final class DistributionModel {
    private DistributionModel() {}

    /** @throws IllegalArgumentException if the distribution has no density with a gradient; the message says why */
    static StandardModel of(Distribution distribution) {
        List<String> names = Parameters.coordinates(distribution.dimension()).names();
        double[] lower = distribution.lowerEnds();
        double[] upper = distribution.upperEnds();
        Parameters parameters = Parameters.none();
        for (int j = 0; j < lower.length; j++) {
            parameters = parameters.and(Transform.between(1, lower[j], upper[j]), names.subList(j, j + 1));
        }
        if (distribution.differentiable().isEmpty()) {
            throw new IllegalArgumentException(refusal(distribution));
        }
        Parameters all = parameters;
        return StandardModel.of(distribution.toString(), all, evaluators(distribution, all))
                .withLogZ(0)
                .withSampler((random, point) -> {
                    double[] x = new double[point.length];
                    distribution.sample(random, x);
                    System.arraycopy(all.unconstrain(x), 0, point, 0, point.length);
                });
    }

    private static String refusal(Distribution distribution) {
        String start = "model must have a density with a gradient, ";
        for (Distribution block : distribution.blocks()) {
            try {
                for (Stratum stratum : block.strata()) {
                    if (!stratum.carrier().isWhole()) {
                        return start + block + " has "
                                + (stratum.carrier().dimension() == 0 ? "an atom" : "a part on a subspace");
                    }
                }
            } catch (NoClosedFormException e) {
                return start + block + " has parts on subspaces: " + e.getMessage();
            }
            if (block instanceof Univariate law) {
                OptionalDouble pole = law.innerPole();
                if (pole.isPresent()) {
                    return start + block + " has a pole at " + pole.getAsDouble();
                }
            }
        }
        return start + "there is none here for " + distribution;
    }

    private static Supplier<LogDensity.Differentiable> evaluators(Distribution distribution, Parameters parameters) {
        if (isOpen(distribution)) {
            return () -> Guarded.of(distribution.differentiable().orElseThrow());
        }
        if (distribution instanceof Univariate law) {
            return () -> new Line(law);
        }
        List<Distribution> blocks = distribution.blocks();
        if (blocks.size() == 1) {
            return () -> new Boxed(distribution.differentiable().orElseThrow(), parameters);
        }
        List<Supplier<LogDensity.Differentiable>> parts = new ArrayList<>();
        for (Distribution block : blocks) {
            parts.add(of(block)::evaluator);
        }
        return () -> new Blocks(
                parameters.dimension(), parts.stream().map(Supplier::get).toList());
    }

    private static boolean isOpen(Distribution distribution) {
        for (int j = 0; j < distribution.dimension(); j++) {
            if (Double.isFinite(distribution.lowerEnds()[j])
                    || Double.isFinite(distribution.upperEnds()[j])) {
                return false;
            }
        }
        return true;
    }

    /** A law on a part of the line; its density is taken at an offset from the nearest end, which loses no digits. */
    private static final class Line extends Guarded {
        private final Univariate law;
        private final double lower;
        private final double upper;

        private Line(Univariate law) {
            super(1);
            this.law = law;
            this.lower = law.lowerEnds()[0];
            this.upper = law.upperEnds()[0];
        }

        @Override
        double log(double[] point, double[] gradient) {
            double u = point[0];
            double origin;
            double offset;
            double logSlope;
            double slope;
            double curve;
            if (upper == Double.POSITIVE_INFINITY) {
                origin = lower;
                offset = Math.exp(u);
                slope = offset;
                logSlope = u;
                curve = 1;
            } else if (lower == Double.NEGATIVE_INFINITY) {
                origin = upper;
                offset = -Math.exp(-u);
                slope = -offset;
                logSlope = -u;
                curve = -1;
            } else {
                double width = upper - lower;
                double small = width * Logistic.value(-Math.abs(u));
                origin = u < 0 ? lower : upper;
                offset = u < 0 ? small : -small;
                slope = small * Logistic.value(Math.abs(u));
                logSlope = Math.log(width) + Logistic.log(u) + Logistic.log(-u);
                curve = Logistic.value(-u) - Logistic.value(u);
            }
            gradient[0] = law.logSlopeFrom(origin, offset) * slope + curve;
            return law.logDensityFrom(origin, offset) + logSlope;
        }
    }

    /** A density on a box. */
    private static final class Boxed extends Guarded {
        private final LogDensity.Differentiable density;
        private final Parameters parameters;
        private final double[] x;
        private final double[] xGradient;

        private Boxed(LogDensity.Differentiable density, Parameters parameters) {
            super(parameters.dimension());
            this.density = density;
            this.parameters = parameters;
            this.x = new double[parameters.size()];
            this.xGradient = new double[parameters.size()];
        }

        @Override
        double log(double[] point, double[] gradient) {
            double logJacobian = parameters.logJacobian(point, x);
            double log = density.value(x, xGradient);
            parameters.pullBack(point, x, xGradient, gradient);
            return log + logJacobian;
        }
    }

    /** Independent blocks, each brought to its R^m by itself. */
    private static final class Blocks extends Guarded {
        private final LogDensity.Differentiable[] blocks;
        private final double[][] points;
        private final double[][] gradients;

        private Blocks(int dimension, List<LogDensity.Differentiable> blocks) {
            super(dimension);
            this.blocks = blocks.toArray(new LogDensity.Differentiable[0]);
            this.points = new double[this.blocks.length][];
            this.gradients = new double[this.blocks.length][];
            for (int i = 0; i < points.length; i++) {
                points[i] = new double[this.blocks[i].dimension()];
                gradients[i] = new double[this.blocks[i].dimension()];
            }
        }

        @Override
        double log(double[] point, double[] gradient) {
            double sum = 0;
            int from = 0;
            for (int i = 0; i < blocks.length; i++) {
                int size = points[i].length;
                System.arraycopy(point, from, points[i], 0, size);
                sum += blocks[i].value(points[i], gradients[i]);
                System.arraycopy(gradients[i], 0, gradient, from, size);
                from += size;
            }
            return sum;
        }
    }
}
