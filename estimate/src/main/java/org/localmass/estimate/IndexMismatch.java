package org.localmass.estimate;

import java.util.Arrays;
import org.localmass.core.draws.Draws;
import org.localmass.core.draws.Sampling;
import org.localmass.core.index.Exponent;
import org.localmass.core.internal.Arguments;
import org.localmass.core.region.Ball;

/**
 * Whether two sets of draws have the same local scale at a point: do the slopes of their masses over two decades of
 * radii differ by more than a stated amount?
 *
 * <p>The slope of each side is that of a power law on [R/100, R], radii below R/100 being only known to lie there:
 * \( \hat\kappa = k / (S + m \log 100) \), k draws inside, m below; its standard error is \( \hat\kappa/\sqrt{k_e} \). R is
 * the smaller of the radii that hold a tenth of either set, draws at the point itself left out. Both slopes are those of
 * this window, which the set with the larger slope has fewer draws in.
 * <br>Accuracy: coverage, errors and power are measured in docs/quality/mass-index.md. Slopes that differ by the margin or
 * less are called different in at most 3 % of runs; slopes that differ by {@code detectable} in about 80 %.
 * <br>Source: docs/theory.md, E7.2; docs/mass-index.md.
 *
 * @param outcome      what was concluded
 * @param first        slope of the first set, with its interval
 * @param second       slope of the second set
 * @param difference   second less first
 * @param margin       the amount that the slopes may differ by
 * @param detectable   the smallest difference that would be found with probability 0.8 by sets with as many draws in the
 *     window; infinite where no difference would be
 * @param from         R/100
 * @param to           R
 * @param firstDraws   effective draws of the first set between them
 * @param secondDraws  effective draws of the second set
 */
public record IndexMismatch(
        Outcome outcome,
        Exponent first,
        Exponent second,
        Exponent difference,
        double margin,
        double detectable,
        double from,
        double to,
        double firstDraws,
        double secondDraws) {
    /** What was concluded. */
    public enum Outcome {
        /** The whole interval of the difference is beyond the margin. */
        DIFFERENT,
        /** The whole interval of the difference is within the margin. */
        SAME,
        /** Neither. */
        INCONCLUSIVE
    }

    /** Ratio of the outer to the inner radius. */
    public static final double SPAN = 100;

    private static final double SHARE = 0.1;
    private static final double LEAST = 10;
    /** Normal quantile of 0.8. */
    private static final double POWER = 0.8416212335729143;

    /**
     * Compares two sets of draws.
     *
     * @param ball   centre, coordinates and norm; its radius plays no part
     * @param margin positive
     * @param level  of the intervals, in (0, 1)
     * @throws IllegalArgumentException if the draws and the ball differ in dimension
     */
    public static IndexMismatch of(Draws first, Draws second, Ball ball, double margin, double level) {
        Arguments.positive("margin", margin);
        Arguments.fraction("level", level);
        Arguments.sameDimension(first.dimension(), ball.dimension());
        Arguments.sameDimension(second.dimension(), ball.dimension());
        PointRadii a = PointRadii.about(first, ball);
        PointRadii b = PointRadii.about(second, ball);
        double radius = Math.min(reach(a), reach(b));
        if (!(radius > 0 && radius < Double.POSITIVE_INFINITY)) {
            Exponent unknown = new Exponent(Double.NaN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
            return new IndexMismatch(
                    Outcome.INCONCLUSIVE,
                    unknown,
                    unknown,
                    unknown,
                    margin,
                    Double.POSITIVE_INFINITY,
                    Double.NaN,
                    Double.NaN,
                    0,
                    0);
        }
        double z = Math.sqrt(ChiSquare.upper(1 - level, 1));
        Side one = Side.of(a, radius, first.sampling());
        Side two = Side.of(b, radius, second.sampling());
        double gap = two.slope - one.slope;
        double error = Math.hypot(one.error, two.error);
        boolean enough = one.effective >= LEAST && two.effective >= LEAST;
        Exponent difference = enough
                ? new Exponent(gap, gap - z * error, gap + z * error)
                : new Exponent(gap, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        Outcome outcome = difference.lower() > margin || difference.upper() < -margin
                ? Outcome.DIFFERENT
                : difference.lower() > -margin && difference.upper() < margin ? Outcome.SAME : Outcome.INCONCLUSIVE;
        return new IndexMismatch(
                outcome,
                one.exponent(z),
                two.exponent(z),
                difference,
                margin,
                enough ? detectable(one, two, margin, z) : Double.POSITIVE_INFINITY,
                radius / SPAN,
                radius,
                one.effective,
                two.effective);
    }

    /**
     * The difference D with {@code D - margin = (z + z_0.8) error(D)}: one slope is the smaller of the two, the other larger
     * by D and read from as few draws as the poorer set has.
     */
    private static double detectable(Side one, Side two, double margin, double z) {
        double slope = Math.min(one.slope, two.slope);
        double lesser = slope * slope / Math.max(one.effective, two.effective);
        double q = (z + POWER) * (z + POWER);
        double share = q / Math.min(one.effective, two.effective);
        double a = 1 - share;
        double b = margin + share * slope;
        double c = margin * margin - q * lesser - share * slope * slope;
        return a > 0 ? (b + Math.sqrt(b * b - a * c)) / a : Double.POSITIVE_INFINITY;
    }

    /** The radius that holds a tenth of the draws off the point. */
    private static double reach(PointRadii radii) {
        double[] positive = Arrays.stream(radii.chains)
                .flatMapToDouble(Arrays::stream)
                .filter(r -> r > 0)
                .sorted()
                .toArray();
        return positive.length == 0 ? Double.POSITIVE_INFINITY : positive[(int) (SHARE * (positive.length - 1))];
    }

    /** The slope of one set. */
    private record Side(double slope, double error, double effective) {
        static Side of(PointRadii radii, double radius, Sampling sampling) {
            double inner = radius / SPAN;
            double inside = 0;
            double squares = 0;
            double sum = 0;
            for (int c = 0; c < radii.chains.length; c++) {
                for (int t = 0; t < radii.chains[c].length; t++) {
                    double rho = radii.chains[c][t];
                    double w = radii.weights[c][t];
                    if (rho > 0 && rho <= radius) {
                        sum += w * Math.log(radius / Math.max(rho, inner));
                        inside += rho > inner ? w : 0;
                        squares += rho > inner ? w * w : 0;
                    }
                }
            }
            if (inside == 0 || sum == 0) {
                return new Side(Double.NaN, Double.POSITIVE_INFINITY, 0);
            }
            double slope = inside / sum;
            double[][] terms = new double[radii.chains.length][];
            for (int c = 0; c < terms.length; c++) {
                terms[c] = new double[radii.chains[c].length];
                for (int t = 0; t < terms[c].length; t++) {
                    double rho = radii.chains[c][t];
                    if (rho > 0 && rho <= radius) {
                        double event = rho > inner ? 1 : 0;
                        terms[c][t] = radii.weights[c][t] * (event - slope * Math.log(radius / Math.max(rho, inner)));
                    }
                }
            }
            double time = sampling == Sampling.INDEPENDENT
                    ? 1
                    : DrawsIndex.lengthened(Autocorrelation.time(terms), inside * inside / squares);
            double effective = inside * inside / squares / time;
            return new Side(slope, slope / Math.sqrt(effective), effective);
        }

        Exponent exponent(double z) {
            return new Exponent(slope, Math.max(0, slope - z * error), slope + z * error);
        }
    }
}
