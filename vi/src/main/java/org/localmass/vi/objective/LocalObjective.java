package org.localmass.vi.objective;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.localmass.estimate.explore.Lbfgs;
import org.localmass.vi.family.Family;
import org.localmass.vi.family.Mixture;

/**
 * The function that a fit minimises: the negative ELBO, plus local terms, plus \( 10^{-6}|\eta - \bar\eta|^2 \), which
 * keeps the logits of the weights finite. Points are the parameters of the family.
 */
public final class LocalObjective implements Lbfgs.Objective {
    private static final double LOGIT_WEIGHT = 1e-6;

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
        return value(Mixture.of(family, dimension, point), gradient);
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
