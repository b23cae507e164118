package org.localmass.estimate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;
import org.localmass.core.mass.MassEstimate;
import org.localmass.core.region.Ball;

/**
 * One of two measures about a centre: its draws in the coordinates of the balls, their distances, and what else is known
 * of it. Immutable.
 */
public final class LocalSide {
    private final Draws draws;
    private final double[][] distances;
    private final double time;
    private final @Nullable DoubleUnaryOperator logMass;
    private final @Nullable ToDoubleFunction<double[]> logDensity;

    private LocalSide(
            Draws draws,
            double[][] distances,
            double time,
            @Nullable DoubleUnaryOperator logMass,
            @Nullable ToDoubleFunction<double[]> logDensity) {
        this.draws = draws;
        this.distances = distances;
        this.time = time;
        this.logMass = logMass;
        this.logDensity = logDensity;
    }

    /**
     * Draws about the centre of a ball.
     *
     * @param ball coordinates, centre and norm; its radius is not used
     * @param time autocorrelation time of the coordinates, {@link DrawsMass#coordinateTime}
     * @throws IllegalArgumentException if the draws and the ball differ in dimension
     */
    public static LocalSide about(Draws draws, Ball ball, double time) {
        return new LocalSide(
                draws.select(ball.coordinateNames()), NestedBalls.distances(draws, ball), time, null, null);
    }

    /**
     * Draws about infinity: the ball of radius r is {@code N(x) >= 1/r}.
     *
     * @param ball coordinates and norm, centred at 0
     */
    public static LocalSide atInfinity(Draws draws, Ball ball, double time) {
        double[][] inverse = NestedBalls.distances(draws, ball);
        for (double[] chain : inverse) {
            for (int t = 0; t < chain.length; t++) {
                chain[t] = 1 / chain[t];
            }
        }
        return new LocalSide(draws.select(ball.coordinateNames()), inverse, time, null, null);
    }

    /** The same draws of a measure whose masses are known: log of the mass over the radius. */
    public LocalSide withMasses(DoubleUnaryOperator exactLogMass) {
        return new LocalSide(draws, distances, time, exactLogMass, logDensity);
    }

    /** The same draws of a measure whose normalised log density in the balls' coordinates is known. */
    public LocalSide withDensity(ToDoubleFunction<double[]> normalisedLogDensity) {
        return new LocalSide(draws, distances, time, logMass, normalisedLogDensity);
    }

    Draws draws() {
        return draws;
    }

    double[][] distances() {
        return distances;
    }

    double time() {
        return time;
    }

    @Nullable
    ToDoubleFunction<double[]> logDensity() {
        return logDensity;
    }

    /** Number of draws in the ball. */
    int hits(double radius) {
        int hits = 0;
        for (double[] chain : distances) {
            for (double distance : chain) {
                hits += distance <= radius ? 1 : 0;
            }
        }
        return hits;
    }

    /** Masses of the ball at several levels. */
    MassEstimate[] masses(double radius, double... levels) {
        MassEstimate[] masses = new MassEstimate[levels.length];
        if (logMass != null) {
            double exact = Math.exp(logMass.applyAsDouble(radius));
            double infinity = Double.POSITIVE_INFINITY;
            java.util.Arrays.fill(masses, new MassEstimate(exact, exact, exact, infinity, infinity, 0, 0, List.of()));
            return masses;
        }
        Membership membership = Membership.within(distances, radius);
        double indicatorTime = DrawsMass.indicatorTime(draws, membership, time);
        for (int i = 0; i < levels.length; i++) {
            masses[i] = DrawsMass.withDefaults().withLevel(levels[i]).estimate(draws, membership, time, indicatorTime);
        }
        return masses;
    }

    /** One half of each chain, the first or the second, without the knowledge of masses; null where there is none. */
    @Nullable
    LocalSide half(boolean second) {
        List<Chain> chains = new ArrayList<>();
        List<double[]> rows = new ArrayList<>();
        for (int c = 0; c < distances.length; c++) {
            int n = distances[c].length;
            if (n >= 2 && hasWeight(c, second ? n / 2 : 0, second ? n : n / 2)) {
                chains.add(draws.chains().get(c).slice(second ? n / 2 : 0, second ? n : n / 2));
                rows.add(java.util.Arrays.copyOfRange(distances[c], second ? n / 2 : 0, second ? n : n / 2));
            }
        }
        return chains.isEmpty()
                ? null
                : new LocalSide(draws.withChains(chains), rows.toArray(double[][]::new), time, null, logDensity);
    }

    private boolean hasWeight(int c, int from, int to) {
        Chain chain = draws.chains().get(c);
        for (int t = from; t < to; t++) {
            if (chain.logWeight(t) > Double.NEGATIVE_INFINITY) {
                return true;
            }
        }
        return false;
    }
}
