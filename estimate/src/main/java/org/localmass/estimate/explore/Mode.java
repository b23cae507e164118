package org.localmass.estimate.explore;

import java.util.Arrays;
import java.util.List;

/**
 * A local maximum of the density and the mass nearest to it.
 *
 * <p>A point belongs to the mode whose Laplace approximation, with the density at its maximum, is largest there.
 *
 * @param point      the maximum
 * @param deviation  marginal standard deviations of the Laplace approximation
 * @param logDensity at the maximum, nats
 * @param share      of the mass, with its interval
 * @param lower      lower end of the interval
 * @param upper      upper end of the interval
 * @param explorers  explorers with a particle within 1.5 sqrt(d) Laplace deviations of it
 * @param runs       runs of the last density with one
 * @param hits       ascents that ended here
 * @param anchored   whether a point of the user led here
 */
public record Mode(
        List<Double> point,
        List<Double> deviation,
        double logDensity,
        double share,
        double lower,
        double upper,
        int explorers,
        int runs,
        int hits,
        boolean anchored) {
    public Mode {
        point = List.copyOf(point);
        deviation = List.copyOf(deviation);
    }

    static List<Double> boxed(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }
}
