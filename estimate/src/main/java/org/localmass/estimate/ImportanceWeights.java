package org.localmass.estimate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;
import org.localmass.core.draws.ParetoDiagnostic;
import org.localmass.core.draws.ParetoSmoothing;

/**
 * Importance weights log p - log q of an approximation's draws, from the columns that Stan writes beside them.
 *
 * <p>Stan's {@code log_g__} (ADVI) and {@code log_q__} (Laplace) lack an additive constant. It cancels in
 * self-normalised weights, Pareto k-hat, Kish's effective sample size and region masses; log Z, ELBO and KL need it and
 * are not known from such files.
 * <br>Source: docs/theory.md, E7.1.
 */
public final class ImportanceWeights {
    private record Columns(String target, String approximation) {}

    private static final List<Columns> KNOWN = List.of(
            new Columns("log_p__", "log_g__"), new Columns("log_p__", "log_q__"), new Columns("lp__", "lp_approx__"));

    /** One value a draw; NaN where it cannot be used. */
    private final double[] all;

    private final Columns columns;

    private ImportanceWeights(double[] all, Columns columns) {
        this.all = all;
        this.columns = columns;
    }

    /**
     * The weights of the draws, where their file has the columns.
     *
     * <p>A draw whose log p is {@code -inf} has weight zero; draws with a NaN in either column, or an infinite log q,
     * are left out. Empty as well where log p or log q is the same for all draws: some versions of Stan write zeros.
     */
    public static Optional<ImportanceWeights> of(Draws draws) {
        for (Columns known : KNOWN) {
            double[] weights = new double[draws.size()];
            int row = 0;
            int kept = 0;
            boolean present = true;
            boolean targetVaries = false;
            boolean approximationVaries = false;
            double firstTarget = Double.NaN;
            double firstApproximation = Double.NaN;
            for (Chain chain : draws.chains()) {
                Optional<double[]> target = chain.statistic(known.target);
                Optional<double[]> approximation = chain.statistic(known.approximation);
                if (target.isEmpty() || approximation.isEmpty()) {
                    present = false;
                    break;
                }
                double[] p = target.get();
                double[] q = approximation.get();
                for (int i = 0; i < p.length; i++) {
                    if (Double.isNaN(firstTarget)) {
                        firstTarget = p[i];
                        firstApproximation = q[i];
                    }
                    targetVaries |= p[i] != firstTarget;
                    approximationVaries |= q[i] != firstApproximation;
                    double weight = p[i] - q[i];
                    boolean usable = weight < Double.POSITIVE_INFINITY && Double.isFinite(q[i]);
                    weights[row++] = usable ? weight : Double.NaN;
                    kept += usable ? 1 : 0;
                }
            }
            if (present && targetVaries && approximationVaries && kept > 0) {
                return Optional.of(new ImportanceWeights(weights, known));
            }
        }
        return Optional.empty();
    }

    /** Log weights up to an additive constant, draws without a usable value left out. A copy. */
    public double[] logWeights() {
        return Arrays.stream(all).filter(w -> !Double.isNaN(w)).toArray();
    }

    /** Where the weights come from, such as {@code log_p__ - log_g__}. */
    public String source() {
        return columns.target + " - " + columns.approximation;
    }

    /** Pareto k-hat and Kish's effective sample size of the weights. */
    public ParetoDiagnostic diagnostic() {
        double[] usable = logWeights();
        return anyPositive(usable)
                ? ParetoSmoothing.of(usable).diagnostic()
                : new ParetoDiagnostic(ParetoDiagnostic.Status.TOO_FEW, Double.NaN, Double.NaN, usable.length, 0, 0, 0);
    }

    /**
     * The draws with their Pareto smoothed weights: masses of regions under p, as far as q's draws reach.
     *
     * <p>A draw without a usable value gets weight zero. What q never visits stays unseen, whatever the weights say.
     *
     * @param draws the draws the weights were taken from
     * @throws IllegalArgumentException if their number is another, or no weight is positive
     */
    public Draws weighted(Draws draws) {
        if (draws.size() != all.length) {
            throw new IllegalArgumentException("draws must number " + all.length + ", was " + draws.size());
        }
        double[] usable = logWeights();
        if (!anyPositive(usable)) {
            throw new IllegalArgumentException("weights must hold a positive one, all " + usable.length + " are zero");
        }
        double[] smoothed = ParetoSmoothing.of(usable).logWeights();
        List<Chain> chains = new ArrayList<>();
        int row = 0;
        int next = 0;
        for (Chain chain : draws.chains()) {
            double[][] columns = new double[draws.dimension()][];
            for (int j = 0; j < columns.length; j++) {
                columns[j] = chain.column(j);
            }
            double[] weights = new double[chain.size()];
            for (int t = 0; t < weights.length; t++) {
                weights[t] = Double.isNaN(all[row++]) ? Double.NEGATIVE_INFINITY : smoothed[next++];
            }
            chains.add(Chain.adopt(columns, weights, Map.of()));
        }
        return Draws.of(draws.names(), chains, draws.sampling());
    }

    private static boolean anyPositive(double[] logWeights) {
        for (double w : logWeights) {
            if (w > Double.NEGATIVE_INFINITY) {
                return true;
            }
        }
        return false;
    }
}
