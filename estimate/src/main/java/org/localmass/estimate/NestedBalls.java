package org.localmass.estimate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;
import org.localmass.core.internal.Arguments;
import org.localmass.core.region.Ball;

/**
 * Counts draws in nested balls about one or many centres, all radii in one pass over the draws. Immutable.
 *
 * <p>Exactly the draws for which {@link Ball#contains} holds are counted: the same operations in the same order, many
 * draws at a time. Nothing is allocated per draw, and the result does not depend on the number of threads.
 * <br>Speed: docs/quality/speed.md.
 */
public final class NestedBalls {
    /** Draws that one thread takes at a time; sums of weights are added up in this grouping. */
    private static final int SEGMENT = 1 << 14;

    private final List<Ball> centres;
    private final double[] radii;
    private final int threads;

    private NestedBalls(List<Ball> centres, double[] radii, int threads) {
        this.centres = centres;
        this.radii = radii;
        this.threads = threads;
    }

    /**
     * Balls about one centre.
     *
     * @param centre coordinates, centre and norm; its radius is not used
     * @param radii  J radii, strictly ascending, not negative; 0 counts the draws that coincide with the centre
     * @throws IllegalArgumentException if there is no radius, or a radius breaks these rules
     */
    public static NestedBalls of(Ball centre, double[] radii) {
        return of(List.of(centre), radii);
    }

    /**
     * Balls about several centres, all in the same coordinates and the same norm.
     *
     * @param centres at least one; their radii are not used
     * @param radii   J radii, strictly ascending, not negative
     * @throws IllegalArgumentException if there is no centre or radius, or these rules are broken
     */
    public static NestedBalls of(List<Ball> centres, double[] radii) {
        Arguments.positive("number of centres", centres.size());
        Arguments.positive("number of radii", radii.length);
        Ball first = centres.get(0);
        for (Ball ball : centres) {
            Arguments.sameDimension(first.dimension(), ball.dimension());
            if (!Arrays.equals(ball.coordinates(), first.coordinates())
                    || !ball.norm().label().equals(first.norm().label())
                    || !Arrays.deepEquals(ball.norm().factor(), first.norm().factor())) {
                throw new IllegalArgumentException("centres must have the coordinates and the norm of the first, "
                        + first.description() + ", was " + ball.description());
            }
        }
        for (int k = 0; k < radii.length; k++) {
            if (!(radii[k] >= 0) || radii[k] == Double.POSITIVE_INFINITY) {
                throw new IllegalArgumentException("radii[" + k + "] must be finite and not negative, was " + radii[k]);
            }
            if (k > 0 && !(radii[k] > radii[k - 1])) {
                throw new IllegalArgumentException("radii must ascend, were " + radii[k - 1] + ", " + radii[k]);
            }
        }
        return new NestedBalls(List.copyOf(centres), radii.clone(), 1);
    }

    /** The same balls, counted by several threads. */
    public NestedBalls withThreads(int number) {
        return new NestedBalls(centres, radii, Arguments.positive("threads", number));
    }

    /**
     * Distances of all draws from a centre, one row per chain: those of {@link Ball#distance}.
     *
     * @param ball coordinates, centre and norm; its radius is not used
     * @throws IllegalArgumentException if the draws and the ball differ in dimension
     */
    public static double[][] distances(Draws draws, Ball ball) {
        Arguments.sameDimension(draws.dimension(), ball.dimension());
        DistanceBlock block = DistanceBlock.of(List.of(ball));
        List<Chain> chains = draws.chains();
        double[][] distances = new double[chains.size()][];
        for (int c = 0; c < distances.length; c++) {
            Chain chain = chains.get(c);
            distances[c] = new double[chain.size()];
            for (int begin = 0; begin < chain.size(); begin += block.length()) {
                int end = Math.min(chain.size(), begin + block.length());
                block.load(chain, begin, end);
                block.distances(0, distances[c], begin);
            }
        }
        return distances;
    }

    /**
     * Counts the draws.
     *
     * @throws IllegalArgumentException if the draws and the balls differ in dimension
     */
    public BallCounts count(Draws draws) {
        Arguments.sameDimension(draws.dimension(), centres.get(0).dimension());
        List<Chain> chains = draws.chains();
        List<Segment> segments = new ArrayList<>();
        for (int c = 0; c < chains.size(); c++) {
            for (int begin = 0; begin < chains.get(c).size(); begin += SEGMENT) {
                segments.add(new Segment(
                        c, begin, Math.min(chains.get(c).size(), begin + SEGMENT), centres.size(), radii.length + 1));
            }
        }
        double largest = draws.weighted() ? largestWeight(draws) : 0;
        AtomicInteger next = new AtomicInteger();
        Callable<@Nullable Void> work = () -> {
            DistanceBlock block = DistanceBlock.of(centres);
            Rings rings = Rings.of(radii, block);
            for (int i = next.getAndIncrement(); i < segments.size(); i = next.getAndIncrement()) {
                Segment segment = segments.get(i);
                segment.count(chains.get(segment.chain), block, rings, draws.weighted(), largest);
            }
            return null;
        };
        run(work, Math.min(threads, segments.size()));
        return collect(draws, segments);
    }

