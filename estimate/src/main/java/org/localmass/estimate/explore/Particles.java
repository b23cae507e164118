package org.localmass.estimate.explore;

/** Points with their log densities, row-major. */
final class Particles {
    final int size;
    final int dimension;
    final int components;
    final double[] points;
    /** Gradients of log p. */
    final double[] gradients;

    final double[] logTarget;
    /** Log density of the mixture that the path starts from, and each component's share in it. */
    final double[] logBase;

    final double[] shares;

    Particles(int size, int dimension, int components) {
        this.size = size;
        this.dimension = dimension;
        this.components = components;
        this.points = new double[size * dimension];
        this.gradients = new double[size * dimension];
        this.logTarget = new double[size];
        this.logBase = new double[size];
        this.shares = new double[size * components];
    }

    /** Copies a particle of another set into this one. */
    void copy(Particles from, int i, int place) {
        System.arraycopy(from.points, i * dimension, points, place * dimension, dimension);
        System.arraycopy(from.gradients, i * dimension, gradients, place * dimension, dimension);
        System.arraycopy(from.shares, i * components, shares, place * components, components);
        logTarget[place] = from.logTarget[i];
        logBase[place] = from.logBase[i];
    }

    /** The component with the largest share in a particle's density. */
    int nearest(int i) {
        int best = 0;
        for (int k = 1; k < components; k++) {
            if (shares[i * components + k] > shares[i * components + best]) {
                best = k;
            }
        }
        return best;
    }
}
