package org.localmass.core.measure;

import java.util.function.DoubleUnaryOperator;
import org.localmass.core.internal.LogSum;
import org.localmass.core.internal.Quadrature;

/** Euclidean balls off the centre of a law of spherical symmetry: one integral over the distance from its centre. */
final class SphericalBall {
    private static final double TOLERANCE = 1e-13;
    private static final int EVALUATIONS = 400_000;

    private SphericalBall() {}

    /**
     * Log of the mass of the ball of radius r whose centre is at distance h from the law's.
     *
     * @param logRadialDensity log density of the distance of a draw from the law's centre
     * @param end              end of the support of that distance, possibly {@code +inf}
     * @param logCore          log of the mass within a distance
     */
    static double logMass(
            int d, double h, double r, DoubleUnaryOperator logRadialDensity, double end, DoubleUnaryOperator logCore) {
        if (h == 0) {
            return logCore.applyAsDouble(r);
        }
        double from = Math.abs(h - r);
        double to = Math.min(h + r, end);
        double core = r > h ? logCore.applyAsDouble(r - h) : Double.NEGATIVE_INFINITY;
        if (!(from < to)) {
            return core;
        }
        // where the ball is small against h, the shell is h + r x with x in (-1, 1)
        boolean thin = r < h;
        double low = thin ? -1 : (from - h) / r;
        double high = (to - h) / r;
        double scale = Double.NEGATIVE_INFINITY;
        for (int i = 1; i < 16; i++) {
            double x = low + (high - low) * i / 16;
            scale = Math.max(scale, logRadialDensity.applyAsDouble(h + r * x) + logCap(d, h, r, x));
        }
        if (scale == Double.NEGATIVE_INFINITY) {
            return core;
        }
        double top = scale;
        double middle = 0.5 * (low + high);
        double half = 0.5 * (high - low);
        // sine substitution: caps vanish like powers of the distance from the ends
        Quadrature.Result result = Quadrature.integrate(
                v -> {
                    double angle = Math.PI * (v - 0.5);
                    double x = middle + half * Math.sin(angle);
                    return Math.exp(logRadialDensity.applyAsDouble(h + r * x) + logCap(d, h, r, x) - top)
                            * Math.cos(angle);
                },
                new double[] {0, 1},
                TOLERANCE,
                0,
                EVALUATIONS);
        double shell = top + Math.log(half * Math.PI * r) + Math.log(result.value());
        return Math.min(0, LogSum.of(core, shell));
    }

    /** Log of the share of the sphere of radius h + r x, about the law's centre, that lies in the ball. */
    private static double logCap(int d, double h, double r, double x) {
        double rho = h + r * x;
        if (!(rho > 0)) {
            return Double.NEGATIVE_INFINITY;
        }
        // 1 - cos(angle) = (r^2 - (rho-h)^2)/(2 rho h) = r^2 (1-x^2)/(2 rho h)
        double half = 0.25 * (r / rho) * (r / h) * (1 - x) * (1 + x);
        if (!(half > 0)) {
            return Double.NEGATIVE_INFINITY;
        }
        return BetaShare.of(Math.min(1, half), 0.5 * (d - 1), 0.5 * (d - 1)).log();
    }
}
