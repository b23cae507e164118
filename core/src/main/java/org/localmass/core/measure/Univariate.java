package org.localmass.core.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.rng.UniformRandomProvider;
import org.localmass.core.internal.LogSum;
import org.localmass.core.region.Norm;
import org.localmass.core.region.Region;
import org.localmass.core.region.RegionExpression;

/**
 * A probability distribution on the line: a density, which may have poles, and atoms. Immutable.
 *
 * <p>A law gives its density, both tails, and the mass beside its breakpoints; masses of intervals and balls follow
 * with full relative accuracy, because the smaller tail is differenced where that loses nothing and the density is
 * integrated where it would.
 */
public abstract class Univariate implements Distribution {
    private static final Mass MOST = Mass.of(0.9);
    /** Difference of two logs of one mass near 1 that is rounding. */
    private static final double AGREE = 4e-15;
    /** Share of an offset by which a point is beside a breakpoint. */
    private static final double INSIDE = 0x1p-50;
    /** Differences that {@link #logSlope} extrapolates, and the first of their steps in log|x|. */
    private static final int SLOPE_LEVELS = 4;

    private static final double SLOPE_STEP = 0.08;

    /** Log of the density of the continuous part; {@code -inf} outside the support, {@code +inf} at a pole. */
    public abstract double logDensity(double x);

    /** {@code p(X <= x)}, with full relative accuracy. */
    public abstract Mass lower(double x);

    /** {@code p(X >= x)}, with full relative accuracy. */
    public abstract Mass upper(double x);

    /** Log of {@code p(X <= x)}, to full relative accuracy also where it is near 0. */
    public final double logLower(double x) {
        Mass mass = lower(x);
        return isMost(mass) ? logFromComplement(mass, upper(x)) : mass.log();
    }

    /** Log of {@code p(X >= x)}, to full relative accuracy also where it is near 0. */
    public final double logUpper(double x) {
        Mass mass = upper(x);
        return isMost(mass) ? logFromComplement(mass, lower(x)) : mass.log();
    }

    private static boolean isMost(Mass mass) {
        return mass.compareTo(MOST) > 0;
    }

    /** The log of a mass near 1, whose last digits only its complement has: of the two, if they agree. */
    private static double logFromComplement(Mass mass, Mass complement) {
        double log = mass.log();
        double sharper = Math.log1p(-complement.value());
        // they differ where an atom lies on the boundary, or where the boundary is rounded
        return Math.abs(sharper - log) <= AGREE ? sharper : log;
    }

    /** The atoms, ascending in their location. */
    public List<Atom> atoms() {
        return List.of();
    }

    /**
     * Finite points at which the density is not smooth, ascending: ends of the support, kinks, poles. Atoms need not be
     * among them.
     */
    public abstract double[] breakpoints();

    /**
     * The mass of the continuous part between a breakpoint and {@code breakpoint + h}, with full relative accuracy down
     * to the smallest h.
     *
     * @param h width, not zero; the sign gives the side
     */
    abstract Mass massBeside(double breakpoint, double h);

    /**
     * Local law of the continuous part on one side of a breakpoint.
     *
     * @param side -1 below, +1 above
     */
    abstract LocalLaw lawBeside(double breakpoint, int side);

    /**
     * Law of one tail: \( p(X \ge 1/r) \) above, \( p(X \le -1/r) \) below.
     *
     * @param side -1 below, +1 above
     */
    abstract LocalLaw tailLaw(int side);

    /**
     * The tail where it is exponential; what a law with a power tail or a bounded support says of itself follows from
     * {@link #tailLaw}.
     *
     * @param side -1 below, +1 above
     */
    ExponentialTail exponentialTail(int side) {
        double[] ends = breakpoints();
        boolean bounded = ends.length > 0 && (side < 0 ? lower(ends[0]) : upper(ends[ends.length - 1])).isZero();
        return bounded
                ? ExponentialTail.THINNER
                : tailLaw(side).isVanishing() ? ExponentialTail.UNKNOWN : ExponentialTail.HEAVIER;
    }

    /** One draw. */
    public abstract double sample(UniformRandomProvider random);

    /** The distribution in the command line's text form. */
    @Override
    public abstract String toString();

    /** The text form of {@code loc + scale Z} for this law of Z. */
    String text(double loc, double scale) {
        return "affine(" + this + ", " + RegionExpression.textOf(loc) + ", " + RegionExpression.textOf(scale) + ")";
    }

    /**
     * Local law of the continuous part on one side of any point.
     *
     * @param side -1 below, +1 above
     */
    public final LocalLaw oneSidedLaw(double point, int side) {
        for (double breakpoint : breakpoints()) {
            if (breakpoint == point) {
                return lawBeside(breakpoint, side);
            }
        }
        double logDensity = logDensity(point);
        return logDensity == Double.NEGATIVE_INFINITY ? LocalLaw.vanishing() : LocalLaw.of(1, 0, logDensity);
    }

    /**
     * Law of one tail: \( p(X \ge 1/r) \) above, \( p(X \le -1/r) \) below.
     *
     * @param side -1 below, +1 above
     */
    public final LocalLaw oneSidedTailLaw(int side) {
        return tailLaw(side);
    }

