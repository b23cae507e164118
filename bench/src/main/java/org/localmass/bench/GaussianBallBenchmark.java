package org.localmass.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.TimeUnit;
import org.localmass.core.measure.Covariance;
import org.localmass.core.measure.Distribution;
import org.localmass.core.measure.Distributions;
import org.localmass.core.measure.MultivariateDistributions;
import org.localmass.core.measure.Vectors;
import org.localmass.core.region.Norm;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The log mass of a ball under the normal distribution of gaussian_balls.json in ten dimensions, whose covariance is
 * dense; tools/reference/speed_masses.py has SciPy do the same.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class GaussianBallBenchmark {
    private static final int DIMENSION = 10;

    /** Radius. */
    @Param({"0.1", "0.5", "1.0", "2.0"})
    double radius;

    private Distribution law = Distributions.normal(0, 1);
    private double[] centre = new double[DIMENSION];

    /** Reads the case. */
    @Setup(Level.Trial)
    public void read() {
        for (JsonNode c : Vectors.cases("gaussian_balls.json")) {
            if (c.get("d").intValue() == DIMENSION && c.has("cov") && c.get("r").doubleValue() == radius) {
                double[][] matrix = new double[DIMENSION][];
                for (int i = 0; i < DIMENSION; i++) {
                    matrix[i] = Vectors.numbers(c.get("cov").get(i));
                }
                law = MultivariateDistributions.multiNormal(Vectors.numbers(c.get("mean")), Covariance.full(matrix));
                centre = Vectors.numbers(c.get("center"));
                double error = Vectors.massError(law.logBallMass(centre, radius, Norm.l2()), c.get("log_mass"));
                if (!(error <= 1e-12)) {
                    throw new IllegalStateException("error " + error + " at radius " + radius);
                }
            }
        }
    }

    /** One ball. */
    @Benchmark
    public double mass() {
        return law.logBallMass(centre, radius, Norm.l2());
    }
}
