package org.localmass.core.updating;

import java.util.List;

/** A factor that is no product of others. Elements stand in a product in the order of {@code permits}. */
sealed interface Element extends LikelihoodFactor
        permits Regular, Soft, Support, CoordinatePowers, GroupPower, Hinge, PowerLog, Flat {
    /** Log of the value at the point itself: {@code -inf} for 0; NaN where the value has no limit. */
    double logValue();

    /** Place in a product. */
    int place();

    /** The elements of a factor. */
    static List<Element> of(LikelihoodFactor factor) {
        return factor instanceof FactorProduct product ? product.elements() : List.of((Element) factor);
    }

    /** Log of the value of a power at 0. */
    static double logValueOfPower(double g) {
        return g == 0 ? 0 : g > 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
}
