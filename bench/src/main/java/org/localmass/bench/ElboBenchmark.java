package org.localmass.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.localmass.vi.family.BaseDraws;
import org.localmass.vi.family.Family;
import org.localmass.vi.family.Mixture;
import org.localmass.vi.model.Model;
import org.localmass.vi.model.Models;
import org.localmass.vi.model.RegressionTable;
import org.localmass.vi.objective.Elbo;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The ELBO of a mean-field normal and its gradient on 64 fixed draws: logistic regression of 1,000 rows and 50 columns.
 * {@code tools/reference/speed_elbo.py} times the same in NumPy, {@code tools/reference/speed_elbo.R} a step of rstan's
 * ADVI with as many draws.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ElboBenchmark {
    private static final int ROWS = 1000;
    private static final int COLUMNS = 50;
    private static final int DRAWS = 64;

    private Mixture q = Mixture.standard(Family.meanField(), 1);
    private Elbo elbo = Elbo.of(q, q.family(), BaseDraws.balanced(q.family(), q.dimension(), DRAWS, 1));
    private double[] gradient = new double[0];

    /** Makes the data and the draws. */
    @Setup
    public void prepare() {
        SplittableRandom random = new SplittableRandom(1);
        double[][] x = new double[ROWS][COLUMNS];
        double[] y = new double[ROWS];
        List<String> names = new ArrayList<>();
        for (int j = 0; j < COLUMNS; j++) {
            names.add("x" + (j + 1));
        }
        for (int i = 0; i < ROWS; i++) {
            double eta = 0;
            for (int j = 0; j < COLUMNS; j++) {
                x[i][j] = random.nextGaussian();
                eta += 0.3 * x[i][j] / (1 + j);
            }
            y[i] = random.nextDouble() < 1 / (1 + Math.exp(-eta)) ? 1 : 0;
        }
        Model model = Models.of("logistic", Optional.of(RegressionTable.of("y", names, y, x)));
        int d = model.dimension();
        Family family = Family.meanField();
        elbo = Elbo.of(model.evaluator(), family, BaseDraws.balanced(family, d, DRAWS, 1));
        q = Mixture.standard(family, d);
        gradient = new double[q.parameterCount()];
    }

    /** One value with its gradient. */
    @Benchmark
    public double valueAndGradient() {
        return elbo.value(q, gradient);
    }
}
