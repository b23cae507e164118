package org.localmass.estimate.explore;

/**
 * A map and how well it describes the points it was fitted to.
 *
 * @param map           the map
 * @param logLikelihood weighted mean of log q, nats a point
 * @param score         the same less the price of its coefficients, {@code parameters log(n) / (2n)}, n effective
 */
record FittedMap(DriverMap map, double logLikelihood, double score) {}
