package org.localmass.vi.fidelity;

import java.util.ArrayList;
import java.util.List;
import org.localmass.core.region.Ball;
import org.localmass.core.region.Norm;
import org.localmass.estimate.explore.FirstLook;
import org.localmass.vi.family.Family;
import org.localmass.vi.family.Mixture;

/** A maximum about which mass is measured by itself. */
record Anchor(double[] point, double[] deviation, double[][] covariance) {
    private static final double FREEDOM = 5;

    static Anchor of(FirstLook.Peak peak) {
        int d = peak.point().length;
        double[][] covariance = new double[d][d];
        double[] deviation = new double[d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int k = 0; k <= j; k++) {
                    sum += peak.factor()[i][k] * peak.factor()[j][k];
                }
                covariance[i][j] = sum;
                covariance[j][i] = sum;
            }
            deviation[i] = Math.sqrt(covariance[i][i]);
        }
        return new Anchor(peak.point(), deviation, covariance);
    }

    /** The ball of a radius in units of the marginal deviations. */
    Ball ball(double radius) {
        return ball(point, deviation, radius);
    }

    static Ball ball(double[] centre, double[] units, double radius) {
        int d = centre.length;
        double[][] scale = new double[d][d];
        int[] all = new int[d];
        for (int j = 0; j < d; j++) {
            scale[j][j] = units[j] * units[j];
            all[j] = j;
        }
        return Ball.of(ReferencePoints.names(d), all, centre, radius, Norm.mahalanobis(scale));
    }

    /** The t_5 distribution about it. */
    Mixture local() {
        return Mixture.of(
                Family.full().withNu(FREEDOM), new double[] {1}, new double[][] {point}, new double[][][] {covariance});
    }

    double squaredDistance(double[] other) {
        double sum = 0;
        for (int j = 0; j < point.length; j++) {
            double gap = (other[j] - point[j]) / deviation[j];
            sum += gap * gap;
        }
        return sum;
    }

    /** Those whose balls do not overlap, in order. */
    static List<Anchor> apart(List<Anchor> anchors) {
        List<Anchor> kept = new ArrayList<>();
        for (Anchor anchor : anchors) {
            double limit = 4.0 * anchor.point.length;
            if (kept.stream().noneMatch(k -> k.squaredDistance(anchor.point) < limit)) {
                kept.add(anchor);
            }
        }
        return kept;
    }
}
