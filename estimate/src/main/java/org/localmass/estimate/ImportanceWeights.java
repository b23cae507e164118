package org.localmass.estimate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;
import org.localmass.core.draws.ParetoDiagnostic;
import org.localmass.core.draws.ParetoSmoothing;

/**
 * Importance weights log p - log q of an approximation's draws, from the log densities beside them.
 *
 * <p>Stan's {@code log_g__} (ADVI) and {@code log_q__} (Laplace) lack an additive constant. It cancels in
 * self-normalised weights, Pareto k-hat, Kish's effective sample size, region masses and KL(q to p); log Z and the ELBO
 * need it and are not known from such files.
 * <br>Source: docs/theory.md, E7.1.
 */
public final class ImportanceWeights {
    private record Columns(String target, String approximation, boolean complete) {
        String text() {
            return target + " - " + approximation;
        }
    }

    private static final List<Columns> KNOWN = List.of(
            new Columns("log_target", "log_approx", true),
            new Columns("log_p__", "log_g__", false),
            new Columns("log_p__", "log_q__", false),
            new Columns("lp__", "lp_approx__", false),
            new Columns("log_p", "log_q", false));

    /** One value a draw; NaN where it cannot be used. */
    private final double[] all;

    private final Columns columns;
    private final ParetoDiagnostic diagnostic;
    /** Smoothed log weights of the usable draws. */
    private final double[] smoothed;

    private ImportanceWeights(double[] all, Columns columns) {
        this.all = all;
        this.columns = columns;
        double[] usable = Arrays.stream(all).filter(w -> !Double.isNaN(w)).toArray();
        if (anyPositive(usable)) {
            ParetoSmoothing smoothing = ParetoSmoothing.of(usable);
            this.diagnostic = smoothing.diagnostic();
            this.smoothed = smoothing.logWeights();
        } else {
            this.diagnostic = new ParetoDiagnostic(
                    ParetoDiagnostic.Status.TOO_FEW, Double.NaN, Double.NaN, usable.length, 0, 0, 0);
            this.smoothed = usable;
        }
    }

    /**
     * The weights of the draws, where their file has the columns.
     *
     * <p>A draw whose log p is {@code -inf} has weight zero; draws with a NaN in either column, or an infinite log q,
     * are left out. Empty as well where log p or log q is the same for all draws: some versions of Stan write zeros.
     */
    public static Optional<ImportanceWeights> of(Draws draws) {
        for (Columns known : KNOWN) {
            Optional<double[]> target = values(draws, known.target, false);
            Optional<double[]> approximation = values(draws, known.approximation, false);
            if (target.isPresent() && approximation.isPresent()) {
                double[] weights = differences(target.get(), approximation.get());
                boolean usable = Arrays.stream(weights).anyMatch(w -> !Double.isNaN(w));
                if (usable && varies(target.get()) && varies(approximation.get())) {
                    return Optional.of(new ImportanceWeights(weights, known));
                }
            }
        }
        return Optional.empty();
    }

    /**
     * The weights from two columns that the user names: sample statistics, or parameters where there is no statistic of
     * the name. The values are taken as complete: log q normalised, so that log Z and the ELBO are known.
     *
     * @param target        column of log p, with or without its normalising constant
     * @param approximation column of log q
     * @throws IllegalArgumentException if a column is missing, or no draw has a usable value in both
     */
    public static ImportanceWeights of(Draws draws, String target, String approximation) {
        double[] p = values(draws, target, true).orElseThrow(() -> missing("log target", target, draws));
        double[] q = values(draws, approximation, true).orElseThrow(() -> missing("log approx", approximation, draws));
        double[] weights = differences(p, q);
        if (Arrays.stream(weights).allMatch(Double::isNaN)) {
            throw new IllegalArgumentException(target + " - " + approximation
                    + " must be usable in at least one draw, was NaN or infinite in all " + weights.length);
        }
        return new ImportanceWeights(weights, new Columns(target, approximation, true));
    }

    private static IllegalArgumentException missing(String what, String name, Draws draws) {
        List<String> known = new ArrayList<>();
        draws.chains().get(0).statisticNames().forEach(known::add);
        return new IllegalArgumentException(what + " must be a column of the approximation, '" + name + "' is none"
                + (known.isEmpty() ? "" : "; beside the parameters it has " + String.join(", ", known)));
    }

    private static Optional<double[]> values(Draws draws, String name, boolean parameters) {
        double[] values = new double[draws.size()];
        int row = 0;
        OptionalInt parameter = parameters ? draws.index(name) : OptionalInt.empty();
        for (Chain chain : draws.chains()) {
            Optional<double[]> part = chain.statistic(name);
            if (part.isEmpty() && parameter.isPresent()) {
                part = Optional.of(chain.column(parameter.getAsInt()));
            }
            if (part.isEmpty()) {
                return Optional.empty();
            }
            System.arraycopy(part.get(), 0, values, row, chain.size());
            row += chain.size();
        }
        return Optional.of(values);
    }

    private static double[] differences(double[] target, double[] approximation) {
        double[] weights = new double[target.length];
        for (int i = 0; i < weights.length; i++) {
            double weight = target[i] - approximation[i];
            boolean usable = weight < Double.POSITIVE_INFINITY && Double.isFinite(approximation[i]);
            weights[i] = usable ? weight : Double.NaN;
        }
        return weights;
    }

    private static boolean varies(double[] values) {
        for (double v : values) {
            if (v != values[0]) {
                return true;
            }
        }
        return false;
    }

