package org.localmass.core.measure;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.localmass.core.internal.Arguments;
import org.localmass.core.region.RegionExpression;

/** A covariance matrix, positive semi-definite, with its eigenvectors. Immutable. */
public final class Covariance {
    /** Eigenvalues below this share of the largest are taken for zero. */
    private static final double RANK_TOLERANCE = 1e-14;
    /** Share of the largest eigenvalue below which the eigensolver's error is more than the rounding of the rest. */
    private static final double SMALL = 1e-2;
    /** Dimension up to which small eigenvalues are refined, in at most about a second. */
    private static final int MOST_REFINED = 100;

    private static final double[][] NONE = {};

    private final double[][] matrix;
    private final boolean diagonal;
    private final double[] eigenvalues;
    private final double[][] basis;
    /** What the eigenvectors have more than doubles can hold; no rows where that does not matter. */
    private final double[][] rest;

    private Covariance(double[][] matrix, boolean diagonal, double[] eigenvalues, double[][] basis, double[][] rest) {
        this.matrix = matrix;
        this.diagonal = diagonal;
        this.eigenvalues = eigenvalues;
        this.basis = basis;
        this.rest = rest;
    }

    /** The covariance {@code variance * I}. */
    public static Covariance isotropic(int dimension, double variance) {
        double[] variances = new double[Arguments.positive("dimension", dimension)];
        Arrays.fill(variances, variance);
        return diagonal(variances);
    }

    /**
     * A diagonal covariance.
     *
     * @param variances finite, not negative
     */
    public static Covariance diagonal(double[] variances) {
        int d = Arguments.positive("dimension", variances.length);
        double[][] matrix = new double[d][d];
        double[][] basis = new double[d][d];
        for (int j = 0; j < d; j++) {
            if (!(variances[j] >= 0) || variances[j] == Double.POSITIVE_INFINITY) {
                throw new IllegalArgumentException(
                        "variances[" + j + "] must be finite and not negative, was " + variances[j]);
            }
            matrix[j][j] = variances[j];
            basis[j][j] = 1;
        }
        return new Covariance(matrix, true, variances.clone(), basis, NONE);
    }

    /**
     * A full covariance; eigenvalues below 1e-14 of the largest count as 0.
     *
     * @param matrix symmetric, positive semi-definite
     * @throws IllegalArgumentException if it is not
     */
    public static Covariance full(double[][] matrix) {
        int d = Arguments.positive("dimension", matrix.length);
        boolean diagonal = true;
        for (int i = 0; i < d; i++) {
            if (matrix[i].length != d) {
                throw new IllegalArgumentException(
                        "length of Sigma[" + i + "] must be " + d + ", was " + matrix[i].length);
            }
            Arguments.finite("Sigma[" + i + "]", matrix[i]);
            for (int j = 0; j < i; j++) {
                diagonal &= matrix[i][j] == 0 && matrix[j][i] == 0;
                if (matrix[i][j] != matrix[j][i]) {
                    throw new IllegalArgumentException("Sigma must be symmetric, [" + i + "][" + j + "] was "
                            + matrix[i][j] + " and [" + j + "][" + i + "] was " + matrix[j][i]);
                }
            }
        }
        if (diagonal) {
            return diagonal(IntStream.range(0, d).mapToDouble(j -> matrix[j][j]).toArray());
        }
        EigenDecomposition_F64<DMatrixRMaj> solver = DecompositionFactory_DDRM.eig(d, true, true);
        if (!solver.decompose(new DMatrixRMaj(matrix))) {
            throw new IllegalArgumentException("Sigma has no eigenvalues that could be computed");
        }
        Integer[] order = IntStream.range(0, d).boxed().toArray(Integer[]::new);
        Arrays.sort(
                order,
                (a, b) -> Double.compare(
                        solver.getEigenvalue(a).getReal(),
                        solver.getEigenvalue(b).getReal()));
        double[] values = new double[d];
        double[][] basis = new double[d][];
        double largest = solver.getEigenvalue(order[d - 1]).getReal();
        for (int i = 0; i < d; i++) {
            double value = solver.getEigenvalue(order[i]).getReal();
            if (value < -RANK_TOLERANCE * largest || largest <= 0) {
                throw new IllegalArgumentException("Sigma must be positive semi-definite, has the eigenvalue " + value);
            }
            values[i] = value <= RANK_TOLERANCE * largest ? 0 : value;
            basis[i] = solver.getEigenVector(order[i]).getData().clone();
            orient(basis[i]);
        }
        double[][] copy = Arrays.stream(matrix).map(double[]::clone).toArray(double[][]::new);
        boolean small = false;
        for (double value : values) {
            small |= value > 0 && value < SMALL * largest;
        }
        double[][] rest = small && d <= MOST_REFINED ? EigenRefinement.refine(copy, basis, values) : NONE;
        return new Covariance(copy, false, values, basis, rest);
    }

