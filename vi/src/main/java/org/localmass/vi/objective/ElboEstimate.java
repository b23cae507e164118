package org.localmass.vi.objective;

/**
 * An evidence lower bound, in nats.
 *
 * @param value         the mean
 * @param standardError of the mean
 */
public record ElboEstimate(double value, double standardError) {}
