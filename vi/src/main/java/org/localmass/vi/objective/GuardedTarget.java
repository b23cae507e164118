package org.localmass.vi.objective;

import java.util.concurrent.atomic.LongAdder;
import org.localmass.core.measure.LogDensity;

/**
 * A target as a fit sees it: values and failures are counted, and a value that is no number below {@code +inf}, a
 * gradient that is not finite, or an exception becomes {@code -inf}. Safe to use from several threads if the target is.
 */
public final class GuardedTarget implements LogDensity.Differentiable {
    private final LogDensity.Differentiable target;
    private final LongAdder evaluations = new LongAdder();
    private final LongAdder failures = new LongAdder();

    private GuardedTarget(LogDensity.Differentiable target) {
        this.target = target;
    }

    /** Guards a target; a guarded one is returned as it is. */
    public static GuardedTarget of(LogDensity.Differentiable target) {
        return target instanceof GuardedTarget guarded ? guarded : new GuardedTarget(target);
    }

    @Override
    public int dimension() {
        return target.dimension();
    }

    @Override
    public double value(double[] point) {
        evaluations.increment();
        double value;
        try {
            value = target.value(point);
        } catch (RuntimeException e) {
            value = Double.NaN;
        }
        return sound(value);
    }

    private double sound(double value) {
        if (value < Double.POSITIVE_INFINITY) {
            return value;
        }
        failures.increment();
        return Double.NEGATIVE_INFINITY;
    }

    @Override
    public double value(double[] point, double[] gradient) {
        evaluations.increment();
        double value;
        try {
            value = target.value(point, gradient);
        } catch (RuntimeException e) {
            value = Double.NaN;
        }
        if (value > Double.NEGATIVE_INFINITY) {
            double sum = 0;
            for (double g : gradient) {
                sum += g * 0;
            }
            if (sum != 0) {
                value = Double.NaN;
            }
        }
        return sound(value);
    }

    /** Values asked for so far; a gradient comes with its value. */
    public long evaluations() {
        return evaluations.sum();
    }

    /** Values that were no numbers, or ended in an exception. */
    public long failures() {
        return failures.sum();
    }
}