    private static boolean anyPositive(double[] logWeights) {
        for (double w : logWeights) {
            if (w > Double.NEGATIVE_INFINITY) {
                return true;
            }
        }
        return false;
    }

    /** Log weights up to an additive constant, draws without a usable value left out. A copy. */
    public double[] logWeights() {
        return Arrays.stream(all).filter(w -> !Double.isNaN(w)).toArray();
    }

    /** Number of draws whose weight cannot be used: a NaN in either column, or an infinite log q. */
    public int unusable() {
        return all.length - smoothed.length;
    }

    /** Where the weights come from, such as {@code log_p__ - log_g__}. */
    public String source() {
        return columns.text();
    }

    /** Whether log q is known with its additive constant, so that log Z and the ELBO are. */
    public boolean complete() {
        return columns.complete;
    }

    /** Whether any draw has a positive weight. */
    public boolean positive() {
        return anyPositive(smoothed);
    }

    /** Pareto k-hat and Kish's effective sample size of the weights. */
    public ParetoDiagnostic diagnostic() {
        return diagnostic;
    }

    /** Mean of log p - log q over the draws, nats; a lower bound of log Z in expectation where log q is complete. */
    public ScoreEstimate elbo() {
        double[] raw = logWeights();
        double mean = Arrays.stream(raw).average().orElse(Double.NaN);
        double squares = 0;
        for (double w : raw) {
            squares += (w - mean) * (w - mean);
        }
        return new ScoreEstimate(mean, Math.sqrt(squares / (raw.length - 1.0) / raw.length));
    }

    /**
     * Log of the mean weight, nats: log Z as far as q's draws reach, where log q is complete.
     *
     * <p>Smoothed weights; standard error \( \sqrt{\sum_i (w_i/\bar w - 1)^2}/S \).
     */
    public ScoreEstimate logZ() {
        double log = logMean();
        double squares = 0;
        for (double w : smoothed) {
            double gap = Math.expm1(w - log);
            squares += gap * gap;
        }
        return new ScoreEstimate(log, Math.sqrt(squares) / smoothed.length);
    }

    /**
     * KL(q to p), nats: {@link #logZ} minus {@link #elbo}. An additive constant of either density cancels.
     *
     * <p>Standard error from the influence values \( w_i/\bar w - \log w_i \). Infinite where a draw has weight zero.
     */
    public ScoreEstimate kl() {
        double log = logMean();
        double[] raw = logWeights();
        double[] influence = new double[raw.length];
        double mean = 0;
        double elbo = 0;
        for (int i = 0; i < raw.length; i++) {
            influence[i] = Math.exp(smoothed[i] - log) - raw[i];
            mean += influence[i] / raw.length;
            elbo += raw[i] / raw.length;
        }
        double squares = 0;
        for (double v : influence) {
            squares += (v - mean) * (v - mean);
        }
        return new ScoreEstimate(log - elbo, Math.sqrt(squares / (raw.length - 1.0) / raw.length));
    }

    private double logMean() {
        double largest = Double.NEGATIVE_INFINITY;
        for (double w : smoothed) {
            largest = Math.max(largest, w);
        }
        double sum = 0;
        for (double w : smoothed) {
            sum += Math.exp(w - largest);
        }
        return largest + Math.log(sum / smoothed.length);
    }

    /**
     * Pareto k-hat of the weights inside a region: whether the mass that they give to it can be relied on.
     *
     * @param region membership of the draws the weights were taken from
     */
    public ParetoDiagnostic diagnostic(Membership region) {
        double[] inside = new double[region.hits()];
        int n = 0;
        int row = 0;
        for (boolean[] chain : region.chains()) {
            for (boolean hit : chain) {
                double w = all[row++];
                if (hit && !Double.isNaN(w)) {
                    inside[n++] = w;
                }
            }
        }
        double[] usable = Arrays.copyOf(inside, n);
        return anyPositive(usable)
                ? ParetoSmoothing.of(usable).diagnostic()
                : new ParetoDiagnostic(ParetoDiagnostic.Status.TOO_FEW, Double.NaN, Double.NaN, n, 0, 0, 0);
    }

    /**
     * The draws with their Pareto smoothed weights: masses of regions under p, as far as q's draws reach.
     *
     * <p>A draw without a usable value gets weight zero. What q never visits stays unseen, whatever the weights say.
     *
     * @param draws the draws the weights were taken from, or some of their parameters
     * @throws IllegalArgumentException if their number is another, or no weight is positive
     */
    public Draws weighted(Draws draws) {
        if (draws.size() != all.length) {
            throw new IllegalArgumentException("draws must number " + all.length + ", was " + draws.size());
        }
        if (!positive()) {
            throw new IllegalArgumentException(
                    "weights must hold a positive one, all " + smoothed.length + " are zero");
        }
        List<Chain> chains = new ArrayList<>();
        int row = 0;
        int next = 0;
        for (Chain chain : draws.chains()) {
            double[][] values = new double[draws.dimension()][];
            for (int j = 0; j < values.length; j++) {
                values[j] = chain.column(j);
            }
            double[] weights = new double[chain.size()];
            for (int t = 0; t < weights.length; t++) {
                weights[t] = Double.isNaN(all[row++]) ? Double.NEGATIVE_INFINITY : smoothed[next++];
            }
            chains.add(Chain.adopt(values, weights, Map.of()));
        }
        return Draws.of(draws.names(), chains, draws.sampling());
    }
}
