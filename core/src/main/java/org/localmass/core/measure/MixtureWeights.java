package org.localmass.core.measure;

import org.apache.commons.rng.UniformRandomProvider;
import org.localmass.core.internal.Arguments;
import org.localmass.core.region.RegionExpression;

/** Weights of mixtures. */
final class MixtureWeights {
    private static final double TOLERANCE = 1e-12;

    private MixtureWeights() {}

    /** A copy of the weights, which must be positive and sum to 1. */
    static double[] checked(int parts, double[] weights) {
        Arguments.positive("number of parts", parts);
        if (weights.length != parts) {
            throw new IllegalArgumentException("number of weights must be " + parts + ", was " + weights.length);
        }
        double sum = 0;
        for (double weight : weights) {
            sum += Arguments.positive("weight", weight);
        }
        if (Math.abs(sum - 1) > TOLERANCE) {
            throw new IllegalArgumentException("weights must sum to 1, sum was " + RegionExpression.textOf(sum));
        }
        return weights.clone();
    }

    static int pick(double[] weights, UniformRandomProvider random) {
        double u = random.nextDouble();
        for (int i = 0; i < weights.length - 1; i++) {
            u -= weights[i];
            if (u < 0) {
                return i;
            }
        }
        return weights.length - 1;
    }

    static String text(double[] weights, Object[] parts) {
        StringBuilder text = new StringBuilder("mixture(");
        for (int i = 0; i < parts.length; i++) {
            text.append(i == 0 ? "" : " + ")
                    .append(RegionExpression.textOf(weights[i]))
                    .append('*')
                    .append(parts[i]);
        }
        return text.append(')').toString();
    }
}
