package org.localmass.estimate.density;

/**
 * A rule for \( \int_0^1 f(s)\, d\, s^{d-1} ds \) along a ray, for f the mean over two opposite directions.
 *
 * @param shares  s, in (0, 1)
 * @param weights of sum 1 up to what the rule leaves out next to the centre
 */
record RadialRule(double[] shares, double[] weights) {
    private static final int PANEL = 10;
    /** What lies within exp(-40) of the radius is left out. */
    private static final double DEPTH = 40;

    private static final double GROWTH = 1.25;

    /** Gauss rule in s^2: the mean over opposite directions is even in s. */
    static RadialRule gauss(int n, int dimension) {
        GaussJacobi rule = GaussJacobi.of(n, 0.5 * dimension - 1);
        double[] shares = rule.nodes().clone();
        for (int i = 0; i < n; i++) {
            shares[i] = Math.sqrt(shares[i]);
        }
        return new RadialRule(shares, rule.weights());
    }

    /**
     * Gauss panels in \(v = -\log s\): for poles at the centre and peaks near it.
     *
     * @param parts how often each panel is split
     */
    static RadialRule logarithmic(int parts, int dimension) {
        GaussJacobi rule = GaussJacobi.of(PANEL, 0);
        java.util.List<double[]> nodes = new java.util.ArrayList<>();
        double from = 0;
        double width = 0.5 / dimension;
        while (from < DEPTH) {
            double to = Math.min(DEPTH, from + width);
            double part = (to - from) / parts;
            for (int k = 0; k < parts; k++) {
                for (int i = 0; i < PANEL; i++) {
                    double v = from + part * (k + rule.nodes()[i]);
                    nodes.add(
                            new double[] {Math.exp(-v), part * rule.weights()[i] * dimension * Math.exp(-dimension * v)
                            });
                }
            }
            from = to;
            width *= GROWTH;
        }
        double[] shares = new double[nodes.size()];
        double[] weights = new double[nodes.size()];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = nodes.get(i)[0];
            weights[i] = nodes.get(i)[1];
        }
        return new RadialRule(shares, weights);
    }

    /**
     * The integral along a vector and its opposite, times \(e^{-scale}\).
     *
     * @param vector from the centre to the surface
     */
    double along(BallFrame frame, double[] vector, double scale) {
        double sum = 0;
        for (int i = 0; i < shares.length; i++) {
            double there = Math.exp(frame.value(vector, shares[i]) - scale);
            double back = Math.exp(frame.value(vector, -shares[i]) - scale);
            sum += weights[i] * 0.5 * (there + back);
        }
        return sum;
    }

    /** Largest log of an integrand's share along a vector and its opposite. */
    double highest(BallFrame frame, double[] vector) {
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < shares.length; i++) {
            double log = Math.max(frame.value(vector, shares[i]), frame.value(vector, -shares[i]));
            most = Math.max(most, log + Math.log(weights[i]));
        }
        return most;
    }
}
