package org.localmass.core.measure;

import org.apache.commons.numbers.core.DD;

/**
 * Eigenpairs of a symmetric matrix to more digits than an eigensolver in doubles gives: that one's error is 1e-16 of the
 * largest eigenvalue, which is much of a small one.
 *
 * <p>The eigenvectors V are made orthonormal in pairs of doubles, \( V \leftarrow V + (I - VV^T)V/2 \), and the nearly
 * diagonal \( VAV^T \) is turned into a diagonal one by Jacobi's rotations. Eigenvalues have full relative accuracy up to
 * a condition of about 1e14.
 */
final class EigenRefinement {
    /** Entries below this share of the diagonal do not change an eigenvalue. */
    private static final double NEGLIGIBLE = 0x1p-90;

    private static final int SWEEPS = 8;

    private final int d;
    private final DD[][] vectors;
    private final DD[][] product;

    private EigenRefinement(DD[][] vectors, DD[][] product) {
        this.d = vectors.length;
        this.vectors = vectors;
        this.product = product;
    }

    /**
     * Starts from eigenvectors in doubles and ends with better ones.
     *
     * @param matrix symmetric; not modified
     * @param basis  approximate eigenvectors, one a row; overwritten
     * @param values approximate eigenvalues, 0 exactly where the matrix is singular: these stay; overwritten
     * @return what the exact eigenvectors have more than the doubles of {@code basis}
     */
    static double[][] refine(double[][] matrix, double[][] basis, double[] values) {
        DD[][] vectors = orthonormal(basis);
        EigenRefinement work = new EigenRefinement(vectors, product(matrix, vectors));
        work.rotate(values);
        double[][] rest = new double[work.d][work.d];
        for (int i = 0; i < work.d; i++) {
            values[i] = values[i] == 0 ? 0 : work.product[i][i].doubleValue();
            for (int j = 0; j < work.d; j++) {
                basis[i][j] = work.vectors[i][j].hi();
                rest[i][j] = work.vectors[i][j].lo();
            }
        }
        return rest;
    }

    private static DD[][] orthonormal(double[][] basis) {
        int d = basis.length;
        double[][] gap = new double[d][d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j <= i; j++) {
                DD sum = DD.of(i == j ? -1.0 : 0.0);
                for (int k = 0; k < d; k++) {
                    sum = sum.add(DD.ofProduct(basis[i][k], basis[j][k]));
                }
                gap[i][j] = gap[j][i] = -0.5 * sum.doubleValue();
            }
        }
        DD[][] vectors = new DD[d][d];
        for (int i = 0; i < d; i++) {
            for (int k = 0; k < d; k++) {
                double change = 0;
                for (int j = 0; j < d; j++) {
                    change += gap[i][j] * basis[j][k];
                }
                vectors[i][k] = DD.ofSum(basis[i][k], change);
            }
        }
        return vectors;
    }

    private static DD[][] product(double[][] matrix, DD[][] vectors) {
        int d = matrix.length;
        DD[][] result = new DD[d][d];
        DD[] image = new DD[d];
        for (int i = 0; i < d; i++) {
            for (int k = 0; k < d; k++) {
                DD sum = DD.ZERO;
                for (int j = 0; j < d; j++) {
                    sum = sum.add(vectors[i][j].multiply(matrix[j][k]));
                }
                image[k] = sum;
            }
            for (int j = 0; j <= i; j++) {
                DD sum = DD.ZERO;
                for (int k = 0; k < d; k++) {
                    sum = sum.add(image[k].multiply(vectors[j][k]));
                }
                result[i][j] = sum;
                result[j][i] = sum;
            }
        }
        return result;
    }

    /** Jacobi's sweeps over pairs of eigenvalues that are not 0. */
    private void rotate(double[] values) {
        boolean changed = true;
        for (int sweep = 0; changed && sweep < SWEEPS; sweep++) {
            changed = false;
            for (int i = 0; i < d; i++) {
                for (int j = i + 1; j < d; j++) {
                    double scale = Math.sqrt(Math.abs(product[i][i].hi())) * Math.sqrt(Math.abs(product[j][j].hi()));
                    if (values[i] != 0 && values[j] != 0 && Math.abs(product[i][j].hi()) > NEGLIGIBLE * scale) {
                        rotate(i, j);
                        changed = true;
                    }
                }
            }
        }
    }

    private void rotate(int i, int j) {
        double ratio = product[j][j].subtract(product[i][i]).doubleValue() / (2 * product[i][j].hi());
        double tangent = Math.copySign(1, ratio) / (Math.abs(ratio) + Math.hypot(1, ratio));
        // the tangent may be rounded, the rotation must be one
        DD cosine = DD.ofSquare(tangent).add(1).sqrt().reciprocal();
        DD sine = cosine.multiply(tangent);
        for (int k = 0; k < d; k++) {
            DD first = product[i][k];
            DD second = product[j][k];
            product[i][k] = cosine.multiply(first).subtract(sine.multiply(second));
            product[j][k] = sine.multiply(first).add(cosine.multiply(second));
        }
        for (int k = 0; k < d; k++) {
            DD first = product[k][i];
            DD second = product[k][j];
            product[k][i] = cosine.multiply(first).subtract(sine.multiply(second));
            product[k][j] = sine.multiply(first).add(cosine.multiply(second));
        }
        for (int k = 0; k < d; k++) {
            DD first = vectors[i][k];
            DD second = vectors[j][k];
            vectors[i][k] = cosine.multiply(first).subtract(sine.multiply(second));
            vectors[j][k] = sine.multiply(first).add(cosine.multiply(second));
        }
    }
}
