package org.localmass.estimate.explore;

/**
 * The functions of the drivers in which a {@link DriverMap} is linear.
 *
 * <p>With u the standardised drivers and knots c in {-2, -1, 0, 1}, level 1 has
 * \[ \Phi_s = [1,\ u_k,\ \sqrt{(u_k-c)^2+\tfrac14}-\tfrac12], \qquad
 *    \Phi_m = [1,\ u_k,\ t_{kc},\ u_a u_b,\ u_a t_{kc}\ (k \ne a)], \quad t_{kc} = \tanh((u_k-c)/0.7), \]
 * level 0 the same without hinges and hyperbolic tangents. Immutable.
 */
final class DriverFeatures {
    /** The most drivers of a map. */
    static final int MOST_DRIVERS = 6;

    private static final double[] KNOTS = {-2, -1, 0, 1};
    private static final double BEND = 0.25;
    private static final double WIDTH = 0.7;

    private final int drivers;
    private final int level;

    DriverFeatures(int drivers, int level) {
        this.drivers = drivers;
        this.level = level;
    }

    /** The most location features there can be for so many drivers. */
    static int mostLocation(int drivers) {
        return new DriverFeatures(drivers, 1).location();
    }

    /** The most scale features there can be for so many drivers. */
    static int mostScale(int drivers) {
        return new DriverFeatures(drivers, 1).scale();
    }

    int level() {
        return level;
    }

    /** The number of scale features. */
    int scale() {
        return 1 + drivers + level * KNOTS.length * drivers;
    }

    /** The number of location features. */
    int location() {
        return 1
                + drivers
                + level * KNOTS.length * drivers
                + drivers * (drivers + 1) / 2
                + level * KNOTS.length * drivers * (drivers - 1);
    }

    /**
     * Values of the features.
     *
     * @param u        standardised drivers
     * @param scale    overwritten in its first {@link #scale()} places
     * @param location overwritten in its first {@link #location()} places
     */
    void values(double[] u, double[] scale, double[] location) {
        int s = 0;
        int l = 0;
        scale[s++] = 1;
        location[l++] = 1;
        for (int k = 0; k < drivers; k++) {
            scale[s++] = u[k];
            location[l++] = u[k];
        }
        int tangents = l;
        if (level > 0) {
            for (int k = 0; k < drivers; k++) {
                for (double knot : KNOTS) {
                    double gap = u[k] - knot;
                    scale[s++] = Math.sqrt(gap * gap + BEND) - 0.5;
                    location[l++] = Math.tanh(gap / WIDTH);
                }
            }
        }
        for (int a = 0; a < drivers; a++) {
            for (int b = a; b < drivers; b++) {
                location[l++] = u[a] * u[b];
            }
        }
        if (level > 0) {
            for (int a = 0; a < drivers; a++) {
                for (int k = 0; k < drivers; k++) {
                    for (int c = 0; c < KNOTS.length && k != a; c++) {
                        location[l++] = u[a] * location[tangents + k * KNOTS.length + c];
                    }
                }
            }
        }
    }

    /**
     * Adds to {@code slope} the gradient, in u, of the sum of the features times given coefficients.
     *
     * @param u        standardised drivers
     * @param location the location features at u
     * @param ofScale  coefficients of the scale features
     * @param ofPlace  coefficients of the location features
     * @param slope    m places, added to
     */
    void addSlopes(double[] u, double[] location, double[] ofScale, double[] ofPlace, double[] slope) {
        int s = 1;
        int l = 1;
        for (int k = 0; k < drivers; k++) {
            slope[k] += ofScale[s++] + ofPlace[l++];
        }
        int tangents = l;
        if (level > 0) {
            for (int k = 0; k < drivers; k++) {
                for (double knot : KNOTS) {
                    double gap = u[k] - knot;
                    double t = location[l];
                    slope[k] += ofScale[s++] * gap / Math.sqrt(gap * gap + BEND) + ofPlace[l++] * (1 - t * t) / WIDTH;
                }
            }
        }
        for (int a = 0; a < drivers; a++) {
            for (int b = a; b < drivers; b++) {
                double weight = ofPlace[l++];
                slope[a] += weight * u[b];
                slope[b] += weight * u[a];
            }
        }
        if (level > 0) {
            for (int a = 0; a < drivers; a++) {
                for (int k = 0; k < drivers; k++) {
                    for (int c = 0; c < KNOTS.length && k != a; c++) {
                        double weight = ofPlace[l++];
                        double t = location[tangents + k * KNOTS.length + c];
                        slope[a] += weight * t;
                        slope[k] += weight * u[a] * (1 - t * t) / WIDTH;
                    }
                }
            }
        }
    }
}
