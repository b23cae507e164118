package org.localmass.vi.model;

/** Shares of sum 1 by breaking a stick. */
record SimplexTransform(int n) implements Transform {
    private static final double SLACK = 1e-8;

    @Override
    public int unconstrainedSize() {
        return n - 1;
    }

    @Override
    public int constrainedSize() {
        return n;
    }

    /** What makes equal shares of 0. */
    private double shifted(double[] u, int uFrom, int k) {
        return u[uFrom + k] - Math.log(n - 1 - k);
    }

    @Override
    public double constrain(double[] u, int uFrom, double[] x, int xFrom) {
        double logStick = 0;
        double log = 0;
        for (int k = 0; k < n - 1; k++) {
            double v = shifted(u, uFrom, k);
            double logShare = Logistic.log(v);
            double logRest = Logistic.log(-v);
            x[xFrom + k] = Math.exp(logStick + logShare);
            log += logStick + logShare + logRest;
            logStick += logRest;
        }
        x[xFrom + n - 1] = Math.exp(logStick);
        return log;
    }

    @Override
    public void unconstrain(double[] x, int xFrom, double[] u, int uFrom) {
        double sum = 0;
        for (int k = 0; k < n; k++) {
            if (!(x[xFrom + k] >= 0)) {
                throw new IllegalArgumentException("share " + (k + 1) + " must not be negative, was " + x[xFrom + k]);
            }
            sum += x[xFrom + k];
        }
        if (!(Math.abs(sum - 1) <= SLACK)) {
            throw new IllegalArgumentException("sum of shares must be 1, was " + sum);
        }
        double rest = Math.max(x[xFrom + n - 1], Double.MIN_VALUE);
        for (int k = n - 2; k >= 0; k--) {
            double share = Math.max(x[xFrom + k], Double.MIN_VALUE);
            u[uFrom + k] = Math.log(share) - Math.log(rest) + Math.log(n - 1 - k);
            rest += share;
        }
    }

    @Override
    public void pullBack(double[] u, int uFrom, double[] x, double[] xGradient, int xFrom, double[] uGradient) {
        double later = xGradient[xFrom + n - 1] * x[xFrom + n - 1];
        for (int k = n - 2; k >= 0; k--) {
            double v = shifted(u, uFrom, k);
            double own = xGradient[xFrom + k] * x[xFrom + k];
            double byShare = 1 + own;
            double byRest = n - 1 - k + later;
            uGradient[uFrom + k] = Logistic.value(-v) * byShare - Logistic.value(v) * byRest;
            later += own;
        }
    }
}
