package org.localmass.core.mass;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.localmass.core.internal.Arguments;
import org.localmass.core.measure.Distribution;
import org.localmass.core.measure.Univariate;
import org.localmass.core.region.Norm;

/**
 * The mass of balls about one place over their radius, with its interval and its slope in log-log axes. At infinity the
 * ball of radius r is {@code N(x) >= 1/r}.
 *
 * @param radii   J radii, positive
 * @param logMass log of the mass at each radius, {@code -inf} where there is none
 * @param lower   log of the lower end of its interval; the log mass itself where that is exact
 * @param upper   log of the upper end
 * @param slope   finite-radius slope \( d\log p(B_r)/d\log r \); NaN where it is not defined: without mass,
 *     and where an atom lies on the sphere
 */
public record MassCurve(double[] radii, double[] logMass, double[] lower, double[] upper, double[] slope) {
    /** First step in log r of the five-point difference: error h^4/30 times the fifth derivative. */
    private static final double STEP = 0.01;
    /** Relative difference of the slopes of two steps that shows a jump of the mass beside the radius. */
    private static final double SMOOTH = 1e-6;

    private static final int HALVINGS = 12;

    public MassCurve {
        for (double radius : radii) {
            Arguments.positive("radius", radius);
        }
    }

    /**
     * The exact curve of a distribution.
     *
     * @param centre d finite values
     * @throws org.localmass.core.measure.NoClosedFormException if the masses have no formula
     */
    public static MassCurve about(Distribution law, double[] centre, Norm norm, double[] radii) {
        DoubleUnaryOperator log = r -> law.logBallMass(centre, r, norm);
        return law instanceof Univariate line
                ? exact(radii, log, r -> line.ballSlope(centre[0], norm.halfWidth(r)))
                : exact(radii, log, r -> slope(log, r));
    }

    /** The exact curve of a distribution at infinity. */
    public static MassCurve atInfinity(Distribution law, Norm norm, double[] radii) {
        DoubleUnaryOperator log = r -> law.logTailMass(1 / r, norm);
        return law instanceof Univariate line
                ? exact(radii, log, r -> line.tailSlope(norm.halfWidth(1 / r)))
                : exact(radii, log, r -> slope(log, r));
    }

    private static MassCurve exact(double[] radii, DoubleUnaryOperator log, DoubleUnaryOperator slope) {
        double[] logMass = Arrays.stream(radii).map(log).toArray();
        double[] slopes = Arrays.stream(radii).map(slope).toArray();
        return new MassCurve(radii.clone(), logMass, logMass.clone(), logMass.clone(), slopes);
    }

    /** The slope by differences whose step is halved until two agree: an atom on the sphere never lets them. */
    private static double slope(DoubleUnaryOperator log, double radius) {
        double slope = difference(log, radius, STEP);
        double step = STEP;
        for (int i = 0; i < HALVINGS && Double.isFinite(slope); i++) {
            step *= 0.5;
            double next = difference(log, radius, step);
            if (Math.abs(next - slope) <= SMOOTH * (1 + Math.abs(next))) {
                return slope;
            }
            slope = next;
        }
        return Double.NaN;
    }

    private static double difference(DoubleUnaryOperator log, double radius, double step) {
        double near = log.applyAsDouble(radius * Math.exp(step)) - log.applyAsDouble(radius * Math.exp(-step));
        double far = log.applyAsDouble(radius * Math.exp(2 * step)) - log.applyAsDouble(radius * Math.exp(-2 * step));
        return (8 * near - far) / (12 * step);
    }

    /** Geometric radii from a to b; powers of ten are exact. */
    public static double[] radii(double from, double to, int count) {
        Arguments.positive("from", from);
        Arguments.positive("to", to);
        Arguments.positive("count", count);
        double[] radii = new double[count];
        for (int i = 0; i < count; i++) {
            double share = count == 1 ? 0 : (double) i / (count - 1);
            radii[i] = i == 0
                    ? from
                    : i == count - 1 ? to : Math.pow(10, (1 - share) * Math.log10(from) + share * Math.log10(to));
        }
        return radii;
    }
}