    /**
     * Log of the density of the continuous part at {@code origin + offset}, to full accuracy beside a breakpoint: there
     * the sum would lose digits.
     *
     * @param origin a breakpoint, or any point where the density is smooth
     */
    public final double logDensityFrom(double origin, double offset) {
        return logDensityAt(origin, offset);
    }

    /**
     * The mass of the continuous part on {@code [origin + from, origin + to]}, to full relative accuracy.
     *
     * @param from less than {@code to}, possibly {@code -inf}
     * @param to   possibly {@code +inf}
     */
    public final Mass continuousMassFrom(double origin, double from, double to) {
        return continuousBetween(origin, from, to);
    }

    /**
     * The mass of the closed interval.
     *
     * @throws IllegalArgumentException if an end is NaN or {@code lower > upper}
     */
    public final Mass mass(double lower, double upper) {
        return IntervalMass.between(this, lower, upper);
    }

    /** Log of the mass of the closed interval, to full relative accuracy also where it is near 0. */
    public final double logMass(double lower, double upper) {
        Mass mass = mass(lower, upper);
        return isMost(mass) ? logFromComplement(mass, outside(lower, upper)) : mass.log();
    }

    private Mass outside(double lower, double upper) {
        Mass below = lower == Double.NEGATIVE_INFINITY ? Mass.ZERO : lower(lower);
        return upper == Double.POSITIVE_INFINITY ? below : below.plus(upper(upper));
    }

    /** The mass of {@code [centre - radius, centre + radius]}, for every radius down to the smallest double. */
    public final Mass ballMass(double centre, double radius) {
        return IntervalMass.ball(this, centre, radius);
    }

    /** Log of the mass of {@code [centre - radius, centre + radius]}, also to full relative accuracy near 0. */
    public final double logBallMass(double centre, double radius) {
        Mass mass = ballMass(centre, radius);
        return isMost(mass) ? logFromComplement(mass, outside(centre - radius, centre + radius)) : mass.log();
    }

    /**
     * \( d\log p(B_r)/d\log r \) at a radius: r times the density at both ends over the mass.
     *
     * <p>At a breakpoint the density inside the ball counts. NaN where an atom or a pole lies on the boundary, and where
     * the ball has no mass.
     */
    public final double ballSlope(double centre, double radius) {
        for (Atom atom : atoms()) {
            if (Math.abs(atom.location() - centre) == radius) {
                return Double.NaN;
            }
        }
        double ends = LogSum.of(logEdge(centre, -radius, -INSIDE), logEdge(centre, radius, -INSIDE));
        return slope(Math.log(radius) + ends - logBallMass(centre, radius));
    }

    /** \( d\log P(|X|\ge1/r)/d\log r \) at r = 1/R; NaN as for a ball. */
    public final double tailSlope(double size) {
        for (Atom atom : atoms()) {
            if (Math.abs(atom.location()) == size) {
                return Double.NaN;
            }
        }
        double ends = LogSum.of(logEdge(0, -size, INSIDE), logEdge(0, size, INSIDE));
        return slope(Math.log(size) + ends - tailMass(size).log());
    }

    private static double slope(double log) {
        double slope = Math.exp(log);
        return Double.isFinite(slope) ? slope : Double.NaN;
    }

    /** Log density at an end of a set; beside it, inside, by a share of the offset where that is a breakpoint. */
    private double logEdge(double centre, double offset, double inside) {
        for (double breakpoint : breakpoints()) {
            if (breakpoint - centre == offset) {
                double at = logDensityAt(breakpoint, 0);
                return at == Double.POSITIVE_INFINITY ? at : logDensityAt(breakpoint, inside * offset);
            }
        }
        return logDensityAt(centre, offset);
    }

    /** The mass of {@code |X| >= radius}. */
    public final Mass tailMass(double radius) {
        return radius <= 0 ? Mass.ONE : upper(radius).plus(lower(-radius)).atMostOne();
    }

    /** The local law at a finite point. */
    public final LocalLaw localLaw(double point) {
        for (Atom atom : atoms()) {
            if (atom.location() == point) {
                return LocalLaw.atom(atom.mass());
            }
        }
        return puncturedLaw(point);
    }

    private LocalLaw puncturedLaw(double point) {
        return LocalLaw.sum(List.of(oneSidedLaw(point, -1), oneSidedLaw(point, 1)));
    }

    /** The law of {@code p(|X| >= 1/r)}. */
    public final LocalLaw lawAtInfinity() {
        return LocalLaw.sum(List.of(tailLaw(-1), tailLaw(1)));
    }

    /**
     * Derivative of the log density at a point inside of the support where it is smooth. A law overrides this where it
     * has a formula; here differences of the log density in log|x|, of relative error about 1e-10 where that is smooth.
     */
    double logSlope(double x) {
        if (x == 0) {
            return 0;
        }
        // Richardson's extrapolation of central differences
        double[] table = new double[SLOPE_LEVELS];
        double step = SLOPE_STEP;
        for (int i = 0; i < SLOPE_LEVELS; i++, step *= 0.5) {
            double last = (logDensity(x * Math.exp(step)) - logDensity(x * Math.exp(-step))) / (2 * step);
            double factor = 4;
            for (int j = 0; j < i; j++, factor *= 4) {
                double better = last + (last - table[j]) / (factor - 1);
                table[j] = last;
                last = better;
            }
            table[i] = last;
        }
        return table[SLOPE_LEVELS - 1] / x;
    }

