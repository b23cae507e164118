package org.localmass.vi.model;

import org.localmass.core.internal.Arguments;

/**
 * A smooth map x(u) from R^m onto a part of R^n, with the log of its Jacobian determinant, in nats, as in Stan's
 * reference manual. Immutable.
 *
 * <p>Where n is larger than m the determinant is that of the coordinates that determine the rest: all shares but the
 * last of a simplex, the entries below the diagonal of a Cholesky factor. A unit vector has m = n: its density is with
 * respect to the uniform law, up to the constant of the normal length.
 *
 * <p>Accuracy: from x to u and back to x within 1e-12 relative for |u| up to 6; at larger |u| bounded values run into
 * their bound.
 */
public interface Transform {
    /** Number m of unconstrained values. */
    int unconstrainedSize();

    /** Number n of constrained values. */
    int constrainedSize();

    /**
     * Writes x(u).
     *
     * @return the log of the Jacobian determinant
     */
    double constrain(double[] u, int uFrom, double[] x, int xFrom);

    /**
     * Writes a u of x(u) = x.
     *
     * @throws IllegalArgumentException if x is outside of the range
     */
    void unconstrain(double[] x, int xFrom, double[] u, int uFrom);

    /**
     * The gradient in u of a function of x plus the log Jacobian.
     *
     * @param x         x(u)
     * @param xGradient gradient of the function in x
     * @param uGradient overwritten at m places
     */
    void pullBack(double[] u, int uFrom, double[] x, double[] xGradient, int xFrom, double[] uGradient);

    /** The names of the n values of a parameter; {@code theta} alone where n is 1. */
    default String[] names(String name) {
        int n = constrainedSize();
        String[] names = new String[n];
        for (int i = 0; i < n; i++) {
            names[i] = name + "[" + (i + 1) + "]";
        }
        return names;
    }

    /** The identity on R^n. */
    static Transform identity(int n) {
        return new ElementwiseTransform(Arguments.positive("n", n), Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    /** Positive values, {@code x = exp(u)}. */
    static Transform positive(int n) {
        return between(n, 0, Double.POSITIVE_INFINITY);
    }

    /**
     * Values in an interval: {@code lower + exp(u)}, {@code upper - exp(-u)} or
     * {@code lower + (upper - lower) inv_logit(u)}, increasing in u.
     *
     * @param lower possibly {@code -inf}
     * @param upper possibly {@code +inf}
     * @throws IllegalArgumentException if lower is not below upper
     */
    static Transform between(int n, double lower, double upper) {
        if (!(lower < upper)) {
            throw new IllegalArgumentException("lower must be less than upper, was " + lower + " and " + upper);
        }
        return new ElementwiseTransform(Arguments.positive("n", n), lower, upper);
    }

    /** Shares of sum 1, by breaking a stick; u = 0 gives equal shares. */
    static Transform simplex(int n) {
        return new SimplexTransform(atLeastTwo(n));
    }

    /** Increasing values. */
    static Transform ordered(int n) {
        return new OrderedTransform(Arguments.positive("n", n));
    }

    /** Vectors of length 1, {@code x = u / |u|}; the log Jacobian is {@code -|u|^2 / 2}. */
    static Transform unitVector(int n) {
        return new UnitVectorTransform(Arguments.positive("n", n));
    }

    /** Cholesky factors of n x n correlation matrices, column by column with the zeros above the diagonal. */
    static Transform choleskyCorrelation(int n) {
        return new CholeskyCorrelationTransform(atLeastTwo(n));
    }

    private static int atLeastTwo(int n) {
        if (n < 2) {
            throw new IllegalArgumentException("n must be at least 2, was " + n);
        }
        return n;
    }
}
