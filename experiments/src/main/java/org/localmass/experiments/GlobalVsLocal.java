package org.localmass.experiments;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.localmass.core.internal.LogSum;
import org.localmass.core.measure.Covariance;
import org.localmass.core.measure.Distribution;
import org.localmass.core.measure.MultivariateDistributions;
import org.localmass.core.region.Norm;
import org.localmass.report.PaperFigure;
import org.localmass.vi.FitResult;
import org.localmass.vi.VariationalFit;
import org.localmass.vi.family.Family;
import org.localmass.vi.family.Mixture;
import org.localmass.vi.model.Model;
import org.localmass.vi.model.Models;

/**
 * The authors' earlier study of a global objective against local mass: the best diagonal normal for a main mode and a
 * narrow spike has a small divergence and next to no mass at the spike.
 */
final class GlobalVsLocal implements Experiment {
    static final int[] DIMENSIONS = {2, 10};
    static final double[] EPSILONS = {0.01, 0.05, 0.1};
    static final double[] TAUS = {0.05, 0.1};
    static final double[] FACTORS = {0.5, 0.75, 1, 1.5, 2};
    private static final double C = 1.5;

    @Override
    public String name() {
        return "global-vs-local";
    }

    @Override
    public String title() {
        return "A good global divergence, a lost spike (earlier study)";
    }

    /**
     * One optimum.
     *
     * @param mean      of each coordinate
     * @param scale     standard deviation of each coordinate
     * @param exclusive KL(q||p)
     * @param inclusive KL(p||q)
     * @param logRatio  log of the mass of q over that of p in the ball about the spike, for each factor of its radius
     */
    record Optimum(
            int dimension,
            double epsilon,
            double tau,
            String objective,
            double mean,
            double scale,
            double exclusive,
            double inclusive,
            double[] logMassP,
            double[] logRatio) {}

    static Optimum optimum(int d, double epsilon, double tau, boolean exclusive) {
        SpikeAndMain pair = new SpikeAndMain(d, epsilon, tau, C);
        double m;
        double s;
        if (exclusive) {
            double[] main = pair.bestExclusive(C, 1);
            double[] spike = pair.bestExclusive(0, tau);
            boolean first = pair.exclusive(main[0], main[1]) <= pair.exclusive(spike[0], spike[1]);
            m = first ? main[0] : spike[0];
            s = first ? main[1] : spike[1];
        } else {
            m = pair.mean();
            s = Math.sqrt(pair.variance());
        }
        double[] ones = new double[d];
        Arrays.fill(ones, 1);
        Distribution q = MultivariateDistributions.multiNormal(scaled(ones, m), Covariance.isotropic(d, s * s));
        Distribution main = MultivariateDistributions.multiNormal(scaled(ones, C), Covariance.isotropic(d, 1));
        Distribution spike = MultivariateDistributions.multiNormal(new double[d], Covariance.isotropic(d, tau * tau));
        double[] logMassP = new double[FACTORS.length];
        double[] logRatio = new double[FACTORS.length];
        for (int k = 0; k < FACTORS.length; k++) {
            double r = FACTORS[k] * tau * Math.sqrt(d);
            logMassP[k] = LogSum.of(
                    Math.log1p(-epsilon) + main.logBallMass(new double[d], r, Norm.l2()),
                    Math.log(epsilon) + spike.logBallMass(new double[d], r, Norm.l2()));
            logRatio[k] = q.logBallMass(new double[d], r, Norm.l2()) - logMassP[k];
        }
        return new Optimum(
                d,
                epsilon,
                tau,
                exclusive ? "exclusive_kl" : "inclusive_kl",
                m,
                s,
                pair.exclusive(m, s),
                pair.inclusive(m, s),
                logMassP,
                logRatio);
    }

    private static double[] scaled(double[] v, double factor) {
        double[] result = v.clone();
        for (int j = 0; j < result.length; j++) {
            result[j] *= factor;
        }
        return result;
    }

    static List<Optimum> optima() {
        List<Optimum> optima = new ArrayList<>();
        for (int d : DIMENSIONS) {
            for (double epsilon : EPSILONS) {
                for (double tau : TAUS) {
                    optima.add(optimum(d, epsilon, tau, true));
                    optima.add(optimum(d, epsilon, tau, false));
                }
            }
        }
        return optima;
    }

