package org.localmass.check;

import org.localmass.core.mass.MassEstimate;
import org.localmass.core.region.Region;

/**
 * A region that the search proposed on one half of the draws, with what the other half says of it.
 *
 * @param region         the region
 * @param view           the view that proposed it
 * @param direction      the error that the proposing half showed
 * @param reference      mass under the reference, interval valid for all regions of the proposing half at once
 * @param approximation  mass under the approximation, interval likewise
 * @param pValue         two-sided p-value of equal masses
 * @param adjustedPValue adjusted (Holm) for all regions of the proposing half, and doubled for the two halves
 * @param eValue         evidence against equal masses
 * @param confirmed      whether e-BH over both halves confirms it, in the direction proposed
 */
public record TestedRegion(
        Region region,
        View view,
        Direction direction,
        MassEstimate reference,
        MassEstimate approximation,
        double pValue,
        double adjustedPValue,
        double eValue,
        boolean confirmed) {}
