package org.localmass.check;

/** Two-sample binomial log likelihood ratio, the score of a candidate region (docs/theory.md, C10.1). */
final class LogLikelihoodRatio {
    private static final double SMALLEST = 1e-12;

    private LogLikelihoodRatio() {}

    /**
     * \( n\,KL(p\|t) + m\,KL(q\|t) \) with p = x/n, q = y/m, t = (x+y)/(n+m), KL of Bernoulli laws.
     *
     * @param x effective hits of the reference of n
     * @param y effective hits of the approximation of m
     * @return nats, at least 0
     */
    static double of(double x, double n, double y, double m) {
        double t = clip((x + y) / (n + m));
        return Math.max(0, n * divergence(clip(x / n), t) + m * divergence(clip(y / m), t));
    }

    /** An upper bound of {@link #of} that takes no logarithm: KL is at most the chi-squared divergence. */
    static double bound(double x, double n, double y, double m) {
        double t = clip((x + y) / (n + m));
        double gapP = clip(x / n) - t;
        double gapQ = clip(y / m) - t;
        return (n * gapP * gapP + m * gapQ * gapQ) / (t * (1 - t));
    }

    private static double divergence(double p, double t) {
        return p * Math.log(p / t) + (1 - p) * Math.log((1 - p) / (1 - t));
    }

    private static double clip(double p) {
        return Math.min(1 - SMALLEST, Math.max(SMALLEST, p));
    }
}