    private static double largestWeight(Draws draws) {
        double largest = Double.NEGATIVE_INFINITY;
        for (Chain chain : draws.chains()) {
            for (int t = 0; t < chain.size(); t++) {
                largest = Math.max(largest, chain.logWeight(t));
            }
        }
        return largest;
    }

    private static void run(Callable<@Nullable Void> work, int threads) {
        ExecutorService pool = Executors.newFixedThreadPool(Math.max(1, threads - 1));
        try {
            List<Future<@Nullable Void>> others = new ArrayList<>();
            for (int i = 1; i < threads; i++) {
                others.add(pool.submit(work));
            }
            work.call();
            for (Future<@Nullable Void> other : others) {
                other.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            pool.shutdownNow();
        }
    }

    /** Adds up the segments in their order, and the rings from the centre outwards. */
    private BallCounts collect(Draws draws, List<Segment> segments) {
        int m = draws.chains().size();
        int rings = radii.length + 1;
        int[] sizes = new int[m];
        int[][][] hits = new int[centres.size()][m][rings];
        double[][][] weights = new double[centres.size()][m][rings];
        double[][][] squares = new double[centres.size()][m][rings];
        for (int c = 0; c < m; c++) {
            sizes[c] = draws.chains().get(c).size();
        }
        for (Segment segment : segments) {
            for (int i = 0; i < centres.size(); i++) {
                for (int k = 0; k < rings; k++) {
                    hits[i][segment.chain][k] += segment.hits[i * rings + k];
                    weights[i][segment.chain][k] += segment.weights[draws.weighted() ? i * rings + k : 0];
                    squares[i][segment.chain][k] += segment.squares[draws.weighted() ? i * rings + k : 0];
                }
            }
        }
        for (int i = 0; i < centres.size(); i++) {
            for (int c = 0; c < m; c++) {
                for (int k = 1; k < rings; k++) {
                    hits[i][c][k] += hits[i][c][k - 1];
                    weights[i][c][k] += weights[i][c][k - 1];
                    squares[i][c][k] += squares[i][c][k - 1];
                }
                for (int k = 0; k < rings && !draws.weighted(); k++) {
                    weights[i][c][k] = hits[i][c][k];
                    squares[i][c][k] = hits[i][c][k];
                }
            }
        }
        return new BallCounts(sizes, hits, weights, squares);
    }

    /** Consecutive draws of one chain, and how many of them lie in which ring about which centre. */
    private static final class Segment {
        private final int chain;
        private final int begin;
        private final int end;
        private final int centres;
        private final int rings;
        private final int[] hits;
        private final int[] lanes;
        private double[] weights = new double[1];
        private double[] squares = new double[1];

        Segment(int chain, int begin, int end, int centres, int rings) {
            this.chain = chain;
            this.begin = begin;
            this.end = end;
            this.centres = centres;
            this.rings = rings;
            this.hits = new int[centres * rings];
            this.lanes = new int[4 * rings];
        }

        void count(Chain draws, DistanceBlock block, Rings table, boolean weighted, double largest) {
            double[] weight = new double[weighted ? block.length() : 0];
            if (weighted) {
                weights = new double[centres * rings];
                squares = new double[centres * rings];
            }
            for (int from = begin; from < end; from += block.length()) {
                int to = Math.min(end, from + block.length());
                block.load(draws, from, to);
                table.load();
                for (int t = from; weighted && t < to; t++) {
                    weight[t - from] = Math.exp(draws.logWeight(t) - largest);
                }
                for (int i = 0; i < centres; i++) {
                    int[] ring = table.of(i);
                    int offset = i * rings;
                    tally(ring, to - from, offset);
                    for (int t = 0; weighted && t < to - from; t++) {
                        weights[offset + ring[t]] += weight[t];
                        squares[offset + ring[t]] += weight[t] * weight[t];
                    }
                }
            }
        }

        /** Counts in four columns, so that one increment need not wait for the last. */
        private void tally(int[] ring, int size, int offset) {
            int t = 0;
            // the sum over lanes would cost more than it saves where there are many rings
            for (; 4 * rings <= size && t + 4 <= size; t += 4) {
                lanes[4 * ring[t]]++;
                lanes[4 * ring[t + 1] + 1]++;
                lanes[4 * ring[t + 2] + 2]++;
                lanes[4 * ring[t + 3] + 3]++;
            }
            boolean used = t > 0;
            for (; t < size; t++) {
                hits[offset + ring[t]]++;
            }
            for (int k = 0; used && k < rings; k++) {
                hits[offset + k] += lanes[4 * k] + lanes[4 * k + 1] + lanes[4 * k + 2] + lanes[4 * k + 3];
            }
            Arrays.fill(lanes, 0, used ? lanes.length : 0, 0);
        }
    }
}
