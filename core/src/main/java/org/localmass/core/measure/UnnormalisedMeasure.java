package org.localmass.core.measure;

/**
 * A measure known by its log density up to a constant. It has no masses, only ratios of masses, which estimators give.
 *
 * @param logDensity log density plus an unknown constant
 */
public record UnnormalisedMeasure(LogDensity logDensity) {}
