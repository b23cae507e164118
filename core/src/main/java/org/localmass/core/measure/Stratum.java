package org.localmass.core.measure;

/**
 * A part of a measure on one carrier.
 *
 * @param carrier where it lives
 * @param logMass log of its whole mass
 * @param density log density, normalised to mass 1, with respect to Lebesgue measure on the carrier, as a function of
 *     the carrier's m coordinates; for an atom (m = 0) the function of no coordinate with value 0
 */
public record Stratum(Carrier carrier, double logMass, LogDensity density) {}
