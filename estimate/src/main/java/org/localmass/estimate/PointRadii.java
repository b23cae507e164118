package org.localmass.estimate;

import java.util.Arrays;
import java.util.List;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;
import org.localmass.core.region.Ball;

/** The radii of draws about a point, chains apart and in order: {@code N(x - t)}, or {@code 1/N(x)} at infinity. */
final class PointRadii {
    final double[][] chains;
    final int size;
    /** Relative weights in the same shape; all 1 where the draws carry none. */
    final double[][] weights;

    private final Draws draws;
    private final Ball unit;

    private PointRadii(Draws draws, Ball unit, boolean infinity) {
        this.draws = draws;
        this.unit = unit;
        List<Chain> list = draws.chains();
        chains = NestedBalls.distances(draws, unit);
        weights = new double[list.size()][];
        size = draws.size();
        double heaviest = Double.NEGATIVE_INFINITY;
        for (Chain chain : list) {
            for (int t = 0; t < chain.size(); t++) {
                heaviest = Math.max(heaviest, chain.logWeight(t));
            }
        }
        for (int c = 0; c < chains.length; c++) {
            Chain chain = list.get(c);
            weights[c] = new double[chain.size()];
            for (int t = 0; t < chains[c].length; t++) {
                chains[c][t] = infinity ? 1 / chains[c][t] : chains[c][t];
                weights[c][t] = Math.exp(chain.logWeight(t) - heaviest);
            }
        }
    }

    /** Distances from the centre of a ball, in its coordinates and norm. */
    static PointRadii about(Draws draws, Ball unit) {
        return new PointRadii(draws, unit, false);
    }

    /** One over the norm in the coordinates of a ball about 0. */
    static PointRadii atInfinity(Draws draws, Ball unit) {
        return new PointRadii(draws, unit, true);
    }

    /** Draws at most a radius away. */
    Membership within(double radius) {
        boolean[][] inside = new boolean[chains.length][];
        for (int c = 0; c < inside.length; c++) {
            inside[c] = new boolean[chains[c].length];
            for (int t = 0; t < inside[c].length; t++) {
                inside[c][t] = chains[c][t] <= radius;
            }
        }
        return Membership.adopt(inside);
    }

    /**
     * For each draw whether it starts a new state: it differs from the one before it in a coordinate of the ball. A run
     * of equal states, such as rejected proposals, starts once.
     */
    boolean[][] starts() {
        int[] coordinates = unit.coordinates();
        boolean[][] starts = new boolean[chains.length][];
        for (int c = 0; c < starts.length; c++) {
            Chain chain = draws.chains().get(c);
            starts[c] = new boolean[chain.size()];
            for (int t = 0; t < starts[c].length; t++) {
                boolean changed = t == 0;
                for (int i = 0; !changed && i < coordinates.length; i++) {
                    changed = chain.value(t, coordinates[i]) != chain.value(t - 1, coordinates[i]);
                }
                starts[c][t] = changed;
            }
        }
        return starts;
    }

    /**
     * Grid step of the values near the centre, as a radius: the norm of the smallest gaps between different values of
     * each coordinate among its nearest thousand (or tenth), at least the spacing of doubles there; 0 where a
     * coordinate never changes.
     */
    double resolution() {
        int[] coordinates = unit.coordinates();
        double[] centre = unit.centre();
        double[] corner = new double[draws.dimension()];
        for (int i = 0; i < coordinates.length; i++) {
            corner[coordinates[i]] = centre[i] + step(draws.column(coordinates[i]), centre[i]);
        }
        return unit.distance(corner);
    }

    private static double step(double[] values, double centre) {
        double[] gaps = new double[values.length];
        for (int i = 0; i < gaps.length; i++) {
            gaps[i] = Math.abs(values[i] - centre);
        }
        Arrays.sort(gaps);
        double reach = gaps[Math.min(gaps.length - 1, Math.max(1000, gaps.length / 10))];
        double[] near =
                Arrays.stream(values).filter(x -> Math.abs(x - centre) <= reach).toArray();
        Arrays.sort(near);
        double step = Double.POSITIVE_INFINITY;
        for (int i = 1; i < near.length; i++) {
            if (near[i] > near[i - 1]) {
                step = Math.min(step, near[i] - near[i - 1]);
            }
        }
        return step == Double.POSITIVE_INFINITY ? 0 : centre == 0 ? step : Math.max(step, Math.ulp(centre));
    }

    /**
     * The smallest distance from 0 that the file's numbers can hold: that of single precision where every value of the
     * ball's coordinates is a single-precision number, else of double precision. Infinite if the centre is not 0.
     */
    double underflow() {
        for (double t : unit.centre()) {
            if (t != 0) {
                return Double.POSITIVE_INFINITY;
            }
        }
        for (int j : unit.coordinates()) {
            for (Chain chain : draws.chains()) {
                for (int t = 0; t < chain.size(); t++) {
                    double x = chain.value(t, j);
                    if (x != (float) x) {
                        return Double.MIN_VALUE;
                    }
                }
            }
        }
        return Float.MIN_VALUE;
    }
}
