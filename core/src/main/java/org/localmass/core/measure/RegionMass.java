package org.localmass.core.measure;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.localmass.core.internal.LogSum;
import org.localmass.core.region.Ball;
import org.localmass.core.region.Box;
import org.localmass.core.region.Complement;
import org.localmass.core.region.HalfSpace;
import org.localmass.core.region.Intersection;
import org.localmass.core.region.Interval;
import org.localmass.core.region.Region;

/** Masses of regions that are put together from intervals, balls, boxes and half-spaces. */
final class RegionMass {
    private static final double INF = Double.POSITIVE_INFINITY;

    private RegionMass() {}

    static double of(Distribution law, Region region) {
        if (region.dimension() != law.dimension()) {
            throw new IllegalArgumentException(
                    "dimension of the region must be " + law.dimension() + ", was " + region.dimension());
        }
        if (region instanceof Ball ball) {
            return law.marginal(ball.coordinates()).logBallMass(ball.centre(), ball.radius(), ball.norm());
        }
        if (region instanceof Interval interval) {
            return ofInterval(coordinate(law, interval.coordinate()), interval);
        }
        if (region instanceof Box box) {
            return ofBox(law, box.lower(), box.upper());
        }
        if (region instanceof HalfSpace half) {
            int[] coordinates = half.coordinates();
            if (coordinates.length > 1) {
                return law.logHalfSpaceMass(half.normal(), half.offset());
            }
            double factor = half.normal()[coordinates[0]];
            Univariate marginal = coordinate(law, coordinates[0]);
            return factor > 0 ? marginal.logLower(half.offset() / factor) : marginal.logUpper(half.offset() / factor);
        }
        if (region instanceof Complement complement) {
            return ofComplement(law, complement.region());
        }
        if (region instanceof Intersection intersection) {
            return ofIntersection(law, intersection);
        }
        throw refused(law, region);
    }

    private static NoClosedFormException refused(Distribution law, Region region) {
        return NoClosedFormException.of("the mass of " + region.description() + " under " + law);
    }

    private static Univariate coordinate(Distribution law, int j) {
        return (Univariate) law.marginal(new int[] {j});
    }

    private static double atom(Univariate law, double x) {
        return law.atoms().stream()
                .filter(atom -> atom.location() == x)
                .mapToDouble(atom -> Math.log(atom.mass()))
                .findFirst()
                .orElse(Double.NEGATIVE_INFINITY);
    }

    /** An interval that is open below unless it is a single value. */
    private static double ofInterval(Univariate law, Interval interval) {
        if (interval.isAtom()) {
            return atom(law, interval.lower());
        }
        double low = interval.lower();
        double high = interval.upper();
        double atom = low == -INF ? -INF : atom(law, low);
        if (atom == -INF) {
            return law.logMass(low, high);
        }
        double continuous = high == INF
                ? law.continuousBetween(low, 0, INF).log()
                : law.continuousBetween(low, 0, high - low).log();
        double sum = continuous;
        for (Atom other : law.atoms()) {
            if (other.location() > low && other.location() <= high) {
                sum = LogSum.of(sum, Math.log(other.mass()));
            }
        }
        return sum;
    }

    static double ofBox(Distribution law, double[] lower, double[] upper) {
        List<Distribution> blocks = law.blocks();
        double sum = 0;
        int column = 0;
        for (Distribution block : blocks) {
            if (block instanceof Univariate univariate) {
                sum += univariate.logMass(lower[column], upper[column]);
            } else if (!isFree(lower, upper, column, column + block.dimension())) {
                sum += ofBoxInBlock(block, column, lower, upper);
            }
            column += block.dimension();
        }
        return sum;
    }

    /** A box in a dependent block: that of the coordinates which it bounds. */
    private static double ofBoxInBlock(Distribution block, int column, double[] lower, double[] upper) {
        int[] bounded = IntStream.range(0, block.dimension())
                .filter(j -> !isFree(lower, upper, column + j, column + j + 1))
                .toArray();
        if (bounded.length == 1) {
            int j = column + bounded[0];
            return coordinate(block, bounded[0]).logMass(lower[j], upper[j]);
        }
        double[] from =
                Arrays.stream(bounded).mapToDouble(j -> lower[column + j]).toArray();
        double[] to = Arrays.stream(bounded).mapToDouble(j -> upper[column + j]).toArray();
        Distribution marginal = bounded.length == block.dimension() ? block : block.marginal(bounded);
        return marginal.blocks().size() > 1 ? ofBox(marginal, from, to) : marginal.logBoxMass(from, to);
    }

