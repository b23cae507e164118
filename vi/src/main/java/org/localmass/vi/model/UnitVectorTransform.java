package org.localmass.vi.model;

/** Vectors of length 1: a standard normal vector over its length. */
record UnitVectorTransform(int n) implements Transform {
    private static final double SLACK = 1e-8;

    @Override
    public int unconstrainedSize() {
        return n;
    }

    @Override
    public int constrainedSize() {
        return n;
    }

    private double square(double[] v, int from) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += v[from + i] * v[from + i];
        }
        return sum;
    }

    @Override
    public double constrain(double[] u, int uFrom, double[] x, int xFrom) {
        double square = square(u, uFrom);
        double length = Math.sqrt(square);
        for (int i = 0; i < n; i++) {
            x[xFrom + i] = u[uFrom + i] / length;
        }
        return -0.5 * square;
    }

    @Override
    public void unconstrain(double[] x, int xFrom, double[] u, int uFrom) {
        double square = square(x, xFrom);
        if (!(Math.abs(square - 1) <= SLACK)) {
            throw new IllegalArgumentException("length must be 1, was " + Math.sqrt(square));
        }
        System.arraycopy(x, xFrom, u, uFrom, n);
    }

    @Override
    public void pullBack(double[] u, int uFrom, double[] x, double[] xGradient, int xFrom, double[] uGradient) {
        double length = Math.sqrt(square(u, uFrom));
        double along = 0;
        for (int i = 0; i < n; i++) {
            along += xGradient[xFrom + i] * x[xFrom + i];
        }
        for (int i = 0; i < n; i++) {
            uGradient[uFrom + i] = (xGradient[xFrom + i] - along * x[xFrom + i]) / length - u[uFrom + i];
        }
    }
}
