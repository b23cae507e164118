package org.localmass.check;

/**
 * A region that the user named, and what was concluded about it.
 *
 * @param finding               the region with its masses
 * @param outcome               what was concluded
 * @param minimumDetectableMass the smallest reference mass that these draws would very probably have told apart from
 *     the approximation's mass of the region
 * @param sufficientDraws       effective draws of the reference in the region that would settle an inconclusive case;
 *     0 where nothing is missing
 */
public record RequestedRegion(
        Finding finding, RequestedOutcome outcome, double minimumDetectableMass, double sufficientDraws) {}
