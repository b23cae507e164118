package org.localmass.vi.family;

/**
 * The scale of one component, \( \Sigma = A A^\top \) with a draw \( x = \mu + A z \). Reads its parameters once;
 * immutable then.
 *
 * <p>{@code work} is the place where {@link #distance} leaves what the other methods read.
 */
abstract sealed class ScaleBlock permits DiagonalScale, LowRankScale, FullScale {
    final int d;

    ScaleBlock(int d) {
        this.d = d;
    }

    static ScaleBlock of(Family family, int d, double[] theta, int offset) {
        return switch (family.form()) {
            case MEAN_FIELD -> new DiagonalScale(d, theta, offset);
            case LOW_RANK -> new LowRankScale(d, family.rank(), theta, offset);
            case FULL -> new FullScale(d, theta, offset);
        };
    }

    /** \( \tfrac12 \log\det\Sigma \). */
    abstract double halfLogDeterminant();

    /** \( \delta^\top\Sigma^{-1}\delta \) with \( \delta = x - \mu \); fills {@code work}. */
    abstract double distance(double[] x, double[] theta, int mean, double[] work);

    /** \( v = a\,\Sigma^{-1}\delta \) from {@code work}. */
    abstract void solve(double a, double[] work, double[] v);

    /** Adds c times the derivative of log N by the scale parameters. */
    abstract void addDirect(double c, double[] v, double[] work, double[] sum, int offset);

    /** \( x = \mu + A z \). */
    abstract void transform(double[] theta, int mean, double[] z, int start, double[] x);

    /** Adds the derivative of \( g \cdot A z \) by the scale parameters. */
    abstract void addPath(double[] g, double[] z, int start, double[] sum, int offset);

    /** \( a^\top\Sigma a \). */
    abstract double variance(double[] a);

    /** Adds c times the derivative of \( a^\top\Sigma a \) by the scale parameters. */
    abstract void addVariance(double c, double[] a, double[] sum, int offset);

    /** \( \sqrt{\Sigma_{jj}} \). */
    abstract double deviation(int j);

    /** \( \Sigma \). */
    abstract double[][] matrix();

    /** Sizes of the parameters for an optimiser: 1 for logs, standard deviations of rows for the others. */
    abstract void units(double[] units, int offset);
}
