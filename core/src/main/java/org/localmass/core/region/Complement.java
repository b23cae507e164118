package org.localmass.core.region;

/**
 * The points that are not in a region.
 *
 * @param region the region
 */
public record Complement(Region region) implements Region {
    @Override
    public int dimension() {
        return region.dimension();
    }

    @Override
    public int[] coordinates() {
        return region.coordinates();
    }

    @Override
    public boolean contains(double[] point) {
        return !region.contains(point);
    }

    @Override
    public String description() {
        return "!(" + region.description() + ")";
    }
}
