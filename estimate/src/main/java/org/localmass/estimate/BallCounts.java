package org.localmass.estimate;

/**
 * How many draws lie in nested balls, by centre, radius and chain, and what they weigh. Immutable.
 *
 * <p>Indices count from 0. Weights are relative to the largest one; where the draws carry none, each weighs 1.
 */
public final class BallCounts {
    private final int[] sizes;
    private final int[][][] hits;
    private final double[][][] weights;
    private final double[][][] squares;

    /**
     * Takes over counts by centre, chain and radius.
     *
     * @param sizes draws by chain
     */
    BallCounts(int[] sizes, int[][][] hits, double[][][] weights, double[][][] squares) {
        this.sizes = sizes;
        this.hits = hits;
        this.weights = weights;
        this.squares = squares;
    }

    /** Number of chains. */
    public int chains() {
        return sizes.length;
    }

    /** Number of draws of a chain. */
    public int size(int chain) {
        return sizes[chain];
    }

    /** Number of a chain's draws in a ball. */
    public int hits(int centre, int radius, int chain) {
        return hits[centre][chain][radius];
    }

    /** Number of draws in a ball over all chains. */
    public int hits(int centre, int radius) {
        int sum = 0;
        for (int[] chain : hits[centre]) {
            sum += chain[radius];
        }
        return sum;
    }

    /** Sum of the weights of a chain's draws in a ball. */
    public double weight(int centre, int radius, int chain) {
        return weights[centre][chain][radius];
    }

    /** Sum of the squared weights of a chain's draws in a ball. */
    public double squaredWeight(int centre, int radius, int chain) {
        return squares[centre][chain][radius];
    }

    /** Sum of all weights of a chain. */
    public double totalWeight(int chain) {
        double[] sums = weights[0][chain];
        return sums[sums.length - 1];
    }

    /** Sum of all squared weights of a chain. */
    public double totalSquaredWeight(int chain) {
        double[] sums = squares[0][chain];
        return sums[sums.length - 1];
    }

    /** Share of the weight in a ball over all chains. */
    public double share(int centre, int radius) {
        double in = 0;
        double all = 0;
        for (int c = 0; c < sizes.length; c++) {
            in += weights[centre][c][radius];
            all += totalWeight(c);
        }
        return in / all;
    }
}
