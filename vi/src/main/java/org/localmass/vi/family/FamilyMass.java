package org.localmass.vi.family;

import java.util.Optional;
import org.localmass.core.region.Box;
import org.localmass.core.region.Complement;
import org.localmass.core.region.HalfSpace;
import org.localmass.core.region.Interval;
import org.localmass.core.region.Region;

/**
 * The log mass of one region under the members of a family, as a differentiable function of their parameters. It makes no
 * use of the target. Immutable and safe to use from several threads.
 */
public sealed interface FamilyMass permits StripMass, BoxMass, PointsMass {
    /** Dimension d. */
    int dimension();

    /** \( \log q(B) \), in nats. */
    double logMass(Mixture q);

    /**
     * \( \log q(B) \) and its gradient by the parameters; zero where the mass is.
     *
     * @param gradient {@link Mixture#parameterCount} places, overwritten
     */
    double logMass(Mixture q, double[] gradient);

    /**
     * Standard error of q(B) over q(B): 0 for a closed form, the spread of the weights for importance points. A value near
     * 1 says that one point makes the mass, and that the mass is not known.
     */
    default double relativeError(Mixture q) {
        return 0;
    }

    /**
     * The closed form, where the family has one: half-spaces and their complements and intervals of a coordinate for
     * every family, boxes for normal components with diagonal scales or where they bound one coordinate only. Empty for
     * other regions, which need {@link RegionPoints}.
     *
     * @throws IllegalArgumentException if the region is a single value, which no member of a family gives mass
     */
    static Optional<FamilyMass> closedForm(Region region, Family family) {
        if (region instanceof HalfSpace half) {
            return Optional.of(new StripMass(half.normal(), Double.NEGATIVE_INFINITY, half.offset()));
        }
        if (region instanceof Complement complement && complement.region() instanceof HalfSpace half) {
            return Optional.of(new StripMass(half.normal(), half.offset(), Double.POSITIVE_INFINITY));
        }
        if (region instanceof Interval interval) {
            return Optional.of(strip(region.dimension(), interval.coordinate(), interval.lower(), interval.upper()));
        }
        if (region instanceof Box box) {
            double[] lower = box.lower();
            double[] upper = box.upper();
            int[] bounded = box.coordinates();
            if (bounded.length == 1) {
                return Optional.of(strip(box.dimension(), bounded[0], lower[bounded[0]], upper[bounded[0]]));
            }
            boolean normal = true;
            for (int k = 0; k < family.components(); k++) {
                normal &= family.isNormal(k);
            }
            if (normal && family.form() == ScaleForm.MEAN_FIELD) {
                return Optional.of(new BoxMass(bounded, lower, upper));
            }
        }
        return Optional.empty();
    }

    private static FamilyMass strip(int dimension, int coordinate, double lower, double upper) {
        if (!(lower < upper)) {
            throw new IllegalArgumentException("region must have an interior, was the single value " + lower);
        }
        double[] normal = new double[dimension];
        normal[coordinate] = 1;
        return new StripMass(normal, lower, upper);
    }
}
