package org.localmass.vi.objective;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.localmass.core.internal.Arguments;
import org.localmass.core.region.Complement;
import org.localmass.core.region.HalfSpace;
import org.localmass.core.region.Region;
import org.localmass.vi.family.Family;
import org.localmass.vi.family.FamilyMass;

/** Regions whose probabilities are read from a weighted reference. */
public final class ReferenceRegions {
    private ReferenceRegions() {}

    /**
     * A region with the reference's probability and its standard error, \( \sqrt{\sum_i W_i^2(1_B(x_i)-\hat p)^2} \), as
     * for independent weighted draws.
     *
     * @param mass the region's mass under the family, in closed form or by points
     * @throws IllegalArgumentException if no point of positive weight lies in the region
     */
    public static TrackedRegion of(String name, Region region, FamilyMass mass, Reference reference) {
        Arguments.sameDimension(reference.dimension(), region.dimension());
        double inside = 0;
        for (int i = 0; i < reference.size(); i++) {
            if (region.contains(reference.point(i))) {
                inside += reference.weight(i);
            }
        }
        if (!(inside > 0)) {
            throw new IllegalArgumentException("region must hold a point of the reference, held none: " + name);
        }
        double variance = 0;
        for (int i = 0; i < reference.size(); i++) {
            double w = reference.weight(i);
            double gap = (region.contains(reference.point(i)) ? 1 : 0) - inside;
            variance += w * w * gap * gap;
        }
        return new TrackedRegion(name, mass, Math.min(0, Math.log(inside)), Math.sqrt(variance) / inside);
    }

    /**
     * The lower and upper tails of the first coordinates, at most 50, at a level.
     *
     * @param names names of all coordinates
     * @param level probability of a tail, below 0.5: 0.01 where the reference is good, else 0.025
     * @return two regions per coordinate, named {@code x-} and {@code x+}; a tail without a point is left out
     */
    public static List<TrackedRegion> tails(List<String> names, Family family, Reference reference, double level) {
        Arguments.sameDimension(reference.dimension(), names.size());
        if (!(level > 0 && level < 0.5)) {
            throw new IllegalArgumentException("level must lie strictly between 0 and 0.5, was " + level);
        }
        List<TrackedRegion> regions = new ArrayList<>();
        Integer[] order = new Integer[reference.size()];
        Arrays.setAll(order, i -> i);
        for (int j = 0; j < Math.min(names.size(), 50); j++) {
            int coordinate = j;
            Arrays.sort(order, Comparator.comparingDouble(i -> reference.point(i)[coordinate]));
            double[] normal = new double[names.size()];
            normal[j] = 1;
            for (int side = -1; side <= 1; side += 2) {
                double sum = 0;
                int count = 0;
                while (count < order.length - 1 && sum < level * (1 - 1e-12)) {
                    sum += reference.weight(order[side < 0 ? count : order.length - 1 - count]);
                    count++;
                }
                double last = reference.point(order[side < 0 ? count - 1 : order.length - count])[j];
                double next = reference.point(order[side < 0 ? count : order.length - 1 - count])[j];
                Region below = HalfSpace.of(names, normal, 0.5 * (last + next));
                Region tail = side < 0 ? below : new Complement(below);
                FamilyMass mass = FamilyMass.closedForm(tail, family).orElseThrow();
                if (last != next && sum > 0 && sum < 1) {
                    regions.add(of(names.get(j) + (side < 0 ? "-" : "+"), tail, mass, reference));
                }
            }
        }
        return regions;
    }
}
