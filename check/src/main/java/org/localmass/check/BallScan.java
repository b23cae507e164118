package org.localmass.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.localmass.core.draws.Draws;
import org.localmass.core.region.Ball;
import org.localmass.core.region.Norm;
import org.localmass.estimate.DrawsRekl;
import org.localmass.estimate.LocalComparison;
import org.localmass.estimate.LocalSide;
import org.localmass.estimate.NestedBalls;
import org.localmass.estimate.SampleCovariance;

/**
 * Masses of nested balls around a centre, and local RE-KL on them.
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
            double level,
            double alpha) {
        Norm norm = norm(requested, reference);
        Ball unit = requested.centre().ball(1, norm);
        double[] p = distances(reference, unit);
        double[] q = distances(approximation, unit);
        List<Double> radii = radii(p, q);
        LocalSide sideP = LocalSide.about(reference, unit, referenceTime);
        LocalSide sideQ = LocalSide.about(approximation, unit, approximationTime);
        DrawsRekl rekl = DrawsRekl.of(alpha).withLevel(level);
        List<LocalComparison> all =
                radii.stream().map(r -> rekl.compare(sideQ, sideP, r)).toList();
        return new BallCurve(
                unit.withRadius(radii.get(radii.size() - 1)),
                radii,
                all.stream().map(LocalComparison::massP).toList(),
                all.stream().map(LocalComparison::massQ).toList(),
                all.stream().map(LocalComparison::ratio).toList(),
                all,
                BallIndex.of(reference, approximation, unit, level));
    }

    private static double[] distances(Draws draws, Ball ball) {
        return Arrays.stream(NestedBalls.distances(draws, ball))
                .flatMapToDouble(Arrays::stream)
                .sorted()
                .toArray();
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
                Norm.mahalanobis(
                        SampleCovariance.of(reference, requested.centre().coordinates()));
        };
    }
}
