package org.localmass.vi.optimizer;

import org.localmass.core.internal.Arguments;

/**
 * Stochastic descent with moments of the gradient (0.9, 0.999) in scaled coordinates; gradients longer than 1000 are
 * shortened, and those that are not finite are skipped. Mutable.
 *
 * <br>Source: Kingma and Ba (2015), Adam: a method for stochastic optimization.
 */
public final class Adam {
    private static final double FIRST = 0.9;
    private static final double SECOND = 0.999;
    private static final double SMALL = 1e-8;
    private static final double LONGEST = 1e3;

    private final double[] first;
    private final double[] second;
    private double rate;
    private int steps;
    private int skipped;

    /**
     * An optimiser without memory.
     *
     * @param parameters their number
     * @param rate       step in scaled coordinates
     */
    public Adam(int parameters, double rate) {
        this.first = new double[parameters];
        this.second = new double[parameters];
        this.rate = Arguments.positive("rate", rate);
    }

    /** The step in scaled coordinates. */
    public double rate() {
        return rate;
    }

    /** Halves the step. */
    public void slow() {
        rate *= 0.5;
    }

    /** Gradients that were not finite. */
    public int skipped() {
        return skipped;
    }

    /**
     * One step downhill.
     *
     * @param theta    parameters, changed
     * @param gradient by the parameters, not modified
     * @param units    sizes of the parameters
     */
    public void step(double[] theta, double[] gradient, double[] units) {
        double square = 0;
        for (int i = 0; i < theta.length; i++) {
            double g = gradient[i] * units[i];
            square += g * g;
        }
        if (!Double.isFinite(square)) {
            skipped++;
            return;
        }
        double shorten = Math.min(1, LONGEST / Math.max(Math.sqrt(square), 1e-12));
        steps++;
        double a = 1 / (1 - Math.pow(FIRST, steps));
        double b = 1 / (1 - Math.pow(SECOND, steps));
        for (int i = 0; i < theta.length; i++) {
            double g = shorten * gradient[i] * units[i];
            first[i] = FIRST * first[i] + (1 - FIRST) * g;
            second[i] = SECOND * second[i] + (1 - SECOND) * g * g;
            theta[i] -= rate * units[i] * a * first[i] / (Math.sqrt(b * second[i]) + SMALL);
        }
    }
}
