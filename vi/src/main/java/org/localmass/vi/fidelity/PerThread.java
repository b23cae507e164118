package org.localmass.vi.fidelity;

import java.util.function.Supplier;
import org.localmass.core.measure.LogDensity;

/** A density that is safe to use from several threads, of ones that are not. */
final class PerThread implements LogDensity.Differentiable {
    private final ThreadLocal<LogDensity.Differentiable> own;
    private final int dimension;

    PerThread(Supplier<? extends LogDensity.Differentiable> evaluators) {
        this.own = ThreadLocal.withInitial(evaluators);
        this.dimension = evaluators.get().dimension();
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public double value(double[] point) {
        return own.get().value(point);
    }

    @Override
    public double value(double[] point, double[] gradient) {
        return own.get().value(point, gradient);
    }
}
