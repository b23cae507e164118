package org.localmass.vi.atom;

import java.util.ArrayList;
import java.util.List;
import org.localmass.core.divergence.LocalRekl;
import org.localmass.core.divergence.Rekl;
import org.localmass.core.index.RadiusWindow;
import org.localmass.core.internal.Arguments;
import org.localmass.core.measure.Univariate;
import org.localmass.core.region.Norm;

/**
 * Two laws on the line beside each other in shrinking balls about a point: where one has an atom and the other a
 * density, the ratio of their masses falls with the radius, and no number of draws or parameters repairs that.
 *
 * <p>Slopes \( d\log m/d\log r \) are those between the smallest and the largest radius of a window of two decades: 0 at an
 * atom, 1 at a density. They differ by more than {@value #MARGIN}: the Mass Indices do not match.
 *
 * @param radii            decreasing
 * @param rows             masses and divergences, one for each radius
 * @param window           the two decades at the small end of the radii on which the slopes are read
 * @param referenceSlope   of p
 * @param approximateSlope of q
 */
public record AtomContrast(
        List<Double> radii, List<Row> rows, RadiusWindow window, double referenceSlope, double approximateSlope) {
    /** The difference of slopes from which on the Mass Indices do not match. */
    public static final double MARGIN = 0.25;

    private static final double SPAN = 100;

    public AtomContrast {
        radii = List.copyOf(radii);
        rows = List.copyOf(rows);
    }

    /**
     * One ball.
     *
     * @param radius   r
     * @param logMassP log p(B)
     * @param logMassQ log q(B)
     * @param forward  normalised divergence \( D_\alpha(q\|p;B)/p(B) \); 1 where q has lost the atom
     * @param backward normalised divergence \( D_\alpha(p\|q;B)/q(B) \); grows like 1/r where q has lost the atom, and is
     *     infinite there for orders from 1 on
     */
    public record Row(double radius, double logMassP, double logMassQ, double forward, double backward) {
        /** Log of q(B)/p(B). */
        public double logRatio() {
            return logMassQ - logMassP;
        }
    }

    /**
     * Compares two laws.
     *
     * @param p     the reference
     * @param q     the approximation
     * @param point where
     * @param radii positive, decreasing, at least one
     * @param alpha order of the divergences
     * @throws IllegalArgumentException if a value breaks these rules
     */
    public static AtomContrast of(Univariate p, Univariate q, double point, double[] radii, double alpha) {
        Arguments.finite("point", point);
        Arguments.positive("number of radii", radii.length);
        LocalRekl rekl = LocalRekl.of(alpha);
        double[] centre = {point};
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < radii.length; i++) {
            Arguments.positive("radii[" + i + "]", radii[i]);
            if (i > 0 && !(radii[i] < radii[i - 1])) {
                throw new IllegalArgumentException("radii must decrease, were " + radii[i - 1] + " and " + radii[i]);
            }
            Rekl forward = rekl.onBall(q, p, centre, radii[i], Norm.l2());
            Rekl backward = rekl.onBall(p, q, centre, radii[i], Norm.l2());
            rows.add(new Row(
                    radii[i],
                    p.logBallMass(point, radii[i]),
                    q.logBallMass(point, radii[i]),
                    forward.normalised(),
                    backward.normalised()));
        }
        RadiusWindow window = new RadiusWindow(radii[radii.length - 1], SPAN * radii[radii.length - 1]);
        List<Double> boxed = new ArrayList<>();
        for (double r : radii) {
            boxed.add(r);
        }
        return new AtomContrast(boxed, rows, window, slope(p, point, window), slope(q, point, window));
    }

    /** Slope of the log mass over a window of radii. */
    static double slope(Univariate law, double point, RadiusWindow window) {
        return (law.logBallMass(point, window.to()) - law.logBallMass(point, window.from()))
                / Math.log(window.to() / window.from());
    }

    /** Whether the slopes differ by more than {@value #MARGIN} over the two decades. */
    public boolean indexMismatch() {
        return Math.abs(referenceSlope - approximateSlope) > MARGIN;
    }
}
