package org.localmass.core.region;

import org.localmass.core.internal.Arguments;

/** A norm on a group of coordinates: Euclidean, maximum or Mahalanobis. Immutable. */
public final class Norm {
    private enum Kind {
        L2,
        LINF,
        MAHALANOBIS
    }

    /** Below this a sum of squares may have lost digits. */
    private static final double SAFE_SQUARES = 1e-280;

    private static final Norm L2 = new Norm(Kind.L2, new double[0][]);
    private static final Norm LINF = new Norm(Kind.LINF, new double[0][]);

    private final Kind kind;
    private final double[][] cholesky;

    private Norm(Kind kind, double[][] cholesky) {
        this.kind = kind;
        this.cholesky = cholesky;
    }

    /** The Euclidean norm. */
    public static Norm l2() {
        return L2;
    }

    /** The maximum norm; its balls are cubes. */
    public static Norm linf() {
        return LINF;
    }

    /**
     * The Mahalanobis norm \( \sqrt{u^\top S^{-1} u} \).
     *
     * @param covariance S, m by m, symmetric positive definite; only the lower triangle is read; not modified
     * @throws IllegalArgumentException if S is not square, not finite or not positive definite
     */
    public static Norm mahalanobis(double[][] covariance) {
        int m = covariance.length;
        double[][] factor = new double[m][];
        for (int i = 0; i < m; i++) {
            Arguments.finite("covariance[" + i + "]", covariance[i]);
            Arguments.sameDimension(m, covariance[i].length);
            factor[i] = new double[i + 1];
            for (int j = 0; j <= i; j++) {
                double sum = covariance[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= factor[i][k] * factor[j][k];
                }
                if (i == j) {
                    if (!(sum > 1e-14 * covariance[i][i])) {
                        throw new IllegalArgumentException(
                                "covariance must be positive definite, fails at row " + (i + 1));
                    }
                    factor[i][i] = Math.sqrt(sum);
                } else {
                    factor[i][j] = sum / factor[j][j];
                }
            }
        }
        return new Norm(Kind.MAHALANOBIS, factor);
    }

    /** The name that the command line knows: {@code l2}, {@code linf} or {@code mahalanobis}. */
    public String label() {
        return switch (kind) {
            case L2 -> "l2";
            case LINF -> "linf";
            case MAHALANOBIS -> "mahalanobis";
        };
    }

    /**
     * The lower triangle L of the Mahalanobis norm, \( S = L L^\top \), row i of length i + 1; no rows for the other
     * norms. A copy.
     */
    public double[][] factor() {
        double[][] copy = new double[cholesky.length][];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = cholesky[i].clone();
        }
        return copy;
    }

    /**
     * Half-width of the one-dimensional ball of a radius: the radius itself, or for the Mahalanobis norm the radius
     * times the scale.
     */
    public double halfWidth(double radius) {
        return kind == Kind.MAHALANOBIS ? radius * cholesky[0][0] : radius;
    }

    /**
     * The image of a vector under the map that turns this norm into the Euclidean one; the vector itself for l2.
     *
     * @throws IllegalStateException for the maximum norm, which no linear map turns into the Euclidean one
     */
    public double[] whitened(double[] vector) {
        if (kind == Kind.LINF) {
            throw new IllegalStateException("the maximum norm is not Euclidean in any coordinates");
        }
        double[] result = vector.clone();
        for (int i = 0; i < cholesky.length; i++) {
            for (int k = 0; k < i; k++) {
                result[i] -= cholesky[i][k] * result[k];
            }
            result[i] /= cholesky[i][i];
        }
        return result;
    }

    /**
     * Norm of the difference between a point's coordinates and a centre.
     *
     * @param point       the point; only the given coordinates are read
     * @param coordinates m indices into the point
     * @param centre      m values
     */
    double distance(double[] point, int[] coordinates, double[] centre) {
        int m = coordinates.length;
        double result = 0;
        switch (kind) {
            case L2 -> {
                for (int i = 0; i < m; i++) {
                    double gap = point[coordinates[i]] - centre[i];
                    result += gap * gap;
                }
                result = result >= SAFE_SQUARES && result < Double.POSITIVE_INFINITY
                        ? Math.sqrt(result)
                        : scaledDistance(point, coordinates, centre, result);
            }
            case LINF -> {
                for (int i = 0; i < m; i++) {
                    result = Math.max(result, Math.abs(point[coordinates[i]] - centre[i]));
                }
            }
            case MAHALANOBIS -> {
                double[] whitened = new double[m];
                for (int i = 0; i < m; i++) {
                    double sum = point[coordinates[i]] - centre[i];
                    for (int k = 0; k < i; k++) {
                        sum -= cholesky[i][k] * whitened[k];
                    }
                    whitened[i] = sum / cholesky[i][i];
                    result += whitened[i] * whitened[i];
                }
                result = Math.sqrt(result);
            }
        }
        return result;
    }

    /** The Euclidean distance where its square leaves the range of a double. */
    private static double scaledDistance(double[] point, int[] coordinates, double[] centre, double square) {
        double scale = LINF.distance(point, coordinates, centre);
        if (Double.isNaN(square) || scale == 0 || scale == Double.POSITIVE_INFINITY) {
            return Double.isNaN(square) ? square : scale;
        }
        double sum = 0;
        for (int i = 0; i < coordinates.length; i++) {
            double gap = (point[coordinates[i]] - centre[i]) / scale;
            sum += gap * gap;
        }
        return scale * Math.sqrt(sum);
    }

    /** Number of coordinates the norm is made for, or 0 if it takes any number. */
    int dimension() {
        return cholesky.length;
    }
}
