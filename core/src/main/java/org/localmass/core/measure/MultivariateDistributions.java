package org.localmass.core.measure;

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
}
