package org.localmass.estimate;

/**
 * A score that averages over the draws, with its Monte Carlo standard error.
 *
 * @param estimate      the score, nats; infinite where a draw of q has density zero under p
 * @param standardError its standard error; NaN where the score is infinite or there is one draw
 */
public record ScoreEstimate(double estimate, double standardError) {}