    /** Derivative of {@code logDensityAt} in u. */
    double logSlopeAt(double t, double u) {
        return logSlope(t + u);
    }

    /** Derivative of {@link #logDensityFrom} in the offset. */
    public final double logSlopeFrom(double origin, double offset) {
        return logSlopeAt(origin, offset);
    }

    @Override
    public final Optional<LogDensity.Differentiable> differentiable() {
        return atoms().isEmpty() && innerPole().isEmpty() ? Optional.of(new Line(this)) : Optional.empty();
    }

    /** A breakpoint inside of the support at which the density is infinite. */
    public final OptionalDouble innerPole() {
        double lower = lowerEnds()[0];
        double upper = upperEnds()[0];
        for (double x : breakpoints()) {
            if (x > lower && x < upper && logDensity(x) == Double.POSITIVE_INFINITY) {
                return OptionalDouble.of(x);
            }
        }
        return OptionalDouble.empty();
    }

    @Override
    public final double[] lowerEnds() {
        double[] points = breakpoints();
        boolean bounded = points.length > 0 && lower(points[0]).isZero();
        return new double[] {bounded ? points[0] : Double.NEGATIVE_INFINITY};
    }

    @Override
    public final double[] upperEnds() {
        double[] points = breakpoints();
        boolean bounded = points.length > 0 && upper(points[points.length - 1]).isZero();
        return new double[] {bounded ? points[points.length - 1] : Double.POSITIVE_INFINITY};
    }

    /** The log density of a law with its derivative. */
    private record Line(Univariate law) implements LogDensity.Differentiable {
        @Override
        public int dimension() {
            return 1;
        }

        @Override
        public double value(double[] point) {
            return law.logDensity(point[0]);
        }

        @Override
        public double value(double[] point, double[] gradient) {
            gradient[0] = law.logSlope(point[0]);
            return law.logDensity(point[0]);
        }
    }

    @Override
    public final int dimension() {
        return 1;
    }

    @Override
    public final double logDensity(double[] point) {
        return logDensity(point[0]);
    }

    @Override
    public final void sample(UniformRandomProvider random, double[] point) {
        point[0] = sample(random);
    }

    @Override
    public final List<Stratum> strata() {
        List<Stratum> strata = new ArrayList<>();
        double logMass = continuousMass().log();
        if (logMass > Double.NEGATIVE_INFINITY) {
            strata.add(new Stratum(Carrier.whole(1), logMass, LogDensity.of(1, x -> logDensity(x[0]) - logMass)));
        }
        for (Atom atom : atoms()) {
            strata.add(new Stratum(
                    Carrier.coordinates(new int[0], new double[] {atom.location()}),
                    Math.log(atom.mass()),
                    LogDensity.of(0, x -> 0)));
        }
        return List.copyOf(strata);
    }

    /** The mass of the continuous part; a law with atoms overrides this. */
    Mass continuousMass() {
        return Mass.ONE;
    }

    /**
     * Log of the density at {@code t + u}. A law overrides this where the sum would lose digits: beside a pole that is
     * not at 0.
     */
    double logDensityAt(double t, double u) {
        return logDensity(t + u);
    }

    /** Log of the density at {@code t + u + h}, where {@code t + u} may be a breakpoint. */
    final double logDensityBeside(double t, double u, double h) {
        for (double breakpoint : breakpoints()) {
            if (breakpoint - t == u) {
                return logDensityAt(breakpoint, h);
            }
        }
        return logDensityAt(t, u + h);
    }

    /**
     * The mass of the continuous part on {@code [t + u, t + v]}, {@code u < v}. A law with atoms overrides this;
     * so does one that is put together from others.
     */
    Mass continuousBetween(double t, double u, double v) {
        return IntervalMass.continuous(this, t, u, v);
    }

    @Override
    public final double logBallMass(double[] centre, double radius, Norm norm) {
        return logBallMass(centre[0], norm.halfWidth(radius));
    }

    @Override
    public final double logTailMass(double radius, Norm norm) {
        return tailMass(norm.halfWidth(radius)).log();
    }

    @Override
    public final LocalLaw localLaw(double[] point, Norm norm) {
        return localLaw(point[0]).withRadiusFactor(norm.halfWidth(1));
    }

    @Override
    public final LocalLaw puncturedLaw(double[] point, Norm norm) {
        return puncturedLaw(point[0]).withRadiusFactor(norm.halfWidth(1));
    }

    @Override
    public final LocalLaw lawAtInfinity(Norm norm) {
        return lawAtInfinity().withRadiusFactor(1 / norm.halfWidth(1));
    }

    @Override
    public final double logMass(Region region) {
        return RegionMass.of(this, region);
    }
}
