package org.localmass.core.region;

import org.localmass.core.internal.Arguments;

/** A weighted sum of normal scores, \( \sum_i w_i z_i(x) \). */
public final class ProjectionScore implements Score {
    private final NormalScoreMap map;
    private final double[] weights;

    private ProjectionScore(NormalScoreMap map, double[] weights) {
        this.map = map;
        this.weights = weights;
    }

    /**
     * A projection.
     *
     * @param weights one finite weight per mapped coordinate
     * @throws IllegalArgumentException if a value breaks these rules
     */
    public static ProjectionScore of(NormalScoreMap map, double[] weights) {
        Arguments.sameDimension(map.size(), weights.length);
        return new ProjectionScore(map, Arguments.finite("weights", weights.clone()));
    }

    /** The map to normal scores. */
    public NormalScoreMap map() {
        return map;
    }

    /** The weights. A copy. */
    public double[] weights() {
        return weights.clone();
    }

    @Override
    public int[] coordinates() {
        return map.coordinates();
    }

    @Override
    public double value(double[] point) {
        double[] z = new double[map.size()];
        map.apply(point, z);
        return ofScores(z);
    }

    double ofScores(double[] z) {
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i] * z[i];
        }
        return sum;
    }

    @Override
    public double[] influence() {
        return weights();
    }

    @Override
    public String label() {
        return "projection";
    }
}
