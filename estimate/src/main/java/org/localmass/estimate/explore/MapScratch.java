package org.localmass.estimate.explore;

/** Working space for the maps of one dimension, so that they allocate nothing. One for each thread. */
final class MapScratch {
    /** Standardised drivers, and the gradient in them. */
    final double[] u;

    final double[] slope;
    final double[] scale;
    final double[] location;
    final double[] ofScale;
    final double[] ofPlace;
    /** Log scales of the rest, their exponentials, the scaled residuals, and the gradient in the rotated rest. */
    final double[] logScale;

    final double[] factor;
    final double[] residual;
    final double[] rest;
    /** Whole points: base coordinates for {@link DriverMap#logDensity}. */
    final double[] base;

    private final int dimension;

    MapScratch(int dimension) {
        this.dimension = dimension;
        int m = Math.min(dimension, DriverFeatures.MOST_DRIVERS);
        u = new double[m];
        slope = new double[m];
        scale = new double[DriverFeatures.mostScale(m)];
        ofScale = new double[scale.length];
        location = new double[DriverFeatures.mostLocation(m)];
        ofPlace = new double[location.length];
        logScale = new double[dimension];
        factor = new double[dimension];
        residual = new double[dimension];
        rest = new double[dimension];
        base = new double[dimension];
    }

    int dimension() {
        return dimension;
    }
}
