package org.localmass.vi.atom;

/**
 * Visits all subsets of the coefficients of a regression; each is reached from a smaller one by one more row of the
 * Cholesky factor of its posterior precision \( X_S'X_S/\sigma^2 + I/v = LL' \).
 */
final class SubsetWalk {
    /** What is done at a subset. */
    interface Visitor {
        /** Reads the subset, whose arrays the walk goes on to change. */
        void visit(SubsetWalk subset);
    }

    private final SpikeSlabRegression model;
    private final double logOn;
    private final double logOff;
    private final int[] members;
    private final double[][] factor;
    /** \( L^{-1} X_S'y/\sigma^2 \). */
    private final double[] whitened;

    private int mask;
    private int size;

    SubsetWalk(SpikeSlabRegression model) {
        int p = model.dimension();
        this.model = model;
        this.logOn = Math.log(model.inclusion()) - 0.5 * Math.log(model.slabVariance());
        this.logOff = Math.log1p(-model.inclusion());
        this.members = new int[p];
        this.factor = new double[p][p];
        this.whitened = new double[p];
    }

    /** All subsets, the empty one first, in a fixed order. */
    void all(Visitor visitor) {
        mask = 0;
        size = 0;
        from(0, model.logNull(), visitor);
    }

    private double logJoint;

    private void from(int first, double log, Visitor visitor) {
        int p = members.length;
        logJoint = log + size * logOn + (p - size) * logOff;
        visitor.visit(this);
        for (int j = first; j < p; j++) {
            double gain = push(j);
            from(j + 1, log + gain, visitor);
            size--;
            mask &= ~(1 << j);
        }
    }

    /** One subset. */
    void only(int subset) {
        mask = 0;
        size = 0;
        for (int j = 0; j < members.length; j++) {
            if ((subset >> j & 1) == 1) {
                push(j);
            }
        }
    }

    /** Adds a coefficient; returns the change of the log likelihood integrated over the slab, without the log of v. */
    private double push(int j) {
        double[] row = factor[size];
        double square = model.gram(j, j) + 1 / model.slabVariance();
        double z = model.moment(j);
        for (int i = 0; i < size; i++) {
            double x = model.gram(j, members[i]);
            for (int k = 0; k < i; k++) {
                x -= row[k] * factor[i][k];
            }
            row[i] = x / factor[i][i];
            square -= row[i] * row[i];
            z -= row[i] * whitened[i];
        }
        row[size] = Math.sqrt(square);
        whitened[size] = z / row[size];
        members[size] = j;
        mask |= 1 << j;
        double gain = 0.5 * whitened[size] * whitened[size] - Math.log(row[size]);
        size++;
        return gain;
    }

    /** Bits of the members. */
    int mask() {
        return mask;
    }

    int size() {
        return size;
    }

    /** Member i, ascending. */
    int member(int i) {
        return members[i];
    }

    /** Log of the joint probability of data and subset. */
    double logJoint() {
        return logJoint;
    }

    /** \( L^{-1}a_S \) into {@code u}; returns the mean of \( a'\beta \) given the subset, its variance is |u|^2. */
    double project(double[] a, double[] u) {
        double mean = 0;
        for (int i = 0; i < size; i++) {
            double x = a[members[i]];
            for (int k = 0; k < i; k++) {
                x -= factor[i][k] * u[k];
            }
            u[i] = x / factor[i][i];
            mean += u[i] * whitened[i];
        }
        return mean;
    }

    /** Log posterior density of the members at a point, given the subset. */
    double logDensity(double[] point) {
        double log = -0.5 * size * Math.log(2 * Math.PI);
        for (int k = 0; k < size; k++) {
            // (L'(x - mean))_k, with L' mean = L^{-1} b
            double y = -whitened[k];
            for (int i = k; i < size; i++) {
                y += factor[i][k] * point[members[i]];
            }
            log += Math.log(factor[k][k]) - 0.5 * y * y;
        }
        return log;
    }

    /** Overwrites {@code noise} (standard normal, one for each member) by a draw of the members. */
    void toDraw(double[] noise) {
        for (int k = size - 1; k >= 0; k--) {
            double x = whitened[k] + noise[k];
            for (int i = k + 1; i < size; i++) {
                x -= factor[i][k] * noise[i];
            }
            noise[k] = x / factor[k][k];
        }
    }
}
