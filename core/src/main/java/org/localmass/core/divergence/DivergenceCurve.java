package org.localmass.core.divergence;

import java.util.ArrayList;
import java.util.List;
import org.localmass.core.measure.Distribution;
import org.localmass.core.region.Norm;

/**
 * Local RE-KL of two distributions in both directions, over the radius of balls.
 *
 * @param radii    r, as given
 * @param forward  \( D_\alpha(q\|p;B_r) \)
 * @param backward \( D_\alpha(p\|q;B_r) \)
 */
public record DivergenceCurve(List<Double> radii, List<Rekl> forward, List<Rekl> backward) {
    public DivergenceCurve {
        radii = List.copyOf(radii);
        forward = List.copyOf(forward);
        backward = List.copyOf(backward);
    }

    /**
     * The curve about a point.
     *
     * @param radii positive and finite
     * @throws org.localmass.core.measure.NoClosedFormException if the laws and the norm have no form that reduces to
     *     integrals on the line
     */
    public static DivergenceCurve about(
            LocalRekl rekl, Distribution q, Distribution p, double[] centre, Norm norm, double[] radii) {
        return of(radii, r -> rekl.onBall(q, p, centre, r, norm), r -> rekl.onBall(p, q, centre, r, norm));
    }

    /** The curve on {@code N(x) >= 1/r}. */
    public static DivergenceCurve atInfinity(
            LocalRekl rekl, Distribution q, Distribution p, Norm norm, double[] radii) {
        return of(radii, r -> rekl.atInfinity(q, p, 1 / r, norm), r -> rekl.atInfinity(p, q, 1 / r, norm));
    }

    private interface OfRadius {
        Rekl at(double radius);
    }

    private static DivergenceCurve of(double[] radii, OfRadius forward, OfRadius backward) {
        List<Double> sizes = new ArrayList<>();
        List<Rekl> there = new ArrayList<>();
        List<Rekl> back = new ArrayList<>();
        for (double radius : radii) {
            sizes.add(radius);
            try {
                there.add(forward.at(radius));
                back.add(backward.at(radius));
            } catch (IntegrationException e) {
                throw e.on("the ball of radius " + radius);
            }
        }
        return new DivergenceCurve(sizes, there, back);
    }
}
