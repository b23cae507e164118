package org.localmass.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;
import org.localmass.core.draws.ParameterSummary;
import org.localmass.core.draws.Sampling;
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

/** Summary, R-hat and effective sample sizes of one parameter in four AR(1) chains. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ParameterSummaryBenchmark {
    /** Draws in each chain. */
    @Param({"1000", "250000"})
    int draws;

    /** Autocorrelation at lag 1. */
    @Param({"0.5", "0.99"})
    double correlation;

    private Draws set = placeholder();

    private static Draws placeholder() {
        return Draws.of(List.of("x"), List.of(Chain.adopt(new double[] {0})), Sampling.MARKOV_CHAIN);
    }

    /** Simulates the chains. */
    @Setup
    public void simulate() {
        var random = new SplittableRandom(1);
        List<Chain> chains = new ArrayList<>();
        for (int c = 0; c < 4; c++) {
            double[] values = new double[draws];
            double x = 0;
            for (int i = 0; i < draws; i++) {
                x = correlation * x + random.nextGaussian();
                values[i] = x;
            }
            chains.add(Chain.adopt(values));
        }
        set = Draws.of(List.of("x"), chains, Sampling.MARKOV_CHAIN);
    }

    /** One parameter. */
    @Benchmark
    public ParameterSummary summary() {
        return ParameterSummary.of(set, 0);
    }
}
