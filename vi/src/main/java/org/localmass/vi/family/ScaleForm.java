package org.localmass.vi.family;

/** What the scale matrix \( \Sigma \) of a component can be. */
public enum ScaleForm {
    /** Diagonal: d parameters. */
    MEAN_FIELD,
    /** A diagonal plus a matrix of low rank, \( D^2 + B B^\top \): d + d r parameters. */
    LOW_RANK,
    /** Any positive definite matrix, by its Cholesky factor: d (d + 1) / 2 parameters. */
    FULL
}
