package org.localmass.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;
import org.localmass.core.mass.MassEstimate;
import org.localmass.core.mass.RatioEstimate;
import org.localmass.core.region.Ball;
import org.localmass.core.region.Norm;
import org.localmass.estimate.DrawsMass;
import org.localmass.estimate.MassComparison;

/**
 * Masses of nested balls around a centre.
 *
 * <p>Radii: 1, 2 and 5 times powers of ten, from the first that holds at least one draw of either set to the first that
 * holds nine tenths of the reference; at most the 18 largest.
 */
final class BallScan {
    private static final int MOST_RADII = 18;

    private BallScan() {}

    static BallCurve of(
            RequestedBall requested,
            Draws reference,
            Draws approximation,
            double referenceTime,
            double approximationTime,
            double level) {
        Norm norm = norm(requested, reference);
        Ball unit = requested.centre().ball(1, norm);
        double[] p = distances(reference, unit);
        double[] q = distances(approximation, unit);
        List<Double> radii = radii(p, q);
        List<MassEstimate> massesP = new ArrayList<>();
        List<MassEstimate> massesQ = new ArrayList<>();
        List<RatioEstimate> ratios = new ArrayList<>();
        DrawsMass mass = DrawsMass.withDefaults().withLevel(level);
        for (double r : radii) {
            Ball ball = unit.withRadius(r);
            massesP.add(mass.estimate(reference, ball, referenceTime));
            massesQ.add(mass.estimate(approximation, ball, approximationTime));
            ratios.add(MassComparison.ratio(massesP.get(massesP.size() - 1), massesQ.get(massesQ.size() - 1)));
        }
        return new BallCurve(
                unit.withRadius(radii.get(radii.size() - 1)),
                radii,
                massesP,
                massesQ,
                ratios,
                BallIndex.of(reference, approximation, unit, level));
    }

    private static double[] distances(Draws draws, Ball ball) {
        double[] distances = new double[draws.size()];
        double[] point = new double[draws.dimension()];
        int[] coordinates = ball.coordinates();
        int i = 0;
        for (Chain chain : draws.chains()) {
            for (int t = 0; t < chain.size(); t++) {
                chain.read(t, coordinates, point);
                distances[i++] = ball.distance(point);
            }
        }
        Arrays.sort(distances);
        return distances;
    }

    private static List<Double> radii(double[] p, double[] q) {
        double least = Math.min(p[0], q[0]);
        if (least == 0) {
            least = smallestPositive(p, q);
        }
        double most = p[(int) (0.9 * (p.length - 1))];
        if (!(most > least)) {
            most = Math.max(p[p.length - 1], q[q.length - 1]);
        }
        List<Double> radii = new ArrayList<>();
        if (!(least > 0) || !Double.isFinite(most)) {
            return List.of(1.0);
        }
        double[] steps = {1, 2, 5};
        outer:
        for (int exponent = (int) Math.floor(Math.log10(least)); exponent < 310; exponent++) {
            for (double step : steps) {
                double r = Double.parseDouble((int) step + "e" + exponent);
                if (r >= least && r > 0) {
                    radii.add(r);
                    if (r >= most) {
                        break outer;
                    }
                }
            }
        }
        return radii.size() > MOST_RADII ? radii.subList(radii.size() - MOST_RADII, radii.size()) : radii;
    }

    private static double smallestPositive(double[] p, double[] q) {
        double least = Double.POSITIVE_INFINITY;
        for (double[] side : new double[][] {p, q}) {
            for (double d : side) {
                if (d > 0) {
                    least = Math.min(least, d);
                    break;
                }
            }
        }
        return Double.isInfinite(least) ? 0 : least;
    }

    private static Norm norm(RequestedBall requested, Draws reference) {
        return switch (requested.norm()) {
            case L2 -> Norm.l2();
            case LINF -> Norm.linf();
            case MAHALANOBIS ->
                Norm.mahalanobis(covariance(reference, requested.centre().coordinates()));
        };
    }

    private static double[][] covariance(Draws draws, int[] coordinates) {
        int m = coordinates.length;
        double[][] columns = new double[m][];
        for (int i = 0; i < m; i++) {
            columns[i] = draws.column(coordinates[i]);
            double mean = Arrays.stream(columns[i]).average().orElse(0);
            for (int t = 0; t < columns[i].length; t++) {
                columns[i][t] -= mean;
            }
        }
        double[][] covariance = new double[m][m];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int t = 0; t < columns[i].length; t++) {
                    sum += columns[i][t] * columns[j][t];
                }
                covariance[i][j] = sum / (draws.size() - 1);
                covariance[j][i] = covariance[i][j];
            }
        }
        return covariance;
    }
}
