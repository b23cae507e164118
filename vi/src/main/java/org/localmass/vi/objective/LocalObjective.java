package org.localmass.vi.objective;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.localmass.estimate.explore.Lbfgs;
import org.localmass.vi.family.Family;
import org.localmass.vi.family.Mixture;
import org.localmass.vi.family.ScaleForm;

/**
 * The function that a fit minimises: the negative ELBO, plus local terms, plus \( 10^{-6}|\eta - \bar\eta|^2 \), which
 * keeps the logits of the weights finite. Points are the parameters of the family; {@code +inf} where a component is
 * narrower than 1e-10 of its mean in a coordinate, or so
 * nearly singular.
 */
public final class LocalObjective implements Lbfgs.Objective {
    private static final double LOGIT_WEIGHT = 1e-6;
    private static final double LEAST_WIDTH = 1e-10;
    private static final double MOST_WIDTH = 1e100;

    private final Elbo elbo;
    private final Family family;
    private final int dimension;
    private final List<LocalTerm> terms;
    private final BooleanSupplier cancelled;

    /**
     * The objective.
     *
     * @param cancelled asked before every value; once it is true the value is {@code +inf} at no cost, which ends a
     *     search at the best point it has
     */
    public LocalObjective(
            Elbo elbo, Family family, int dimension, List<? extends LocalTerm> terms, BooleanSupplier cancelled) {
        this.elbo = elbo;
        this.family = family;
        this.dimension = dimension;
        this.terms = List.copyOf(terms);
        this.cancelled = cancelled;
    }

    @Override
    public double value(double[] point, double[] gradient) {
        if (cancelled.getAsBoolean() || !allFinite(point)) {
            return Double.POSITIVE_INFINITY;
        }
        Mixture q = Mixture.of(family, dimension, point);
        return isResolved(q, point) ? value(q, gradient) : Double.POSITIVE_INFINITY;
    }

    /**
     * Whether every component is wide enough beside its mean for its draws to differ from it: else densities at draws are
     * rounding errors, and the bound can be anything, +1e208 included.
     */
    private boolean isResolved(Mixture q, double[] theta) {
        double[] units = q.units();
        for (int k = 0; k < family.components(); k++) {
            int mean = family.meanOffset(k, dimension);
            int scale = family.scaleOffset(k, dimension);
            for (int i = 0; i < dimension; i++) {
                double deviation = units[mean + i];
                // the part that the coordinates before it do not determine: the diagonal of the Cholesky factor
                double width = family.form() == ScaleForm.FULL ? Math.exp(theta[scale + i * (i + 3) / 2]) : deviation;
                if (!(width > LEAST_WIDTH * Math.max(Math.abs(theta[mean + i]), deviation))
                        || !(deviation < MOST_WIDTH)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean allFinite(double[] point) {
        double sum = 0;
        for (double x : point) {
            sum += x * 0;
        }
        return sum == 0;
    }

    /** The value at a member of the family, and its gradient. */
    public double value(Mixture q, double[] gradient) {
        double value = -elbo.value(q, gradient);
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] = -gradient[i];
        }
        int components = family.components();
        double mean = 0;
        for (int k = 0; k < components; k++) {
            mean += q.logWeight(k) / components;
        }
        for (int k = 0; k < components; k++) {
            double gap = q.logWeight(k) - mean;
            value += LOGIT_WEIGHT * gap * gap;
            gradient[k] += 2 * LOGIT_WEIGHT * gap;
        }
        for (LocalTerm term : terms) {
            value += term.value(q, gradient);
        }
        return value;
    }
}
