package org.localmass.bench;

import java.util.concurrent.TimeUnit;
import org.localmass.core.mass.MassCurve;
import org.localmass.core.measure.Distributions;
import org.localmass.core.measure.Univariate;
import org.localmass.core.spec.DistributionText;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The log mass of one ball on the line; tools/reference/speed_masses.py has SciPy do the same. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class LineMassBenchmark {
    private static final int RADII = 7;
    private static final double CENTRE = 0.7;

    /** The distribution. */
    @Param({
        "normal(0, 1)",
        "cauchy(0, 1)",
        "logistic(0, 1)",
        "student_t(3, 0, 1)",
        "gamma(0.3, 1)",
        "beta(0.5, 2)",
        "lognormal(0, 1)"
    })
    String law = "";

    private Univariate line = Distributions.normal(0, 1);
    private final double[] radii = MassCurve.radii(1e-6, 1, RADII);

    /** Reads the distribution. */
    @Setup(Level.Trial)
    public void parse() {
        line = (Univariate) DistributionText.parse(law);
    }

    /** Balls of seven radii about 0.7. */
    @Benchmark
    @OperationsPerInvocation(RADII)
    public double mass() {
        double sum = 0;
        for (double r : radii) {
            sum += line.logBallMass(CENTRE, r);
        }
        return sum;
    }
}
