package org.localmass.vi.model;

/** Values between two ends, each by itself. */
record ElementwiseTransform(int n, double lower, double upper) implements Transform {
    /** Lower and upper end. */
    double[] ends() {
        return new double[] {lower, upper};
    }

    /** The value of one coordinate. */
    static double one(ElementwiseTransform transform, double u) {
        double[] x = new double[1];
        new ElementwiseTransform(1, transform.lower, transform.upper).constrain(new double[] {u}, 0, x, 0);
        return x[0];
    }

    private boolean isBelowOpen() {
        return lower == Double.NEGATIVE_INFINITY;
    }

    private boolean isAboveOpen() {
        return upper == Double.POSITIVE_INFINITY;
    }

    @Override
    public int unconstrainedSize() {
        return n;
    }

    @Override
    public int constrainedSize() {
        return n;
    }

    @Override
    public double constrain(double[] u, int uFrom, double[] x, int xFrom) {
        double log = 0;
        for (int i = 0; i < n; i++) {
            double v = u[uFrom + i];
            if (isBelowOpen() && isAboveOpen()) {
                x[xFrom + i] = v;
            } else if (isAboveOpen()) {
                x[xFrom + i] = lower + Math.exp(v);
                log += v;
            } else if (isBelowOpen()) {
                x[xFrom + i] = upper - Math.exp(-v);
                log -= v;
            } else {
                double width = upper - lower;
                double small = width * Logistic.value(-Math.abs(v));
                x[xFrom + i] = v < 0 ? lower + small : upper - small;
                log += Math.log(width) + Logistic.log(v) + Logistic.log(-v);
            }
        }
        return log;
    }

    @Override
    public void unconstrain(double[] x, int xFrom, double[] u, int uFrom) {
        for (int i = 0; i < n; i++) {
            double y = x[xFrom + i];
            if (!(y >= lower && y <= upper) || Double.isInfinite(y)) {
                throw new IllegalArgumentException(
                        "x[" + i + "] must lie between " + lower + " and " + upper + ", was " + y);
            }
            // an end itself is as far as doubles go, not at infinity
            double below = Math.max(y - lower, Double.MIN_VALUE);
            double above = Math.max(upper - y, Double.MIN_VALUE);
            u[uFrom + i] = isBelowOpen()
                    ? isAboveOpen() ? y : -Math.log(above)
                    : isAboveOpen() ? Math.log(below) : Math.log(below) - Math.log(above);
        }
    }

    @Override
    public void pullBack(double[] u, int uFrom, double[] x, double[] xGradient, int xFrom, double[] uGradient) {
        for (int i = 0; i < n; i++) {
            double v = u[uFrom + i];
            double g = xGradient[xFrom + i];
            if (isBelowOpen() && isAboveOpen()) {
                uGradient[uFrom + i] = g;
            } else if (isAboveOpen()) {
                uGradient[uFrom + i] = g * Math.exp(v) + 1;
            } else if (isBelowOpen()) {
                uGradient[uFrom + i] = g * Math.exp(-v) - 1;
            } else {
                double z = Logistic.value(v);
                double rest = Logistic.value(-v);
                uGradient[uFrom + i] = g * (upper - lower) * z * rest + rest - z;
            }
        }
    }
}