    /** Makes the largest entry positive: the sign of an eigenvector is arbitrary. */
    private static void orient(double[] vector) {
        double largest = 0;
        for (double x : vector) {
            largest = Math.abs(x) > Math.abs(largest) ? x : largest;
        }
        if (largest < 0) {
            for (int j = 0; j < vector.length; j++) {
                vector[j] = -vector[j];
            }
        }
    }

    int dimension() {
        return eigenvalues.length;
    }

    boolean isDiagonal() {
        return diagonal;
    }

    double entry(int i, int j) {
        return matrix[i][j];
    }

    double[][] matrix() {
        return Arrays.stream(matrix).map(double[]::clone).toArray(double[][]::new);
    }

    /** Eigenvalues: in coordinate order of a diagonal matrix, ascending otherwise. */
    double[] eigenvalues() {
        return eigenvalues.clone();
    }

    /** Eigenvectors, one a row. */
    double[][] basis() {
        return Arrays.stream(basis).map(double[]::clone).toArray(double[][]::new);
    }

    int rank() {
        return (int) DoubleStream.of(eigenvalues).filter(value -> value > 0).count();
    }

    /** Log of the product of the positive eigenvalues. */
    double logDeterminant() {
        return DoubleStream.of(eigenvalues)
                .filter(value -> value > 0)
                .map(Math::log)
                .sum();
    }

    /** Coordinates of positive variance of a diagonal matrix. */
    int[] freeCoordinates() {
        return IntStream.range(0, eigenvalues.length)
                .filter(j -> eigenvalues[j] > 0)
                .toArray();
    }

    /** Coordinates of {@code from - to} along the eigenvectors; rounding off a null space counts as 0. */
    double[] rotated(double[] from, double[] to) {
        int d = eigenvalues.length;
        double[] result = new double[d];
        for (int i = 0; i < d; i++) {
            double sum = rest.length == 0 ? along(basis[i], from, to) : along(basis[i], rest[i], from, to);
            if (eigenvalues[i] == 0) {
                double size = 0;
                for (int j = 0; j < d; j++) {
                    size += Math.abs(basis[i][j] * (from[j] - to[j]));
                }
                sum = Math.abs(sum) <= RANK_TOLERANCE * size ? 0 : sum;
            }
            result[i] = sum;
        }
        return result;
    }

    private static double along(double[] vector, double[] from, double[] to) {
        double sum = 0;
        for (int j = 0; j < vector.length; j++) {
            sum += vector[j] * (from[j] - to[j]);
        }
        return sum;
    }

    /** The same with the errors of differences, products and sums added. */
    private static double along(double[] vector, double[] rest, double[] from, double[] to) {
        double sum = 0;
        double lost = 0;
        for (int j = 0; j < vector.length; j++) {
            double gap = from[j] - to[j];
            double other = gap - from[j];
            double missed = (from[j] - (gap - other)) - (to[j] + other);
            double part = vector[j] * gap;
            lost += Math.fma(vector[j], gap, -part) + vector[j] * missed + rest[j] * gap;
            double next = sum + part;
            double added = next - sum;
            lost += (sum - (next - added)) + (part - added);
            sum = next;
        }
        return sum + lost;
    }

    /** This covariance times a positive factor. */
    Covariance times(double factor) {
        double[][] scaled = matrix();
        for (double[] row : scaled) {
            for (int j = 0; j < row.length; j++) {
                row[j] *= factor;
            }
        }
        double[] values =
                DoubleStream.of(eigenvalues).map(value -> value * factor).toArray();
        return new Covariance(scaled, diagonal, values, basis, rest);
    }

    /** The covariance of some coordinates. */
    Covariance part(int[] coordinates) {
        double[][] part = new double[coordinates.length][coordinates.length];
        for (int i = 0; i < part.length; i++) {
            for (int j = 0; j < part.length; j++) {
                part[i][j] = matrix[coordinates[i]][coordinates[j]];
            }
        }
        return full(part);
    }

    static String text(double[] values) {
        return DoubleStream.of(values).mapToObj(RegionExpression::textOf).collect(Collectors.joining(", ", "[", "]"));
    }

    /** The shortest of the text forms: a variance, a list of variances, or the matrix. */
    @Override
    public String toString() {
        if (!diagonal) {
            return Arrays.stream(matrix).map(Covariance::text).collect(Collectors.joining(", ", "[", "]"));
        }
        return DoubleStream.of(eigenvalues).distinct().count() == 1
                ? RegionExpression.textOf(eigenvalues[0])
                : text(eigenvalues);
    }
}
