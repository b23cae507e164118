package org.localmass.estimate.density;

import java.util.Arrays;
import org.apache.commons.numbers.gamma.LogGamma;
import org.localmass.core.internal.Arguments;
import org.localmass.core.measure.LogDensity;
import org.localmass.core.region.Norm;

/** A ball as the image of the unit ball of its norm, and a density seen from its centre. */
final class BallFrame {
    private static final double LOG_2 = Math.log(2);

    private final LogDensity density;
    private final double[] centre;
    private final double radius;
    private final Norm norm;
    private final double[][] factor;
    private final double[] point;
    private long evaluations;

    BallFrame(LogDensity density, double[] centre, double radius, Norm norm) {
        this.density = density;
        this.centre = Arguments.finite("centre", centre.clone());
        this.radius = Arguments.positive("radius", radius);
        this.norm = norm;
        this.factor = norm.factor();
        this.point = new double[centre.length];
        Arguments.sameDimension(density.dimension(), centre.length);
        if (factor.length > 0) {
            Arguments.sameDimension(factor.length, centre.length);
        }
    }

    int dimension() {
        return centre.length;
    }

    boolean isCube() {
        return norm.equals(Norm.linf());
    }

    long evaluations() {
        return evaluations;
    }

    /** Log of the ball's Lebesgue volume. */
    double logVolume() {
        int d = centre.length;
        double log = d * Math.log(radius);
        if (isCube()) {
            return log + d * LOG_2;
        }
        for (int i = 0; i < factor.length; i++) {
            log += Math.log(factor[i][i]);
        }
        return log + 0.5 * d * Math.log(Math.PI) - LogGamma.value(0.5 * d + 1);
    }

    /**
     * The vector from the centre to the surface of the ball.
     *
     * @param direction d values of norm 1, Euclidean or maximum; replaced by the vector
     */
    void toSurface(double[] direction) {
        for (int i = direction.length - 1; i >= 0; i--) {
            double sum = direction[i];
            if (factor.length > 0) {
                sum = 0;
                for (int k = 0; k <= i; k++) {
                    sum += factor[i][k] * direction[k];
                }
            }
            direction[i] = radius * sum;
        }
    }

    /**
     * Log density at the centre plus a share of a vector.
     *
     * @throws IllegalArgumentException if it is NaN or {@code +inf} there
     */
    double value(double[] vector, double share) {
        for (int i = 0; i < point.length; i++) {
            point[i] = centre[i] + share * vector[i];
        }
        evaluations++;
        double log = density.value(point);
        if (Double.isNaN(log) || log == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("log density must be finite or -Infinity beside the centre, was " + log
                    + " at " + Arrays.toString(point)
                    + (log > 0 ? "; a pole belongs at the origin, where the distances to it are exact" : ""));
        }
        return log;
    }
}
