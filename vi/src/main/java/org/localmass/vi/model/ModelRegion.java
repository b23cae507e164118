package org.localmass.vi.model;

import java.util.stream.IntStream;
import org.localmass.core.internal.Arguments;
import org.localmass.core.region.Predicate;
import org.localmass.core.region.Region;

/** Regions of a model's parameters as regions of its unconstrained coordinates. */
public final class ModelRegion {
    private ModelRegion() {}

    /**
     * The unconstrained points whose parameters lie in a region.
     *
     * @param region over the model's parameters, in the order of {@link Model#parameterNames}
     * @throws IllegalArgumentException if the region has another dimension
     */
    public static Region of(Model model, Region region) {
        int parameters = model.parameterNames().size();
        Arguments.sameDimension(parameters, region.dimension());
        int d = model.dimension();
        return Predicate.of(d, IntStream.range(0, d).toArray(), region.description(), u -> {
            double[] constrained = new double[parameters];
            model.constrain(u, constrained);
            return region.contains(constrained);
        });
    }
}
