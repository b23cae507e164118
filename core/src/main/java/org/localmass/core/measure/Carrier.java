package org.localmass.core.measure;

import java.util.Arrays;
import org.localmass.core.internal.Arguments;

/**
 * The set that carries a stratum: an affine subspace of R^d. Carriers are equal when their descriptions are: the free
 * coordinates and offsets of a coordinate subspace, or basis and offset of another one.
 *
 * <p>Source: docs/theory.md D1.1.
 */
public final class Carrier {
    private final int[] free;
    private final double[] offset;
    private final double[][] basis;

    private Carrier(int[] free, double[] offset, double[][] basis) {
        this.free = free;
        this.offset = offset;
        this.basis = basis;
    }

    /** All of R^d. */
    public static Carrier whole(int dimension) {
        Arguments.positive("dimension", dimension);
        int[] free = new int[dimension];
        Arrays.setAll(free, i -> i);
        return new Carrier(free, new double[dimension], new double[0][]);
    }

    /**
     * The points whose coordinates outside {@code free} have the values of {@code offset}; a single point where no
     * coordinate is free.
     *
     * @param free   free coordinates, ascending
     * @param offset d finite values; those of free coordinates are not used
     */
    public static Carrier coordinates(int[] free, double[] offset) {
        double[] fixed = Arguments.finite("offset", offset.clone());
        for (int i = 0; i < free.length; i++) {
            if (free[i] < 0 || free[i] >= offset.length || (i > 0 && free[i - 1] >= free[i])) {
                throw new IllegalArgumentException(
                        "free must ascend within 0 to " + (offset.length - 1) + ", was " + Arrays.toString(free));
            }
            fixed[free[i]] = 0;
        }
        for (int j = 0; j < fixed.length; j++) {
            fixed[j] += 0.0; // -0 and 0 are one place
        }
        return new Carrier(free.clone(), fixed, new double[0][]);
    }

    /**
     * The points \( offset + \sum_i u_i\, basis_i \).
     *
     * @param basis m orthonormal vectors of length d
     */
    public static Carrier affine(double[][] basis, double[] offset) {
        double[][] copy = new double[basis.length][];
        for (int i = 0; i < basis.length; i++) {
            Arguments.sameDimension(offset.length, basis[i].length);
            copy[i] = Arguments.finite("basis[" + i + "]", basis[i].clone());
        }
        return new Carrier(new int[basis.length], Arguments.finite("offset", offset.clone()), copy);
    }

    /** Dimension d of the space. */
    public int ambientDimension() {
        return offset.length;
    }

    /** Dimension m of the carrier, 0 for a point. */
    public int dimension() {
        return free.length;
    }

    /** Whether the carrier is all of R^d. */
    public boolean isWhole() {
        return free.length == offset.length;
    }

    /** Whether the carrier fixes some coordinates and leaves the others free. */
    public boolean isAligned() {
        return basis.length == 0;
    }

    /** The free coordinates of an aligned carrier, ascending. A copy. */
    public int[] free() {
        return free.clone();
    }

    /** The fixed values of an aligned carrier (0 at free coordinates), or a point of another one. A copy. */
    public double[] offset() {
        return offset.clone();
    }

    /** Basis vectors of a carrier that is not aligned; no rows for an aligned one. A copy. */
    public double[][] basis() {
        double[][] copy = new double[basis.length][];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = basis[i].clone();
        }
        return copy;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Carrier carrier
                && Arrays.equals(free, carrier.free)
                && Arrays.equals(offset, carrier.offset)
                && Arrays.deepEquals(basis, carrier.basis);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Arrays.hashCode(free) + Arrays.hashCode(offset)) + Arrays.deepHashCode(basis);
    }
}
