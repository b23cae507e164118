package org.localmass.check;

import java.util.List;
import org.localmass.core.mass.MassEstimate;
import org.localmass.core.mass.RatioEstimate;
import org.localmass.core.region.Region;

/**
 * A mode of the pooled draws of reference and approximation, in all parameters together.
 *
 * @param id                short name within the report: {@code M1}, {@code M2}, ... by falling mass
 * @param label             where it lies, by the two or three parameters that tell it from the other modes
 * @param basin             the draws that belong to it: the region between the valleys of the density
 * @param names             parameter names
 * @param centre            median of each parameter over the basin
 * @param referenceMass     mass of the basin under the reference
 * @param approximationMass mass of the basin under the approximation
 * @param ratio             q/p
 * @param explanation       one sentence
 */
public record Mode(
        String id,
        String label,
        Region basin,
        List<String> names,
        List<Double> centre,
        MassEstimate referenceMass,
        MassEstimate approximationMass,
        RatioEstimate ratio,
        String explanation) {
    public Mode {
        names = List.copyOf(names);
        centre = List.copyOf(centre);
    }
}
