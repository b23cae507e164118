package org.localmass.estimate;

import java.util.List;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;
import org.localmass.core.internal.Arguments;
import org.localmass.core.region.Region;
import org.localmass.core.region.RegionBatch;

/** Which draws of a set lie in a region, chain by chain. Immutable. */
public final class Membership {
    private final boolean[][] inside;
    private final int size;
    private final int hits;

    private Membership(boolean[][] inside) {
        this.inside = inside;
        int all = 0;
        int in = 0;
        for (boolean[] chain : inside) {
            all += chain.length;
            for (boolean hit : chain) {
                if (hit) {
                    in++;
                }
            }
        }
        this.size = all;
        this.hits = in;
    }

    /** Membership that is known, chain by chain; the arrays are taken over. */
    public static Membership of(boolean[][] inside) {
        return new Membership(inside);
    }

    /**
     * Tests every draw.
     *
     * @throws IllegalArgumentException if the draws and the region differ in dimension
     */
    public static Membership of(Draws draws, Region region) {
        Arguments.sameDimension(draws.dimension(), region.dimension());
        List<Chain> chains = draws.chains();
        boolean[][] inside = new boolean[chains.size()][];
        int[] coordinates = region.coordinates();
        double[] point = new double[draws.dimension()];
        for (int c = 0; c < inside.length; c++) {
            Chain chain = chains.get(c);
            boolean[] hits = new boolean[chain.size()];
            for (int t = 0; t < hits.length; t++) {
                chain.read(t, coordinates, point);
                hits[t] = region.contains(point);
            }
            inside[c] = hits;
        }
        return new Membership(inside);
    }

    /**
     * Tests every draw against several regions at once, see {@link RegionBatch}.
     *
     * @return one membership per region
     * @throws IllegalArgumentException if the draws and a region differ in dimension
     */
    public static List<Membership> of(Draws draws, List<Region> regions) {
        if (regions.isEmpty()) {
            return List.of();
        }
        for (Region region : regions) {
            Arguments.sameDimension(draws.dimension(), region.dimension());
        }
        List<Chain> chains = draws.chains();
        RegionBatch batch = new RegionBatch(regions);
        int[] coordinates = batch.coordinates();
        double[] point = new double[draws.dimension()];
        boolean[] answers = new boolean[regions.size()];
        boolean[][][] inside = new boolean[regions.size()][chains.size()][];
        for (int c = 0; c < chains.size(); c++) {
            Chain chain = chains.get(c);
            for (boolean[][] region : inside) {
                region[c] = new boolean[chain.size()];
            }
            for (int t = 0; t < chain.size(); t++) {
                chain.read(t, coordinates, point);
                batch.test(point, answers);
                for (int r = 0; r < answers.length; r++) {
                    inside[r][c][t] = answers[r];
                }
            }
        }
        return java.util.Arrays.stream(inside).map(Membership::new).toList();
    }

    /**
     * The draws within a distance.
     *
     * @param distances one row per chain, such as {@link NestedBalls#distances}; not modified
     */
    public static Membership within(double[][] distances, double radius) {
        boolean[][] inside = new boolean[distances.length][];
        for (int c = 0; c < inside.length; c++) {
            boolean[] hits = new boolean[distances[c].length];
            for (int t = 0; t < hits.length; t++) {
                hits[t] = distances[c][t] <= radius;
            }
            inside[c] = hits;
        }
        return new Membership(inside);
    }

    /** Takes over which draws are inside, chain by chain. */
    static Membership adopt(boolean[][] inside) {
        return new Membership(inside);
    }

    /** The complement. */
    Membership not() {
        boolean[][] outside = new boolean[inside.length][];
        for (int c = 0; c < outside.length; c++) {
            outside[c] = new boolean[inside[c].length];
            for (int t = 0; t < outside[c].length; t++) {
                outside[c][t] = !inside[c][t];
            }
        }
        return new Membership(outside);
    }

    /** Number of draws. */
    public int size() {
        return size;
    }

    /** Number of draws in the region. */
    public int hits() {
        return hits;
    }

    /** Number of draws that lie in both of two regions. The memberships are of the same draws. */
    public int common(Membership other) {
        int both = 0;
        for (int c = 0; c < inside.length; c++) {
            for (int t = 0; t < inside[c].length; t++) {
                if (inside[c][t] && other.inside[c][t]) {
                    both++;
                }
            }
        }
        return both;
    }

    boolean[][] chains() {
        return inside;
    }

    /** The indicator as numbers. */
    double[][] series() {
        double[][] series = new double[inside.length][];
        for (int c = 0; c < series.length; c++) {
            series[c] = new double[inside[c].length];
            for (int t = 0; t < series[c].length; t++) {
                series[c][t] = inside[c][t] ? 1 : 0;
            }
        }
        return series;
    }

    /** Number of chains with at least one hit. */
    int chainsHit() {
        int count = 0;
        for (boolean[] chain : inside) {
            for (boolean hit : chain) {
                if (hit) {
                    count++;
                    break;
                }
            }
        }
        return count;
    }

    /** R-hat of the indicator, not split; NaN for one chain, 1 for a constant indicator. */
    double rhat() {
        int m = inside.length;
        if (m < 2) {
            return Double.NaN;
        }
        double within = 0;
        double mean = 0;
        double[] share = new double[m];
        double length = (double) size / m;
        for (int c = 0; c < m; c++) {
            int count = 0;
            for (boolean hit : inside[c]) {
                if (hit) {
                    count++;
                }
            }
            int n = inside[c].length;
            share[c] = (double) count / n;
            within += n < 2 ? 0 : share[c] * (1 - share[c]) * n / (n - 1) / m;
            mean += share[c] / m;
        }
        double between = 0;
        for (double s : share) {
            between += (s - mean) * (s - mean) / (m - 1);
        }
        if (between == 0) {
            return 1;
        }
        return within == 0 ? Double.POSITIVE_INFINITY : Math.sqrt((within * (length - 1) / length + between) / within);
    }
}
