package org.localmass.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;
import org.localmass.core.draws.Sampling;
import org.localmass.core.mass.MassCurve;
import org.localmass.core.region.Ball;
import org.localmass.core.region.Norm;
import org.localmass.estimate.BallCounts;
import org.localmass.estimate.NestedBalls;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Counts of 10^6 draws of 50 parameters in 24 nested Euclidean balls, beside a plain sum of the same array and one EJML
 * matrix product of the same size. {@code tools/reference/nested_balls_speed.py} runs scikit-learn on inputs of the same
 * law. The counter {@code cpuMilliseconds} is the processor time of the calling thread, which a busy machine changes least.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgs = "-Xmx4g")
@Warmup(iterations = 5)
@Measurement(iterations = 10)
public class NestedBallsBenchmark {
    private static final int CHAINS = 4;
    private static final int LENGTH = 250_000;
    private static final int DIMENSION = 50;
    private static final int CENTRES = 100;
    private static final double[] RADII = MassCurve.radii(2, 10, 24);

    /** Processor time. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Cpu {
        private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

        private long nanoseconds;

        /** Forgets the last invocation. */
        @Setup(Level.Iteration)
        public void reset() {
            nanoseconds = 0;
        }

        /** Of the calling thread. */
        public double cpuMilliseconds() {
            return 1e-6 * nanoseconds;
        }

        <T> T measured(Supplier<T> work) {
            long start = THREADS.getCurrentThreadCpuTime();
            T result = work.get();
            nanoseconds += THREADS.getCurrentThreadCpuTime() - start;
            return result;
        }
    }

    private double[][][] columns = new double[0][][];
    private Draws draws = Draws.of(List.of("x"), List.of(Chain.adopt(new double[1])), Sampling.UNKNOWN);
    private List<Ball> centres = List.of();

    /** Draws and centres, each coordinate a sum of two uniforms. */
    @Setup
    public void make() {
        SplittableRandom random = new SplittableRandom(1);
        columns = new double[CHAINS][DIMENSION][LENGTH];
        List<Chain> chains = new ArrayList<>();
        for (double[][] chain : columns) {
            for (double[] column : chain) {
                for (int t = 0; t < LENGTH; t++) {
                    column[t] = random.nextDouble(-1, 1) + random.nextDouble(-1, 1);
                }
            }
            chains.add(Chain.adopt(chain));
        }
        List<String> names = new ArrayList<>();
        int[] coordinates = new int[DIMENSION];
        for (int j = 0; j < DIMENSION; j++) {
            names.add("x" + j);
            coordinates[j] = j;
        }
        draws = Draws.of(names, chains, Sampling.MARKOV_CHAIN);
        centres = new ArrayList<>();
        for (int i = 0; i < CENTRES; i++) {
            double[] centre = new double[DIMENSION];
            Arrays.setAll(centre, j -> random.nextDouble(-0.15, 0.15));
            centres.add(Ball.of(names, coordinates, centre, 1, Norm.l2()));
        }
    }

    /** A plain sum with eight accumulators: 400 MB are read. */
    @Benchmark
    public double streamingSum(Cpu cpu) {
        return cpu.measured(() -> {
            double sum = 0;
            for (double[][] chain : columns) {
                for (double[] column : chain) {
                    sum += sum(column);
                }
            }
            return sum;
        });
    }

    private static double sum(double[] x) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        double e = 0;
        double f = 0;
        double g = 0;
        double h = 0;
        for (int t = 0; t + 8 <= x.length; t += 8) {
            a += x[t];
            b += x[t + 1];
            c += x[t + 2];
            d += x[t + 3];
            e += x[t + 4];
            f += x[t + 5];
            g += x[t + 6];
            h += x[t + 7];
        }
        return a + b + c + d + e + f + g + h;
    }

    /** One centre. */
    @Benchmark
    public BallCounts oneCentre(Cpu cpu) {
        return cpu.measured(() -> NestedBalls.of(centres.get(0), RADII).count(draws));
    }

    /** A hundred centres. */
    @Benchmark
    public BallCounts hundredCentres(Cpu cpu) {
        return cpu.measured(() -> NestedBalls.of(centres, RADII).count(draws));
    }

    /** A hundred centres, two threads. */
    @Benchmark
    public BallCounts hundredCentresTwoThreads(Cpu cpu) {
        return cpu.measured(() -> NestedBalls.of(centres, RADII).withThreads(2).count(draws));
    }

    /** The matrices of a product. */
    @State(Scope.Benchmark)
    public static class Matrices {
        private final DMatrixRMaj left = new DMatrixRMaj(CHAINS * LENGTH, DIMENSION);
        private final DMatrixRMaj right = new DMatrixRMaj(DIMENSION, CENTRES);
        private final DMatrixRMaj product = new DMatrixRMaj(CHAINS * LENGTH, CENTRES);

        /** Fills them. */
        @Setup
        public void fill() {
            SplittableRandom random = new SplittableRandom(2);
            Arrays.setAll(left.data, i -> random.nextDouble(-1, 1));
            Arrays.setAll(right.data, i -> random.nextDouble(-1, 1));
        }
    }

    /** The scalar products alone of all draws with all centres, 10^6 x 50 by 50 x 100. */
    @Benchmark
    public DMatrixRMaj matrixProduct(Matrices matrices, Cpu cpu) {
        return cpu.measured(() -> CommonOps_DDRM.mult(matrices.left, matrices.right, matrices.product));
    }
}
