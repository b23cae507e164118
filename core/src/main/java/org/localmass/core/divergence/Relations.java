package org.localmass.core.divergence;

/**
 * What RE-KL says of other divergences. D is \( D_\alpha(q\|p) \) on all of the space for probability distributions, unless
 * a method says otherwise.
 *
 * <p>Source: docs/theory.md R5.3, R5.7.
 */
public final class Relations {
    private Relations() {}

    /** \( D_{1-\alpha}(p\|q;B) = \frac{1-\alpha}{\alpha} D_\alpha(q\|p;B) \), on every set B, for alpha below 1. */
    public static double dual(double alpha, double divergence) {
        if (!(alpha > 0 && alpha < 1)) {
            throw new IllegalArgumentException("alpha must lie strictly between 0 and 1, was " + alpha);
        }
        return (1 - alpha) / alpha * divergence;
    }

    /** \( \int_B q\log(q/p) = D_1(q\|p;B) + Q - P \): the Kullback-Leibler integral, on every set B. */
    public static double kullbackLeibler(double divergenceOfOrderOne, double massQ, double massP) {
        return divergenceOfOrderOne + (massQ - massP);
    }

    /** The Hellinger integral \( \int_B q^\alpha p^{1-\alpha} = \alpha Q + (1-\alpha)P - (1-\alpha)D \), on every set B. */
    public static double hellingerIntegral(double alpha, double divergence, double massQ, double massP) {
        return alpha * massQ + (1 - alpha) * massP - (1 - alpha) * divergence;
    }

    /** Squared Hellinger distance \( \frac12\int(\sqrt q - \sqrt p)^2 = D_{1/2}/2 \), at most 1. */
    public static double squaredHellinger(double divergenceOfOrderOneHalf) {
        return 0.5 * divergenceOfOrderOneHalf;
    }

    /** Bhattacharyya coefficient \( \int\sqrt{qp} = 1 - D_{1/2}/2 \). */
    public static double bhattacharyya(double divergenceOfOrderOneHalf) {
        return 1 - 0.5 * divergenceOfOrderOneHalf;
    }

    /** Renyi divergence \( \frac{1}{\alpha-1}\log\int q^\alpha p^{1-\alpha} \); the Kullback-Leibler divergence at 1. */
    public static double renyi(double alpha, double divergence) {
        double delta = Generator.of(alpha).alpha() - 1;
        return delta == 0 ? divergence : Math.log1p(delta * divergence) / delta;
    }

    /** Tsallis divergence \( (\int q^\alpha p^{1-\alpha} - 1)/(\alpha-1) \): D itself. */
    public static double tsallis(double divergence) {
        return divergence;
    }

    /** Pearson's chi-square divergence \( \int (q-p)^2/p = D_2 \). */
    public static double chiSquare(double divergenceOfOrderTwo) {
        return divergenceOfOrderTwo;
    }

    /** The divergence of Cressie and Read, Amari's alpha divergence: \( D_\alpha/\alpha \). */
    public static double cressieRead(double alpha, double divergence) {
        return divergence / alpha;
    }
}