    @Override
    public Result run(Request request) throws IOException {
        List<Optimum> optima = optima();
        RawTable.Builder raw = new RawTable.Builder(
                "optima", "dimension", "epsilon", "tau", "objective", "mean", "scale", "kl_q_p", "kl_p_q");
        RawTable.Builder masses = new RawTable.Builder(
                "spike-mass",
                "dimension",
                "epsilon",
                "tau",
                "objective",
                "factor",
                "radius",
                "log_mass_p",
                "log_ratio_q_over_p");
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        for (Optimum o : optima) {
            raw.row(o.dimension, o.epsilon, o.tau, o.objective, o.mean, o.scale, o.exclusive, o.inclusive);
            for (int k = 0; k < FACTORS.length; k++) {
                masses.row(
                        o.dimension,
                        o.epsilon,
                        o.tau,
                        o.objective,
                        FACTORS[k],
                        FACTORS[k] * o.tau * Math.sqrt(o.dimension),
                        o.logMassP[k],
                        o.logRatio[k]);
            }
            if (o.dimension == 10 && o.objective.startsWith("exclusive")) {
                least = Math.min(least, Math.exp(o.logRatio[2]));
                most = Math.max(most, Math.exp(o.logRatio[2]));
            }
        }
        List<Comparison> comparisons = new ArrayList<>();
        comparisons.add(new Comparison(
                "mass of the spike, q over p, at the exclusive optimum, d = 10, six settings",
                "0.000",
                Numbers.shortly(least) + " to " + Numbers.shortly(most),
                Agreement.DIFFERS,
                "none of their 262,144 draws fell into the ball; exact masses have no floor"));
        List<RawTable> tables = new ArrayList<>(List.of(raw.table(), masses.table()));
        if (request.fitted()) {
            tables.add(fits(optima, request.seed(), comparisons));
        }
        if (request.published().isPresent()) {
            compare(request.published().get(), optima, comparisons);
        }
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("target", "(1 - epsilon) N(1.5 1, I) + epsilon N(0, tau^2 I)");
        settings.put("dimensions", "2, 10");
        settings.put("epsilon", "0.01, 0.05, 0.1");
        settings.put("tau", "0.05, 0.1");
        settings.put("balls", "Euclidean, at the spike, radius 0.5 to 2 times tau sqrt(d)");
        settings.put(
                "optimisation",
                "exclusive: Newton's method on one-dimensional integrals, from the main mode and from the spike; inclusive: moments, exactly");
        return new Result(
                name(),
                title(),
                "Does a good global divergence keep the mass of a spike? No: with one normal the divergence is of the size of the spike's mass, "
                        + "and the spike keeps a hundredth of it in two dimensions and next to nothing in ten. Two normals represent the target exactly: divergence 0, ratio 1.",
                settings,
                tables,
                List.of(figure(optima)),
                comparisons,
                List.of(
                        "The target is exchangeable in its coordinates; the optimum is sought among normals with equal means and equal scales.",
                        "The published means and scales come from 5,000 steps of Adam with batches of 2,048 draws: they scatter about the optimum.",
                        "The two-component mixture contains the target: its optimum is the target, for both objectives. The published ratios of 0.96 to 1.006 are what Adam had not yet reached."));
    }

    /** The same optima by mean-field variational inference in all coordinates, beside those of the exchangeable family. */
    private static RawTable fits(List<Optimum> optima, long seed, List<Comparison> comparisons) {
        RawTable.Builder table = new RawTable.Builder(
                "vi-fits", "dimension", "epsilon", "tau", "mean", "scale", "kl_q_p", "elbo", "evaluations");
        double shift = 0;
        double stretch = 0;
        double excess = 0;
        int count = 0;
        for (Optimum o : optima) {
            if (!o.objective.startsWith("exclusive")) {
                continue;
            }
            Model model = Models.of("spike(d=" + o.dimension + ", eps=" + o.epsilon + ", tau=" + o.tau + ")");
            double[] mean = new double[o.dimension];
            double[][] scale = new double[o.dimension][o.dimension];
            Arrays.fill(mean, C);
            for (int j = 0; j < o.dimension; j++) {
                scale[j][j] = 1;
            }
            // from the main mode: with the origin among them, draws on the spike have optima of their own
            Mixture start =
                    Mixture.of(Family.meanField(), new double[] {1}, new double[][] {mean}, new double[][][] {scale});
            FitResult fit = VariationalFit.withDefaults()
                    .withSeed(seed)
                    .withDraws(32_768, 131_072)
                    .start(model.evaluator(), start, List.of())
                    .run();
            Mixture q = fit.mixture();
            double m = Arrays.stream(q.mean(0)).average().orElseThrow();
            double s = Arrays.stream(q.deviations(0)).average().orElseThrow();
            SpikeAndMain pair = new SpikeAndMain(o.dimension, o.epsilon, o.tau, C);
            double divergence = pair.exclusive(m, s);
            table.row(
                    o.dimension, o.epsilon, o.tau, m, s, divergence, fit.elbo().value(), fit.evaluations());
            shift = Math.max(shift, Math.abs(m - o.mean));
            stretch = Math.max(stretch, Math.abs(s - o.scale));
            excess = Math.max(excess, Math.abs(divergence - o.exclusive));
            count++;
        }
        String beside = "deterministic";
        String reason = "the fixed draws of the fit are too few";
        comparisons.add(Comparison.within(
                "means of the fits by variational inference, " + count + " settings",
                beside,
                "largest difference " + Numbers.shortly(shift),
                shift,
                0.005,
                reason));
        comparisons.add(Comparison.within(
                "scales of the fits by variational inference, " + count + " settings",
                beside,
                "largest difference " + Numbers.shortly(stretch),
                stretch,
                0.005,
                reason));
        comparisons.add(Comparison.within(
                "KL(q||p) of the fits by variational inference, nats, " + count + " settings",
                beside,
                "largest difference " + Numbers.shortly(excess),
                excess,
                0.0005,
                reason));
        return table.table();
    }

