package org.localmass.bench;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.localmass.core.divergence.Generator;
import org.localmass.core.divergence.LocalRekl;
import org.localmass.core.divergence.Rekl;
import org.localmass.core.measure.Distribution;
import org.localmass.core.region.Norm;
import org.localmass.core.spec.DistributionText;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Local RE-KL of two smooth densities on a ball, to 1e-12 relative, and the generator. {@code tools/reference/speed_rekl.py}
 * runs SciPy and NumPy on the same inputs. Medians are compared: they do not mind a busy machine.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ReklBenchmark {
    private static final double[] CENTRE = {0};

    /** Order. */
    @Param({"0.5", "1"})
    double alpha;

    /** Half-width of the ball. */
    @Param({"0.01", "1", "10"})
    double radius;

    private Distribution q = DistributionText.parse("normal(0, 1)");
    private Distribution p = DistributionText.parse("student_t(3, 0, 1)");
    private LocalRekl rekl = LocalRekl.of(1);

    /** Sets the order. */
    @Setup
    public void prepare() {
        rekl = LocalRekl.of(alpha);
    }

    /** Both laws from the distribution language: masses, breakpoints and tails are found each time. */
    @Benchmark
    public Rekl ball() {
        return rekl.onBall(q, p, CENTRE, radius, Norm.l2());
    }

    /** A million values of the generator. */
    @State(Scope.Benchmark)
    @BenchmarkMode(Mode.SampleTime)
    @OutputTimeUnit(TimeUnit.MILLISECONDS)
    @Fork(1)
    @Warmup(iterations = 3, time = 1)
    @Measurement(iterations = 5, time = 1)
    public static class Values {
        private static final int COUNT = 1_000_000;

        /** Order. */
        @Param({"0.5", "1", "1.5"})
        double alpha;

        /** Largest distance of log x from 0: near 1 the series is used. */
        @Param({"0.01", "5"})
        double spread;

        private final double[] x = new double[COUNT];
        private final double[] f = new double[COUNT];
        private Generator generator = Generator.of(1);

        /** Draws x. */
        @Setup
        public void draw() {
            SplittableRandom random = new SplittableRandom(1);
            for (int i = 0; i < COUNT; i++) {
                x[i] = Math.exp(spread * (2 * random.nextDouble() - 1));
            }
            generator = Generator.of(alpha);
        }

        /** One value after the other. */
        @Benchmark
        public double[] generator() {
            for (int i = 0; i < COUNT; i++) {
                f[i] = generator.value(x[i]);
            }
            return f;
        }
    }
}
