package org.localmass.quality;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.localmass.vi.atom.AtomContrast;
import org.localmass.vi.atom.ExactSpikeSlab;
import org.localmass.vi.atom.GateAscent;
import org.localmass.vi.atom.GateFit;
import org.localmass.vi.atom.HardConcrete;
import org.localmass.vi.atom.SpikeSlabRegression;

/**
 * Spike-and-slab regressions that can be enumerated: how far the inclusions of gates, of hard-concrete gates and of these
 * after one exact sweep are from the exact ones, and what balls about 0 keep of their mass.
 */
public final class AtomStudy {
    private static final int ROWS = 60;
    private static final int COLUMNS = 8;
    private static final double[] COEFFICIENTS = {1.5, -0.8, 0.35, 0, 0, 0, 0, 0};
    private static final double INCLUSION = 0.3;
    private static final double[] RADII = {1e-2, 1e-4, 1e-6};

    private AtomStudy() {}

    /**
     * One regression.
     *
     * @param gates    largest error of an inclusion, coordinate ascent
     * @param concrete the same, hard-concrete gates
     * @param swept    the same, after one exact sweep
     * @param gap      log Z less the ELBO of coordinate ascent
     * @param ratio    q(B)/p(B) of the ball of radius 1e-6 about 0 of the coefficient with the most uncertain inclusion, gates
     * @param gaussian the same for the normal law with its mean and variance
     */
    record Outcome(double gates, double concrete, double swept, double gap, double ratio, double gaussian) {}

    static SpikeSlabRegression regression(double correlation, long seed) {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed);
        ZigguratSampler.NormalizedGaussian normal = ZigguratSampler.NormalizedGaussian.of(random);
        double[][] x = new double[ROWS][COLUMNS];
        double[] y = new double[ROWS];
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < COLUMNS; j++) {
                double z = normal.sample();
                x[i][j] = j == 0 ? z : correlation * x[i][j - 1] + Math.sqrt(1 - correlation * correlation) * z;
                y[i] += x[i][j] * COEFFICIENTS[j];
            }
            y[i] += normal.sample();
        }
        return SpikeSlabRegression.of(x, y, 1, INCLUSION, 1);
    }

    static Outcome run(double correlation, long seed) {
        SpikeSlabRegression model = regression(correlation, seed);
        ExactSpikeSlab exact = ExactSpikeSlab.of(model);
        GateFit gates = GateAscent.withDefaults().fit(model);
        double[] start = new double[COLUMNS];
        Arrays.setAll(start, exact::mean);
        HardConcrete options = HardConcrete.withDefaults().withSeed(seed);
        GateFit concrete = options.withSweeps(0, 4096).fit(model, INCLUSION, 1, start);
        GateFit swept = options.fit(model, INCLUSION, 1, start);
        int weakest = 0;
        for (int j = 1; j < COLUMNS; j++) {
            if (Math.abs(exact.inclusion(j) - 0.5) < Math.abs(exact.inclusion(weakest) - 0.5)) {
                weakest = j;
            }
        }
        AtomContrast kept =
                AtomContrast.of(exact.marginal(weakest), gates.posterior().marginal(weakest), 0, RADII, 0.5);
        AtomContrast lost = AtomContrast.of(exact.marginal(weakest), exact.gaussian(weakest), 0, RADII, 0.5);
        return new Outcome(
                worst(exact, gates),
                worst(exact, concrete),
                worst(exact, swept),
                exact.logEvidence() - gates.elbo(),
                Math.exp(kept.rows().get(2).logRatio()),
                Math.exp(lost.rows().get(2).logRatio()));
    }

    private static double worst(ExactSpikeSlab exact, GateFit fit) {
        double worst = 0;
        for (int j = 0; j < COLUMNS; j++) {
            worst = Math.max(
                    worst, Math.abs(exact.inclusion(j) - fit.posterior().inclusion(j)));
        }
        return worst;
    }

    /** Prints the table; argument: number of regressions (default 40). */
    public static void main(String[] args) {
        int seeds = args.length > 0 ? Integer.parseInt(args[0]) : 40;
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        out.println(
                "| correlation | gates | hard-concrete | and one exact sweep | log Z - ELBO | ratio, gates | ratio, normal |");
        out.println("|---|---|---|---|---|---|---|");
        for (double correlation : new double[] {0, 0.5, 0.9}) {
            List<Outcome> outcomes = new ArrayList<>();
            for (int seed = 1; seed <= seeds; seed++) {
                outcomes.add(run(correlation, seed));
            }
            out.println("| " + correlation + " | " + cell(outcomes, Outcome::gates) + " | "
                    + cell(outcomes, Outcome::concrete) + " | " + cell(outcomes, Outcome::swept) + " | "
                    + cell(outcomes, Outcome::gap) + " | " + cell(outcomes, Outcome::ratio) + " | "
                    + cell(outcomes, Outcome::gaussian) + " |");
        }
    }

    /** Median and, in brackets, the least and the largest. */
    private static String cell(List<Outcome> outcomes, ToDoubleFunction<Outcome> value) {
        double[] sorted = outcomes.stream().mapToDouble(value).sorted().toArray();
        return String.format(
                Locale.ROOT, "%.2g (%.2g to %.2g)", sorted[sorted.length / 2], sorted[0], sorted[sorted.length - 1]);
    }
}