    private static boolean isFree(double[] lower, double[] upper, int from, int to) {
        for (int j = from; j < to; j++) {
            if (lower[j] > -INF || upper[j] < INF) {
                return false;
            }
        }
        return true;
    }

    private static double ofComplement(Distribution law, Region region) {
        if (region instanceof Complement inner) {
            return of(law, inner.region());
        }
        if (region instanceof Interval interval && !interval.isAtom()) {
            Univariate marginal = coordinate(law, interval.coordinate());
            double below = interval.lower() == -INF ? -INF : marginal.logLower(interval.lower());
            return LogSum.of(below, above(marginal, interval.upper()));
        }
        if (region instanceof HalfSpace half) {
            int[] coordinates = half.coordinates();
            if (coordinates.length == 1) {
                double factor = half.normal()[coordinates[0]];
                Univariate marginal = coordinate(law, coordinates[0]);
                double edge = half.offset() / factor;
                return factor > 0 ? above(marginal, edge) : below(marginal, edge);
            }
            // the boundary carries no mass of the laws that know half-spaces
            double[] turned = half.normal();
            for (int j = 0; j < turned.length; j++) {
                turned[j] = -turned[j];
            }
            return law.logHalfSpaceMass(turned, -half.offset());
        }
        if (region instanceof Ball ball) {
            Distribution marginal = law.marginal(ball.coordinates());
            if (marginal instanceof Univariate line) {
                double width = ball.norm().halfWidth(ball.radius());
                return LogSum.of(below(line, ball.centre()[0] - width), above(line, ball.centre()[0] + width));
            }
        }
        return LogSum.log1mexp(of(law, region));
    }

    /** Log of {@code p(X > x)}. */
    private static double above(Univariate law, double x) {
        return x == INF ? -INF : open(law, x, law.logUpper(x), 1);
    }

    /** Log of {@code p(X < x)}. */
    private static double below(Univariate law, double x) {
        return x == -INF ? -INF : open(law, x, law.logLower(x), -1);
    }

    private static double open(Univariate law, double x, double closed, int side) {
        if (atom(law, x) == -INF) {
            return closed;
        }
        double sum = side > 0
                ? law.continuousBetween(x, 0, INF).log()
                : law.continuousBetween(x, -INF, 0).log();
        for (Atom other : law.atoms()) {
            if (side > 0 ? other.location() > x : other.location() < x) {
                sum = LogSum.of(sum, Math.log(other.mass()));
            }
        }
        return sum;
    }

    /** Closed boxes, and half-lines along coordinates, meet in a box. */
    private static double ofIntersection(Distribution law, Intersection intersection) {
        int d = law.dimension();
        double[] lower = new double[d];
        double[] upper = new double[d];
        Arrays.fill(lower, -INF);
        Arrays.fill(upper, INF);
        for (Region region : intersection.regions()) {
            if (region instanceof Box box) {
                for (int j = 0; j < d; j++) {
                    lower[j] = Math.max(lower[j], box.lower()[j]);
                    upper[j] = Math.min(upper[j], box.upper()[j]);
                }
            } else if (region instanceof HalfSpace half && half.coordinates().length == 1) {
                int j = half.coordinates()[0];
                double edge = half.offset() / half.normal()[j];
                if (half.normal()[j] > 0) {
                    upper[j] = Math.min(upper[j], edge);
                } else {
                    lower[j] = Math.max(lower[j], edge);
                }
            } else if (region instanceof Interval interval
                    && (interval.isAtom()
                            || interval.lower() == -INF
                            || atom(coordinate(law, interval.coordinate()), interval.lower()) == -INF)) {
                int j = interval.coordinate();
                lower[j] = Math.max(lower[j], interval.lower());
                upper[j] = Math.min(upper[j], interval.upper());
            } else if (intersection.regions().size() == 1) {
                return of(law, region);
            } else {
                throw refused(law, intersection);
            }
        }
        for (int j = 0; j < d; j++) {
            if (lower[j] > upper[j]) {
                return -INF;
            }
        }
        return ofBox(law, lower, upper);
    }
}
