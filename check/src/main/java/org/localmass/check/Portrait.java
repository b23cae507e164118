package org.localmass.check;

import java.util.List;
import java.util.Optional;

/**
 * What the figures of a report show. Nothing here takes part in a verdict.
 *
 * @param massMap    q against the quantiles of p, parameter by parameter
 * @param parameters effective draws and R-hat, parameter by parameter
 * @param pictures   pictures of the first regions, findings before requested regions
 */
public record Portrait(MassMap massMap, List<ParameterQuality> parameters, List<RegionPicture> pictures) {
    private static final Portrait NONE = new Portrait(new MassMap(List.of(), List.of()), List.of(), List.of());

    public Portrait {
        parameters = List.copyOf(parameters);
        pictures = List.copyOf(pictures);
    }

    /** Nothing to show. */
    public static Portrait none() {
        return NONE;
    }

    /** The picture of a region, if there is one. */
    public Optional<RegionPicture> picture(String id) {
        return pictures.stream().filter(p -> p.id().equals(id)).findFirst();
    }
}
