package org.localmass.core.measure;

import java.util.Optional;

/** Distributions on R^d. */
public final class MultivariateDistributions {
    private MultivariateDistributions() {}

    /**
     * The multivariate normal distribution, {@code multi_normal(mu, Sigma)}; Sigma may be singular.
     *
     * <p>Accuracy: relative error of ball masses at most 1e-12, times the condition of a full covariance over 1e4.
     */
    public static Distribution multiNormal(double[] mean, Covariance covariance) {
        return MultivariateNormal.of(mean, covariance);
    }

    /** The mean of a multivariate normal distribution; empty for other distributions. */
    public static Optional<double[]> normalMean(Distribution distribution) {
        return distribution instanceof MultivariateNormal normal ? Optional.of(normal.mean()) : Optional.empty();
    }

    /** The multivariate Student t distribution, {@code multi_student_t(nu, mu, Sigma)}. */
    public static Distribution multiStudentT(double nu, double[] mean, Covariance scale) {
        return MultivariateT.of(nu, mean, scale);
    }

    /**
     * Neal's funnel in the coordinates (v, x_1..x_n): v is normal(0, sd), each x normal(0, e^(v/2)) given v.
     *
     * @param n  number of x
     * @param sd standard deviation of v, usually 3
     */
    public static Distribution nealFunnel(int n, double sd) {
        return NealFunnel.of(n, sd);
    }

    /**
     * The law on the ball of radius R about 0 in R^d of density prop to \( \|x\|^{-b} \).
     *
     * @param b less than d
     */
    public static Distribution radialPower(int dimension, double b, double radius) {
        return RadialPower.of(dimension, b, radius);
    }

    /** The Dirichlet distribution of K shares, as a law of the first K - 1 of them. */
    public static Distribution dirichlet(double[] alpha) {
        return Dirichlet.of(alpha);
    }
}
