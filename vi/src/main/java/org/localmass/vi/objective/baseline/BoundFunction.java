package org.localmass.vi.objective.baseline;

import java.util.Arrays;
import org.localmass.core.internal.Arguments;
import org.localmass.core.measure.LogDensity;
import org.localmass.estimate.explore.Lbfgs;
import org.localmass.vi.family.BaseDraws;
import org.localmass.vi.family.Family;
import org.localmass.vi.family.Mixture;
import org.localmass.vi.family.MixtureScratch;

/**
 * An objective as a function of a family's parameters at given base draws. Not safe to use from several threads.
 *
 * <p>\( \nabla L = \sum_i c_i[\nabla_xf(x_i)\,\partial x_i/\partial\theta - \nabla_\theta\log q_\theta(x_i)] \) and the part
 * of the logits, the c by {@link Bound}. What is minimised is its negative (itself if it is an upper bound) plus
 * \( 10^{-6}|\eta-\bar\eta|^2 \) of the logits of a mixture, which keeps them finite.
 */
public final class BoundFunction implements Lbfgs.Objective {
    private static final double LOGIT_PENALTY = 1e-6;

    private final Bound bound;
    private final Family family;
    private final int dimension;
    private final LogDensity.Differentiable target;
    private final double[][] points;
    private final double[][] slopes;
    private final double[] ratios;
    private final double[] path;
    private final double[] logits;
    private final double[] logWeights;
    private BaseDraws draws;
    private long evaluations;

    private BoundFunction(Bound bound, Family family, LogDensity.Differentiable target, BaseDraws draws) {
        this.bound = bound;
        this.family = family;
        this.dimension = target.dimension();
        this.target = target;
        this.draws = draws;
        int n = family.components() * draws.count();
        this.points = new double[n][dimension];
        this.slopes = new double[n][dimension];
        this.ratios = new double[n];
        this.path = new double[n];
        this.logits = new double[family.components()];
        this.logWeights = new double[family.components()];
    }

    /**
     * The function.
     *
     * @param target log density with its gradient; {@code -inf} where there is no mass
     * @param draws  of that family and dimension
     * @throws IllegalArgumentException if the draws are of another family, or the objective would be wrong with them
     *     without a sign of it
     */
    public static BoundFunction of(Bound bound, Family family, LogDensity.Differentiable target, BaseDraws draws) {
        check(bound, family, target.dimension(), draws);
        return new BoundFunction(bound, family, target, draws);
    }

    private static void check(Bound bound, Family family, int dimension, BaseDraws draws) {
        if (draws.components() != family.components() || draws.width() != family.drawDimension(dimension)) {
            throw new IllegalArgumentException(
                    "draws must be of " + family + " in " + dimension + " dimensions, was " + draws);
        }
        bound.check(family, draws);
    }

    /** Puts other draws of the same number in the place of those that are there. */
    void setDraws(BaseDraws other) {
        Arguments.sameDimension(draws.count(), other.count());
        check(bound, family, dimension, other);
        draws = other;
    }

    /** Evaluations of the target so far, value and gradient counted as one. */
    public long evaluations() {
        return evaluations;
    }

    /**
     * The objective and its gradient, or the estimate of its gradient.
     *
     * @param gradient {@link Family#parameters} places, overwritten
     */
    public double bound(double[] parameters, double[] gradient) {
        Arrays.fill(gradient, 0);
        for (double x : parameters) {
            if (!Double.isFinite(x)) {
                return Double.NaN;
            }
        }
        Mixture q = Mixture.of(family, dimension, parameters);
        MixtureScratch scratch = q.scratch();
        int count = draws.count();
        int width = draws.width();
        for (int k = 0; k < logWeights.length; k++) {
            logWeights[k] = q.logWeight(k);
            double[] z = draws.shared(k);
            for (int s = 0; s < count; s++) {
                int i = k * count + s;
                q.transform(k, z, s * width, points[i]);
                ratios[i] = target.value(points[i], slopes[i]) - q.evaluate(points[i], scratch);
                q.addScore(-1, scratch, slopes[i]);
            }
        }
        evaluations += ratios.length;
        double value = bound.weigh(logWeights, ratios, path, logits);
        for (int k = 0; k < logits.length; k++) {
            gradient[k] += logits[k];
            double[] z = draws.shared(k);
            for (int s = 0; s < count; s++) {
                int i = k * count + s;
                double c = path[i];
                if (c == 0) {
                    continue;
                }
                if (bound.hasDirectPart()) {
                    q.evaluate(points[i], scratch);
                    q.addDirect(-c, scratch, gradient);
                }
                for (int j = 0; j < dimension; j++) {
                    slopes[i][j] *= c;
                }
                q.addPath(k, slopes[i], z, s * width, gradient);
            }
        }
        return value;
    }

    @Override
    public double value(double[] point, double[] gradient) {
        double sign = bound.isUpper() ? 1 : -1;
        double value = sign * bound(point, gradient);
        for (int j = 0; j < gradient.length; j++) {
            gradient[j] *= sign;
        }
        int components = logits.length;
        if (components > 1) {
            double mean = 0;
            for (int k = 0; k < components; k++) {
                mean += point[k] / components;
            }
            for (int k = 0; k < components; k++) {
                double gap = point[k] - mean;
                value += LOGIT_PENALTY * gap * gap;
                gradient[k] += 2 * LOGIT_PENALTY * gap;
            }
        }
        return value;
    }
}
