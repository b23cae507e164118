package org.localmass.check;

import java.util.List;
import org.localmass.core.mass.MassEstimate;
import org.localmass.core.mass.RatioEstimate;
import org.localmass.core.region.Ball;

/**
 * Masses of nested balls around a centre that the user named; all lists run along the radii.
 *
 * @param centre        the outermost ball: coordinates, centre and norm
 * @param radii         ascending radii
 * @param reference     masses under the reference, pointwise intervals
 * @param approximation masses under the approximation, pointwise intervals
 * @param ratio         q/p, pointwise intervals
 * @param index         Mass Index of either measure at the centre
 */
public record BallCurve(
        Ball centre,
        List<Double> radii,
        List<MassEstimate> reference,
        List<MassEstimate> approximation,
        List<RatioEstimate> ratio,
        BallIndex index) {
    public BallCurve {
        radii = List.copyOf(radii);
        reference = List.copyOf(reference);
        approximation = List.copyOf(approximation);
        ratio = List.copyOf(ratio);
    }
}
