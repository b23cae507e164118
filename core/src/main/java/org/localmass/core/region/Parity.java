package org.localmass.core.region;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.localmass.core.internal.Arguments;

/**
 * The points that lie in an odd (or even) number of some regions.
 *
 * @param regions one to six regions, all of one dimension
 * @param odd     whether the number must be odd
 */
public record Parity(List<Region> regions, boolean odd) implements Region {
    private static final int MOST = 6;

    public Parity {
        regions = List.copyOf(regions);
        Arguments.positive("number of regions", regions.size());
        if (regions.size() > MOST) {
            throw new IllegalArgumentException("number of regions must be at most " + MOST + ", was " + regions.size());
        }
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
        boolean in = !odd;
        for (Region region : regions) {
            in ^= region.contains(point);
        }
        return in;
    }

    /** All combinations that count, joined by {@code |}. */
    @Override
    public String description() {
        List<String> combinations = new ArrayList<>();
        for (int mask = (1 << regions.size()) - 1; mask >= 0; mask--) {
            if ((Integer.bitCount(mask) % 2 == 1) == odd) {
                List<String> parts = new ArrayList<>();
                for (int i = 0; i < regions.size(); i++) {
                    String part = "(" + regions.get(i).description() + ")";
                    parts.add((mask >> i & 1) == 1 ? part : "!" + part);
                }
                combinations.add("(" + String.join(" & ", parts) + ")");
            }
        }
        return String.join(" | ", combinations);
    }
}