    private static void compare(Path published, List<Optimum> optima, List<Comparison> comparisons) throws IOException {
        CsvResource table = CsvResource.of(published.resolve(
                "git_7b4e84a/results/exp2_actual_vi_training/20260527_111628/metrics/exp2_final_metrics.csv"));
        double[] dimension = table.numbers("dimension");
        double[] epsilon = table.numbers("epsilon");
        double[] tau = table.numbers("tau");
        double[] klExclusive = table.numbers("estimated_DKL_q_p");
        double[] klInclusive = table.numbers("estimated_DKL_p_q");
        double[] ratio = table.numbers("local_mass_ratio_q_over_p");
        int family = table.column("family");
        int objective = table.column("objective");
        for (Optimum o : optima) {
            double[] sums = new double[3];
            double[] squares = new double[3];
            int n = 0;
            for (int i = 0; i < ratio.length; i++) {
                String[] row = table.rows().get(i);
                if (dimension[i] == o.dimension
                        && epsilon[i] == o.epsilon
                        && tau[i] == o.tau
                        && row[family].equals("diagonal_gaussian")
                        && row[objective].equals(o.objective)) {
                    double[] values = {klExclusive[i], klInclusive[i], ratio[i]};
                    for (int k = 0; k < 3; k++) {
                        sums[k] += values[k];
                        squares[k] += values[k] * values[k];
                    }
                    n++;
                }
            }
            if (n == 0) {
                throw new IOException(table.source() + ": no row for dimension " + o.dimension + ", epsilon "
                        + o.epsilon + ", tau " + o.tau);
            }
            double[] ours = {o.exclusive, o.inclusive, Math.exp(o.logRatio[2])};
            String[] names = {"KL(q||p)", "KL(p||q)", "ratio of spike mass"};
            for (int k = 0; k < 3; k++) {
                double mean = sums[k] / n;
                double sd = Math.sqrt(Math.max(0, squares[k] / n - mean * mean));
                boolean floor = k == 2 && mean == 0;
                // their scatter over seeds, and 2 % for what 262,144 draws and Adam leave
                boolean near = Math.abs(mean - ours[k]) <= 3 * sd + 0.02 * Math.abs(ours[k]) + 1e-4;
                comparisons.add(new Comparison(
                        String.format(
                                Locale.ROOT,
                                "%s, d = %d, epsilon %s, tau %s, %s optimum",
                                names[k],
                                o.dimension,
                                o.epsilon,
                                o.tau,
                                o.objective.substring(0, 9)),
                        floor ? "0.000" : Numbers.shortly(mean) + " (sd " + Numbers.shortly(sd) + ")",
                        Numbers.shortly(ours[k]),
                        floor || !near ? Agreement.DIFFERS : Agreement.MATCH,
                        floor
                                ? "no draw in the ball; exact masses have no floor"
                                : near ? "within their scatter over 5 seeds" : "Adam had not converged"));
            }
        }
    }

    private static Figure figure(List<Optimum> optima) {
        List<PaperFigure.Curve> ratios = new ArrayList<>();
        List<PaperFigure.Curve> divergences = new ArrayList<>();
        for (int d : DIMENSIONS) {
            for (double tau : TAUS) {
                double[] x = EPSILONS.clone();
                double[] ratio = new double[x.length];
                double[] kl = new double[x.length];
                for (int k = 0; k < x.length; k++) {
                    for (Optimum o : optima) {
                        if (o.dimension == d && o.tau == tau && o.epsilon == x[k] && o.objective.startsWith("excl")) {
                            ratio[k] = Math.exp(o.logRatio[2]);
                            kl[k] = o.exclusive;
                        }
                    }
                }
                String name = "d = " + d + ", tau = " + tau;
                divergences.add(new PaperFigure.Curve(name, x, kl, tau == 0.1));
                ratios.add(new PaperFigure.Curve(name, x, ratio, tau == 0.1));
            }
        }
        return new Figure(
                "global-vs-local",
                "The best normal by KL(q||p). Left: its divergence, about the mass of the spike. Right: the mass it gives to the spike, relative to the true one.",
                List.of(
                        new PaperFigure.Panel("Global divergence", "epsilon", "KL(q||p)", true, true, divergences),
                        new PaperFigure.Panel("Local mass", "epsilon", "q/p at the spike", true, true, ratios)));
    }
}
