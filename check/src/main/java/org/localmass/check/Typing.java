package org.localmass.check;

import java.util.Optional;
import org.localmass.core.mass.RatioEstimate;
import org.localmass.core.region.Interval;

/**
 * The type of an interval finding.
 *
 * @param kind kind of the finding
 * @param side side of the distribution, where it has one
 * @param what the finding in a few words, such as "upper tail too light"
 */
record Typing(Kind kind, Optional<Side> side, String what) {
    /** A ratio below this (or above its inverse) is called missing (or invented), not misweighted. */
    private static final double MISSING = 0.2;

    /**
     * Types an interval of one parameter.
     *
     * @param p              the reference's values
     * @param q              the approximation's values
     * @param effectiveSizeP effective number of reference draws
     * @param effectiveSizeQ effective number of approximation draws
     */
    static Typing of(
            Interval interval,
            Direction direction,
            RatioEstimate ratio,
            SortedColumn p,
            SortedColumn q,
            double effectiveSizeP,
            double effectiveSizeQ) {
        boolean under = direction == Direction.UNDER;
        if (interval.isAtom()) {
            boolean gone = under ? ratio.estimate() < MISSING : ratio.estimate() > 1 / MISSING;
            return new Typing(
                    Kind.ATOM,
                    Optional.empty(),
                    gone ? (under ? "missing atom" : "invented atom") : (under ? "atom too light" : "atom too heavy"));
        }
        boolean openBelow = interval.lower() == Double.NEGATIVE_INFINITY;
        boolean openAbove = interval.upper() == Double.POSITIVE_INFINITY;
        Modes modesP = Modes.of(p, effectiveSizeP);
        Modes modesQ = Modes.of(q, effectiveSizeQ);
        boolean severalModes = modesP.centres().size() > 1 || modesQ.centres().size() > 1;
        if (severalModes) {
            if (under && modesP.any(interval) && !modesP.centres().stream().allMatch(interval::contains)) {
                return ratio.estimate() < MISSING
                        ? new Typing(Kind.MODE, Optional.empty(), "missing mode")
                        : new Typing(Kind.WEIGHT, Optional.empty(), "mode with too little weight");
            }
            if (!under && modesQ.any(interval) && !modesP.any(interval)) {
                boolean between = modesP.centres().stream().anyMatch(c -> c <= interval.lower())
                        && modesP.centres().stream().anyMatch(c -> c > interval.upper());
                return new Typing(
                        Kind.MODE, Optional.empty(), between ? "the gap between two modes filled" : "invented mode");
            }
            if (!under && modesP.any(interval)) {
                return new Typing(Kind.WEIGHT, Optional.empty(), "mode with too much weight");
            }
        }
        double bodyLow = p.quantile(0.1);
        double bodyHigh = p.quantile(0.9);
        Optional<Side> side = openBelow || interval.upper() <= bodyLow
                ? Optional.of(Side.LOWER)
                : openAbove || interval.lower() >= bodyHigh ? Optional.of(Side.UPPER) : Optional.empty();
        if (side.isEmpty()) {
            return new Typing(
                    Kind.WEIGHT, Optional.empty(), under ? "body with too little weight" : "too concentrated");
        }
        Side at = side.get();
        boolean holdsBody = at == Side.LOWER ? interval.upper() > p.quantile(0.5) : interval.lower() < p.quantile(0.5);
        if (holdsBody) {
            return new Typing(Kind.WEIGHT, side, under ? "shifted away from this side" : "shifted to this side");
        }
        if (atBound(interval, at, p, q)) {
            return new Typing(
                    Kind.BOUNDARY, side, under ? "too little mass at the boundary" : "too much mass at the boundary");
        }
        return new Typing(Kind.TAIL, side, at.label() + " tail too " + (under ? "light" : "heavy"));
    }

    /**
     * Whether the region lies at 0 or 1, a bound that all draws respect and at which the density of either measure does
     * not vanish: the tenth of the region next to the bound holds at least 3 % of the region's mass.
     */
    private static boolean atBound(Interval interval, Side side, SortedColumn p, SortedColumn q) {
        double bound;
        if (side == Side.LOWER && p.min() >= 0 && q.min() >= 0) {
            bound = 0;
        } else if (side == Side.UPPER && p.max() <= 0 && q.max() <= 0) {
            bound = 0;
        } else if (side == Side.UPPER && p.max() <= 1 && q.max() <= 1 && p.min() >= 0 && q.min() >= 0) {
            bound = 1;
        } else {
            return false;
        }
        double edge = side == Side.LOWER ? interval.upper() : interval.lower();
        return filled(p, bound, edge) || filled(q, bound, edge);
    }

    private static boolean filled(SortedColumn column, double bound, double edge) {
        double near = bound + 0.1 * (edge - bound);
        double region = between(column, bound, edge);
        return region > 0 && between(column, bound, near) >= 0.03 * region;
    }

    private static double between(SortedColumn column, double a, double b) {
        return a < b
                ? column.share(b) - column.share(Math.nextDown(a))
                : column.share(a) - column.share(Math.nextDown(b));
    }
}
