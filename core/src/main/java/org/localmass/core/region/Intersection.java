package org.localmass.core.region;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.localmass.core.internal.Arguments;

/**
 * The points that are in every one of some regions.
 *
 * @param regions at least one region, all of one dimension
 */
public record Intersection(List<Region> regions) implements Region {
    public Intersection {
        regions = List.copyOf(regions);
        Arguments.positive("number of regions", regions.size());
        for (Region region : regions) {
            Arguments.sameDimension(regions.get(0).dimension(), region.dimension());
        }
    }

    @Override
    public int dimension() {
        return regions.get(0).dimension();
    }

    @Override
    public int[] coordinates() {
        return regions.stream()
                .flatMapToInt(region -> IntStream.of(region.coordinates()))
                .distinct()
                .sorted()
                .toArray();
    }

    @Override
    public boolean contains(double[] point) {
        for (Region region : regions) {
            if (!region.contains(point)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String description() {
        return regions.stream().map(region -> "(" + region.description() + ")").collect(Collectors.joining(" & "));
    }
}
