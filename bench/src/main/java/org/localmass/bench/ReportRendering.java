package org.localmass.bench;

import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.localmass.check.CheckOptions;
import org.localmass.check.CheckReport;
import org.localmass.check.LocalMassCheck;
import org.localmass.check.SharedParameters;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;
import org.localmass.core.draws.Sampling;
import org.localmass.report.HtmlReport;
import org.localmass.report.JsonReport;
import org.localmass.report.Provenance;
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

/** The page of a check of 24,000 draws: 4 chains of 5,000 against 4,000 independent draws that are too narrow in a tenth of the parameters. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ReportRendering {
    /** Number of parameters. */
    @Param({"100", "1000"})
    int parameters;

    private CheckReport report = placeholder();
    private final Provenance provenance = new Provenance("0", 1, "17", List.of(), List.of());

    private static CheckReport placeholder() {
        return check(simulate(1, 4, 50, 1), simulate(1, 1, 50, 1));
    }

    private static CheckReport check(Draws p, Draws q) {
        return LocalMassCheck.withDefaults()
                .withOptions(CheckOptions.withDefaults().withThreads(2))
                .run(SharedParameters.of(p, q), List.of(), List.of());
    }

    private static Draws simulate(int dimension, int chains, int length, double scale) {
        var random = new SplittableRandom(chains);
        List<String> names = new ArrayList<>();
        for (int j = 1; j <= dimension; j++) {
            names.add("beta[" + j + "]");
        }
        List<Chain> list = new ArrayList<>();
        for (int c = 0; c < chains; c++) {
            double[][] columns = new double[dimension][length];
            for (int j = 0; j < dimension; j++) {
                double sd = j % 10 == 0 ? scale : 1;
                for (int i = 0; i < length; i++) {
                    columns[j][i] = sd * random.nextGaussian();
                }
            }
            list.add(Chain.adopt(columns));
        }
        return Draws.of(names, list, chains == 1 ? Sampling.INDEPENDENT : Sampling.MARKOV_CHAIN);
    }

    /** Runs the check, which is not measured. */
    @Setup
    public void check() {
        report = check(simulate(parameters, 4, 5000, 1), simulate(parameters, 1, 4000, 0.5));
    }

    /** {@code report.html}. */
    @Benchmark
    public String page() throws IOException {
        StringWriter out = new StringWriter();
        HtmlReport.write(report, provenance, out);
        return out.toString();
    }

    /** {@code report.json}. */
    @Benchmark
    public String json() throws IOException {
        StringWriter out = new StringWriter();
        JsonReport.write(report, provenance, out);
        return out.toString();
    }
}
