package org.localmass.vi.model;

/**
 * Cholesky factors of correlation matrices. Row i: the entries before the diagonal are {@code tanh(u)} times what
 * their predecessors left of the row's length 1, the diagonal is what is left at the end.
 */
record CholeskyCorrelationTransform(int n) implements Transform {
    private static final double LOG_2 = Math.log(2);
    private static final double SLACK = 1e-8;

    @Override
    public int unconstrainedSize() {
        return n * (n - 1) / 2;
    }

    @Override
    public int constrainedSize() {
        return n * n;
    }

    /** Column by column, as Stan writes matrices. */
    @Override
    public String[] names(String name) {
        String[] names = new String[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                names[j * n + i] = name + "[" + (i + 1) + "," + (j + 1) + "]";
            }
        }
        return names;
    }

    /** \( \log(1-\tanh^2 u) \). */
    private static double logRest(double u) {
        double size = Math.abs(u);
        return 2 * (LOG_2 - size - Math.log1p(Math.exp(-2 * size)));
    }

    @Override
    public double constrain(double[] u, int uFrom, double[] x, int xFrom) {
        double log = 0;
        int at = uFrom;
        for (int i = 0; i < n; i++) {
            double logLeft = 0;
            for (int j = 0; j < i; j++) {
                double v = u[at++];
                double logRest = logRest(v);
                x[xFrom + j * n + i] = Math.tanh(v) * Math.exp(0.5 * logLeft);
                log += 0.5 * logLeft + logRest;
                logLeft += logRest;
            }
            x[xFrom + i * n + i] = Math.exp(0.5 * logLeft);
            for (int j = i + 1; j < n; j++) {
                x[xFrom + j * n + i] = 0;
            }
        }
        return log;
    }

    @Override
    public void unconstrain(double[] x, int xFrom, double[] u, int uFrom) {
        int at = uFrom + unconstrainedSize();
        for (int i = n - 1; i >= 0; i--) {
            double diagonal = x[xFrom + i * n + i];
            double left = diagonal * diagonal;
            at -= i;
            if (!(diagonal > 0)) {
                throw new IllegalArgumentException("diagonal entry " + (i + 1) + " must be positive, was " + diagonal);
            }
            for (int j = i - 1; j >= 0; j--) {
                double entry = x[xFrom + j * n + i];
                // sinh(v) = entry / sqrt(left)
                u[at + j] = Math.copySign(asinh(Math.abs(entry) / Math.sqrt(left)), entry);
                left += entry * entry;
            }
            if (!(Math.abs(left - 1) <= SLACK)) {
                throw new IllegalArgumentException("length of row " + (i + 1) + " must be 1, was " + Math.sqrt(left));
            }
        }
    }

    private static double asinh(double a) {
        return Math.log1p(a + a * a / (1 + Math.sqrt(1 + a * a)));
    }

    @Override
    public void pullBack(double[] u, int uFrom, double[] x, double[] xGradient, int xFrom, double[] uGradient) {
        int at = uFrom + unconstrainedSize();
        for (int i = n - 1; i >= 0; i--) {
            at -= i;
            double later = 0.5 * xGradient[xFrom + i * n + i] * x[xFrom + i * n + i];
            double logLeft = 0;
            for (int j = 0; j < i; j++) {
                logLeft += logRest(u[at + j]);
            }
            for (int j = i - 1; j >= 0; j--) {
                double v = u[at + j];
                double logRest = logRest(v);
                logLeft -= logRest;
                int place = xFrom + j * n + i;
                double byRest = 1 + 0.5 * (i - 1 - j) + later;
                uGradient[at + j] = xGradient[place] * Math.exp(0.5 * logLeft + logRest) - 2 * Math.tanh(v) * byRest;
                later += 0.5 * xGradient[place] * x[place];
            }
        }
    }
}
