package org.localmass.check;

import org.localmass.core.internal.Arguments;

/**
 * Options of a check. Immutable.
 *
 * @param level         confidence level of intervals; 1 - level is the error rate of the confirmed findings
 * @param alpha         order of the local RE-KL of balls
 * @param materialRatio a finding is material if its whole ratio interval lies outside [1/materialRatio, materialRatio]
 * @param materialMass  or if the masses differ by more than this at the near end of their interval
 * @param threads       number of threads; the result does not depend on it
 * @param trees         whether boosted trees join the search
 */
public record CheckOptions(
        double level, double alpha, double materialRatio, double materialMass, int threads, boolean trees) {
    private static final CheckOptions DEFAULT = new CheckOptions(0.95, 0.5, 1.1, 0.002, 1, true);

    public CheckOptions {
        Arguments.fraction("level", level);
        Arguments.positive("alpha", alpha);
        if (!(materialRatio >= 1)) {
            throw new IllegalArgumentException("materialRatio must be at least 1, was " + materialRatio);
        }
        if (!(materialMass >= 0 && materialMass < 1)) {
            throw new IllegalArgumentException("materialMass must lie in [0, 1), was " + materialMass);
        }
        Arguments.positive("threads", threads);
    }

    /** Level 0.95, alpha 0.5, material from a factor 1.1 or a mass of 0.002 on, one thread, with trees. */
    public static CheckOptions withDefaults() {
        return DEFAULT;
    }

    public CheckOptions withLevel(double value) {
        return new CheckOptions(value, alpha, materialRatio, materialMass, threads, trees);
    }

    public CheckOptions withAlpha(double value) {
        return new CheckOptions(level, value, materialRatio, materialMass, threads, trees);
    }

    public CheckOptions withMaterial(double ratio, double mass) {
        return new CheckOptions(level, alpha, ratio, mass, threads, trees);
    }

    public CheckOptions withThreads(int value) {
        return new CheckOptions(level, alpha, materialRatio, materialMass, value, trees);
    }

    public CheckOptions withTrees(boolean value) {
        return new CheckOptions(level, alpha, materialRatio, materialMass, threads, value);
    }
}
