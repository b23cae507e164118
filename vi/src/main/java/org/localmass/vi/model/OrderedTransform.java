package org.localmass.vi.model;

/** Increasing values: the first, then logs of the steps. */
record OrderedTransform(int n) implements Transform {
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
        x[xFrom] = u[uFrom];
        for (int k = 1; k < n; k++) {
            x[xFrom + k] = x[xFrom + k - 1] + Math.exp(u[uFrom + k]);
            log += u[uFrom + k];
        }
        return log;
    }

    @Override
    public void unconstrain(double[] x, int xFrom, double[] u, int uFrom) {
        u[uFrom] = x[xFrom];
        for (int k = 1; k < n; k++) {
            double step = x[xFrom + k] - x[xFrom + k - 1];
            if (!(step > 0)) {
                throw new IllegalArgumentException(
                        "values must increase, were " + x[xFrom + k - 1] + " and " + x[xFrom + k]);
            }
            u[uFrom + k] = Math.log(step);
        }
    }

    @Override
    public void pullBack(double[] u, int uFrom, double[] x, double[] xGradient, int xFrom, double[] uGradient) {
        double later = 0;
        for (int k = n - 1; k > 0; k--) {
            later += xGradient[xFrom + k];
            uGradient[uFrom + k] = later * Math.exp(u[uFrom + k]) + 1;
        }
        uGradient[uFrom] = later + xGradient[xFrom];
    }
}
