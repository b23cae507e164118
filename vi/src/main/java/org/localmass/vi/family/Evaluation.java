package org.localmass.vi.family;

import org.localmass.core.measure.LogDensity;

/** Values of densities that others wrote: what is not a number, or an exception, is no mass. */
final class Evaluation {
    private Evaluation() {}

    static double orNone(LogDensity target, double[] point) {
        try {
            double value = target.value(point);
            return value < Double.POSITIVE_INFINITY ? value : Double.NEGATIVE_INFINITY;
        } catch (RuntimeException e) {
            return Double.NEGATIVE_INFINITY;
        }
    }
}
