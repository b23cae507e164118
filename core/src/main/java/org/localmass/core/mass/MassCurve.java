package org.localmass.core.mass;

import java.util.function.DoubleUnaryOperator;
import org.localmass.core.internal.Arguments;
import org.localmass.core.measure.Distribution;
import org.localmass.core.region.Norm;

/**
 * The mass of balls about one place over their radius, with its interval and its slope in log-log axes. At infinity the
 * ball of radius r is {@code N(x) >= 1/r}.
 *
 * @param radii   J radii, positive
 * @param logMass log of the mass at each radius, {@code -inf} where there is none
 * @param lower   log of the lower end of its interval; the log mass itself where that is exact
 * @param upper   log of the upper end
 * @param slope   finite-radius slope \( d\log p(B_r)/d\log r \); NaN where it is not defined
 */
public record MassCurve(double[] radii, double[] logMass, double[] lower, double[] upper, double[] slope) {
    /** Step in log r of the five-point difference: error h^4/30 times the fifth derivative. */
    private static final double STEP = 0.01;

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
        return exact(radii, r -> law.logBallMass(centre, r, norm));
    }

    /** The exact curve of a distribution at infinity. */
    public static MassCurve atInfinity(Distribution law, Norm norm, double[] radii) {
        return exact(radii, r -> law.logTailMass(1 / r, norm));
    }

    private static MassCurve exact(double[] radii, DoubleUnaryOperator log) {
        double[] logMass = new double[radii.length];
        double[] slope = new double[radii.length];
        for (int i = 0; i < radii.length; i++) {
            double r = radii[i];
            logMass[i] = log.applyAsDouble(r);
            double near = log.applyAsDouble(r * Math.exp(STEP)) - log.applyAsDouble(r * Math.exp(-STEP));
            double far = log.applyAsDouble(r * Math.exp(2 * STEP)) - log.applyAsDouble(r * Math.exp(-2 * STEP));
            double value = (8 * near - far) / (12 * STEP);
            slope[i] = Double.isFinite(value) ? value : Double.NaN;
        }
        return new MassCurve(radii.clone(), logMass, logMass.clone(), logMass.clone(), slope);
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
