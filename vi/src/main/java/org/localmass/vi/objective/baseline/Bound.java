package org.localmass.vi.objective.baseline;

import java.util.Locale;
import org.localmass.core.internal.Arguments;
import org.localmass.vi.family.BaseDraws;
import org.localmass.vi.family.Family;
import org.localmass.vi.family.ScaleForm;

/**
 * An objective made of the log ratios \( f = \log\tilde p - \log q \) at draws of q. Immutable.
 *
 * <p>Mixtures are stratified: S draws of each component, of weight \( w_j/S \).
 *
 * <p>Text form: {@code elbo}, {@code renyi[:alpha]}, {@code cubo[:n]}, {@code iwae[:M]}, {@code dreg[:M]},
 * {@code tail-adaptive}.
 */
public abstract sealed class Bound permits RenyiBound, ImportanceBound, TailAdaptive {
    private static final int IMPORTANCE_DRAWS = 8;

    /** The evidence lower bound \( E_q f \). */
    public static Bound elbo() {
        return new RenyiBound(1);
    }

    /**
     * The variational Renyi bound \( \frac1{1-\alpha}\log E_q e^{(1-\alpha)f} \): a lower bound of log Z for positive alpha,
     * the ELBO at 1, log Z itself at 0, an upper bound, to be minimised, below.
     *
     * <p>Source: Li and Turner (2016), arXiv:1602.02311.
     *
     * @param alpha finite
     */
    public static Bound renyi(double alpha) {
        return new RenyiBound(Arguments.finite("alpha", alpha));
    }

    /**
     * The upper bound \( \frac1n\log E_q e^{nf} \), to be minimised; the chi-square divergence for n = 2. From finitely many
     * draws of q it is too low and has no minimum: start from a fit of the ELBO, or fit on draws of a proposal
     * ({@link ProposalFit}).
     *
     * <p>Source: Dieng, Tran, Ranganath, Paisley and Blei (2017), arXiv:1611.00328.
     *
     * @param n above 1
     */
    public static Bound cubo(double n) {
        if (!(n > 1) || n == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("n must be above 1 and finite, was " + n);
        }
        return new RenyiBound(1 - n);
    }

    /**
     * The importance weighted bound \( E\log\frac1M\sum_{i\le M}e^{f_i} \) with its exact gradient; of a mixture, every term
     * is a stratified mean over one draw of each component.
     *
     * <p>Source: Burda, Grosse and Salakhutdinov (2016), arXiv:1509.00519; Morningstar et al. (2021), arXiv:2003.01687.
     *
     * @param draws M, of each component; the draws S must be a multiple
     */
    public static Bound iwae(int draws) {
        return new ImportanceBound(Arguments.positive("draws", draws), false);
    }

    /**
     * The importance weighted bound with the doubly reparameterised gradient \( \sum_i\tilde w_i^2\,\nabla_xf(x_i)
     * \,\partial x_i/\partial\theta \): unbiased over independent draws, and its signal does not vanish as M grows. One
     * component; it is the gradient of no function of fixed draws.
     *
     * <p>Source: Tucker, Lawson, Gu and Maddison (2019), arXiv:1810.04152.
     *
     * @param draws M
     */
    public static Bound doublyReparameterised(int draws) {
        return new ImportanceBound(Arguments.positive("draws", draws), true);
    }

    /**
     * The tail-adaptive f-divergence: path derivatives weighted by \( \bar F(w_i)^{-1} \), \( \bar F \) the share of
     * importance weights that are at least \( w_i \). One component; the weights are ranks, so that it is the gradient of no
     * function of fixed draws. Its value is the mean of f.
     *
     * <p>Source: Wang, Liu and Liu (2018), arXiv:1810.11943, algorithm 1 with beta = -1.
     */
    public static Bound tailAdaptive() {
        return TailAdaptive.INSTANCE;
    }

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException if the text has another form
     */
    public static Bound parse(String text) {
        String[] words = text.trim().toLowerCase(Locale.ROOT).split(":", -1);
        if (words.length <= 2) {
            boolean bare = words.length == 1;
            try {
                switch (words[0]) {
                    case "renyi" -> {
                        return renyi(bare ? 0.5 : Double.parseDouble(words[1]));
                    }
                    case "cubo" -> {
                        return cubo(bare ? 2 : Double.parseDouble(words[1]));
                    }
                    case "iwae" -> {
                        return iwae(bare ? IMPORTANCE_DRAWS : Integer.parseInt(words[1]));
                    }
                    case "dreg" -> {
                        return doublyReparameterised(bare ? IMPORTANCE_DRAWS : Integer.parseInt(words[1]));
                    }
                    case "elbo" -> {
                        if (bare) {
                            return elbo();
                        }
                    }
                    case "tail-adaptive" -> {
                        if (bare) {
                            return tailAdaptive();
                        }
                    }
                    default -> {}
                }
            } catch (NumberFormatException e) {
                // falls through to the message that says what is read
            }
        }
        throw new IllegalArgumentException(
                "objective must be elbo, renyi[:alpha], cubo[:n], iwae[:M], dreg[:M] or tail-adaptive, was " + text);
    }

    /** Whether it bounds log Z from above and is minimised. */
    public boolean isUpper() {
        return false;
    }

    /** Whether its gradient is that of its value at the same draws, which a quasi-Newton method needs. */
    public boolean isFunction() {
        return true;
    }

    /** The number of draws of each component must be a multiple of this even number. */
    public int multiple() {
        return 2;
    }

    /**
     * Refuses draws with which the objective would be wrong without a sign of it.
     *
     * @throws IllegalArgumentException with the reason
     */
    void check(Family family, BaseDraws draws) {
        if (draws.isFixed() && !isFunction()) {
            throw new IllegalArgumentException("draws must be independent for " + this
                    + ", were fixed: its gradient is that of no function of them; fit it by stochastic steps");
        }
        if (draws.isFixed() && family.form() == ScaleForm.FULL && draws.count() < 2 * draws.width()) {
            throw new IllegalArgumentException("draws must be at least " + 2 * draws.width()
                    + " per component when they are held fixed under a full covariance, was " + draws.count()
                    + ": the covariance collapses where no draw falls");
        }
    }

    void checkSingle(Family family) {
        if (family.components() > 1) {
            throw new IllegalArgumentException("family must have one component for " + this + ", was " + family
                    + ": weights of components have no path derivative");
        }
    }

    /** Whether the derivative of log q at fixed points is a part of the gradient. */
    boolean hasDirectPart() {
        return true;
    }

    /**
     * The value, and the weights of its derivatives by the f.
     *
     * @param logWeights log w of the K components
     * @param f          log ratios of the S draws of the first component, then of the next
     * @param path       K S places, overwritten with the weights c of the draws' derivatives
     * @param logits     K places, overwritten with the derivative by the logits at fixed f
     */
    abstract double weigh(double[] logWeights, double[] f, double[] path, double[] logits);
}
