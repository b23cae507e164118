package org.localmass.estimate;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.localmass.core.draws.Draws;
import org.localmass.core.internal.Arguments;
import org.localmass.core.mass.MassCurve;
import org.localmass.core.mass.MassEstimate;
import org.localmass.core.region.Ball;

/**
 * Masses of nested balls about a point, or at infinity, from draws: one pass over the draws for all radii.
 *
 * <p>Each mass is that of {@link DrawsMass}; where no draw is inside, the log mass is {@code -inf} and the upper limit
 * finite. The slope at a radius is the difference quotient between its neighbours among the radii, NaN where a
 * neighbour's mass is 0. Intervals hold at each radius by itself.
 *
 * @param curve  logs of the masses and of their intervals
 * @param masses the masses themselves, one per radius
 */
public record DrawsCurve(MassCurve curve, List<MassEstimate> masses) {
    public DrawsCurve {
        masses = List.copyOf(masses);
    }

    /**
     * Balls {@code N(x - t) <= r} with the centre, coordinates and norm of a ball.
     *
     * @param radii positive and finite; not modified
     * @param level of the intervals, in (0, 1)
     * @throws IllegalArgumentException if the draws and the ball differ in dimension, or a radius is not positive
     */
    public static DrawsCurve about(Draws draws, Ball ball, double[] radii, double level) {
        Arguments.sameDimension(draws.dimension(), ball.dimension());
        return of(draws, PointRadii.about(draws, ball), radii, level);
    }

    /** Balls at infinity, {@code N(x) >= 1/r}, in the coordinates and norm of a ball about 0. */
    public static DrawsCurve atInfinity(Draws draws, Ball ball, double[] radii, double level) {
        Arguments.sameDimension(draws.dimension(), ball.dimension());
        return of(draws, PointRadii.atInfinity(draws, ball), radii, level);
    }

    /**
     * Radii that show what the draws can: geometric, from the radius of the fifth nearest draw off the point to that of
     * nine tenths, with two significant digits; 1 alone where all draws are at the point.
     *
     * @param ball  centre, coordinates and norm
     * @param count number of radii, at least 1; fewer where rounding makes some equal
     */
    public static double[] radii(Draws draws, Ball ball, boolean infinity, int count) {
        Arguments.positive("count", count);
        PointRadii points = infinity ? PointRadii.atInfinity(draws, ball) : PointRadii.about(draws, ball);
        double[] sorted = Arrays.stream(points.chains)
                .flatMapToDouble(Arrays::stream)
                .filter(r -> r > 0 && r < Double.POSITIVE_INFINITY)
                .sorted()
                .toArray();
        if (sorted.length == 0) {
            return new double[] {1};
        }
        double from = sorted[Math.min(4, sorted.length - 1)];
        double to = Math.max(from, sorted[(int) (0.9 * (sorted.length - 1))]);
        return Arrays.stream(MassCurve.radii(from, to, count))
                .map(r -> new BigDecimal(r).round(new MathContext(2)).doubleValue())
                .filter(r -> r > 0 && r < Double.POSITIVE_INFINITY)
                .distinct()
                .toArray();
    }

    private static DrawsCurve of(Draws draws, PointRadii points, double[] radii, double level) {
        for (double radius : radii) {
            Arguments.positive("radius", radius);
        }
        double coordinateTime = DrawsMass.coordinateTime(draws);
        DrawsMass mass = DrawsMass.withDefaults().withLevel(level);
        List<MassEstimate> masses = new ArrayList<>();
        int n = radii.length;
        double[] log = new double[n];
        double[] lower = new double[n];
        double[] upper = new double[n];
        for (int i = 0; i < n; i++) {
            Membership inside = points.within(radii[i]);
            MassEstimate one = mass.estimate(
                    draws, inside, coordinateTime, DrawsMass.indicatorTime(draws, inside, coordinateTime));
            masses.add(one);
            log[i] = Math.log(one.estimate());
            lower[i] = Math.log(one.lower());
            upper[i] = Math.log(one.upper());
        }
        double[] slope = new double[n];
        Arrays.fill(slope, Double.NaN);
        for (int i = 0; i < n; i++) {
            int left = Math.max(0, i - 1);
            int right = Math.min(n - 1, i + 1);
            if (log[left] > Double.NEGATIVE_INFINITY && log[right] > Double.NEGATIVE_INFINITY) {
                double rise = Math.log(radii[right]) - Math.log(radii[left]);
                slope[i] = rise == 0 ? Double.NaN : (log[right] - log[left]) / rise;
            }
        }
        return new DrawsCurve(new MassCurve(radii.clone(), log, lower, upper, slope), masses);
    }
}
