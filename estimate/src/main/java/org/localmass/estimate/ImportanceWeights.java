package org.localmass.estimate;

import java.util.List;
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

    private final double[] logWeights;
    private final Columns columns;

    private ImportanceWeights(double[] logWeights, Columns columns) {
        this.logWeights = logWeights;
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
                    if (!Double.isNaN(weight) && weight != Double.POSITIVE_INFINITY && Double.isFinite(q[i])) {
                        weights[kept++] = weight;
                    }
                }
            }
            if (present && targetVaries && approximationVaries && kept > 0) {
                return Optional.of(new ImportanceWeights(java.util.Arrays.copyOf(weights, kept), known));
            }
        }
        return Optional.empty();
    }

    /** Log weights up to an additive constant, draws without a usable value left out. A copy. */
    public double[] logWeights() {
        return logWeights.clone();
    }

    /** Where the weights come from, such as {@code log_p__ - log_g__}. */
    public String source() {
        return columns.target + " - " + columns.approximation;
    }

    /** Pareto k-hat and Kish's effective sample size of the weights. */
    public ParetoDiagnostic diagnostic() {
        boolean any = false;
        for (double w : logWeights) {
            any |= w > Double.NEGATIVE_INFINITY;
        }
        return any
                ? ParetoSmoothing.of(logWeights).diagnostic()
                : new ParetoDiagnostic(
                        ParetoDiagnostic.Status.TOO_FEW, Double.NaN, Double.NaN, logWeights.length, 0, 0, 0);
    }
}
