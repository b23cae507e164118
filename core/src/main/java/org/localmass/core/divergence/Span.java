package org.localmass.core.divergence;

import org.localmass.core.measure.LocalLaw;
import org.localmass.core.measure.Mass;
import org.localmass.core.measure.Univariate;

/**
 * A stretch of the line with a variable s: {@code x = origin + s}, or {@code x = origin + side e^s} beside a point where
 * a density has a pole, a zero or a kink, and towards infinity (docs/theory.md N3).
 *
 * @param origin    a breakpoint, or a point where the densities are smooth
 * @param side      0 for the plain variable; -1 or +1 for the exponential one
 * @param from      lower end of s, {@code -inf} at the origin of an exponential span
 * @param to        upper end of s, {@code +inf} at infinity
 */
record Span(double origin, int side, double from, double to) {
    /** Offsets are doubles for s within these limits; beyond, pure power laws are continued. */
    static final double LEAST = -690;

    static final double MOST = 690;

    static Span plain(double origin, double from, double to) {
        return new Span(origin, 0, from, to);
    }

    /** The points between the origin and {@code origin + side width}. */
    static Span beside(double origin, int side, double width) {
        return new Span(origin, side, Double.NEGATIVE_INFINITY, Math.log(width));
    }

    boolean isPlain() {
        return side == 0;
    }

    /** Log of the density with respect to s. */
    double logDensity(Univariate law, double s) {
        if (side == 0) {
            return law.logDensityFrom(origin, s);
        }
        if (s < LEAST || s > MOST) {
            return continued(end(law, s > 0), s);
        }
        return law.logDensityFrom(origin, side * Math.exp(s)) + s;
    }

    /** Spacing of the values of s that different points have, in units of rounding. */
    double spacing(double s) {
        if (side == 0) {
            return Math.abs(origin) + Math.abs(s);
        }
        double offset = Math.exp(s);
        return 1 + Math.abs(s) + (offset > 0 && origin != 0 ? Math.min(Math.abs(origin) / offset, 1) : 0);
    }

    /** The local law at the origin or at infinity, on this side. */
    LocalLaw end(Univariate law, boolean atInfinity) {
        return atInfinity ? law.oneSidedTailLaw(side) : law.oneSidedLaw(origin, side);
    }

    /** Whether the law's density can be continued beyond the limits of s: it is a pure power there. */
    boolean isPower(Univariate law, boolean atInfinity) {
        LocalLaw end = end(law, atInfinity);
        return end.isVanishing() || (end.kappa() > 0 && end.beta() == 0 && !Double.isNaN(end.logConstant()));
    }

    private static double continued(LocalLaw law, double s) {
        return law.isVanishing()
                ? Double.NEGATIVE_INFINITY
                : Math.log(law.kappa()) + law.logConstant() - law.kappa() * Math.abs(s);
    }

    /** The mass of s from a to b. */
    Mass mass(Univariate law, double a, double b) {
        if (side == 0) {
            return a < b ? law.continuousMassFrom(origin, a, b) : Mass.ZERO;
        }
        if (a > MOST) {
            return power(end(law, true), a).minus(power(end(law, true), b));
        }
        if (b < LEAST) {
            return power(end(law, false), b).minus(power(end(law, false), a));
        }
        double near = a < LEAST ? 0 : Math.exp(a);
        double far = b > MOST ? Double.POSITIVE_INFINITY : Math.exp(b);
        if (!(near < far)) {
            return Mass.ZERO;
        }
        Mass mass = side > 0 ? law.continuousMassFrom(origin, near, far) : law.continuousMassFrom(origin, -far, -near);
        // the ends beyond the limits, where they are not the ends of the span
        if (a < LEAST && a > Double.NEGATIVE_INFINITY) {
            mass = less(mass, power(end(law, false), a));
        }
        if (b > MOST && b < Double.POSITIVE_INFINITY) {
            mass = less(mass, power(end(law, true), b));
        }
        return mass;
    }

    private static Mass less(Mass mass, Mass part) {
        return part.compareTo(mass) > 0 ? Mass.ZERO : mass.minus(part);
    }

    private static Mass power(LocalLaw law, double s) {
        return law.isVanishing() || Double.isInfinite(s)
                ? Mass.ZERO
                : Mass.ofLog(law.logConstant() - law.kappa() * Math.abs(s));
    }
}
