package org.localmass.vi.atom;

import org.localmass.core.internal.Arguments;

/**
 * Linear regression with known noise and a spike-and-slab prior: \( y = X\beta + \sigma\epsilon \), independently
 * \( \beta_j \sim \pi\,N(0, v) + (1-\pi)\,\delta_0 \). Immutable; keeps \( X'X \), \( X'y \) and \( y'y \) only.
 */
public final class SpikeSlabRegression implements SlabLikelihood {
    private final int observations;
    private final double noiseVariance;
    private final double inclusion;
    private final double slabVariance;
    /** \( X'X/\sigma^2 \). */
    private final double[][] gram;
    /** \( X'y/\sigma^2 \). */
    private final double[] moment;
    /** Log likelihood at 0. */
    private final double logNull;

    private SpikeSlabRegression(
            int observations,
            double noiseVariance,
            double inclusion,
            double slabVariance,
            double[][] gram,
            double[] moment,
            double logNull) {
        this.observations = observations;
        this.noiseVariance = noiseVariance;
        this.inclusion = inclusion;
        this.slabVariance = slabVariance;
        this.gram = gram;
        this.moment = moment;
        this.logNull = logNull;
    }

    /**
     * A regression.
     *
     * @param x             n rows of p finite values, not modified
     * @param y             n finite values, not modified
     * @param noiseVariance \( \sigma^2 \)
     * @param inclusion     \( \pi \), prior probability that a coefficient is not zero
     * @param slabVariance  v, prior variance of a coefficient that is not zero
     * @throws IllegalArgumentException if a value breaks these rules
     */
    public static SpikeSlabRegression of(
            double[][] x, double[] y, double noiseVariance, double inclusion, double slabVariance) {
        int n = Arguments.positive("number of observations", y.length);
        Arguments.finite("y", y);
        Arguments.positive("noiseVariance", noiseVariance);
        Arguments.fraction("inclusion", inclusion);
        Arguments.positive("slabVariance", slabVariance);
        if (x.length != n) {
            throw new IllegalArgumentException("x must have " + n + " rows, was " + x.length);
        }
        int p = Arguments.positive("number of coefficients", x[0].length);
        double[][] gram = new double[p][p];
        double[] moment = new double[p];
        double square = 0;
        for (int i = 0; i < n; i++) {
            Arguments.sameDimension(p, x[i].length);
            Arguments.finite("x[" + i + "]", x[i]);
            square += y[i] * y[i];
            for (int j = 0; j < p; j++) {
                moment[j] += x[i][j] * y[i] / noiseVariance;
                for (int k = 0; k < p; k++) {
                    gram[j][k] += x[i][j] * x[i][k] / noiseVariance;
                }
            }
        }
        double logNull = -0.5 * n * Math.log(2 * Math.PI * noiseVariance) - 0.5 * square / noiseVariance;
        return new SpikeSlabRegression(n, noiseVariance, inclusion, slabVariance, gram, moment, logNull);
    }

    @Override
    public int dimension() {
        return moment.length;
    }

    /** Number n of observations. */
    public int observations() {
        return observations;
    }

    /** \( \sigma^2 \). */
    public double noiseVariance() {
        return noiseVariance;
    }

    /** \( \pi \). */
    public double inclusion() {
        return inclusion;
    }

    /** v. */
    public double slabVariance() {
        return slabVariance;
    }

    double gram(int j, int k) {
        return gram[j][k];
    }

    double moment(int j) {
        return moment[j];
    }

    double logNull() {
        return logNull;
    }

    @Override
    public double value(double[] coefficients) {
        double sum = logNull;
        for (int j = 0; j < moment.length; j++) {
            if (coefficients[j] != 0) {
                sum += coefficients[j] * (moment[j] - 0.5 * dot(gram[j], coefficients));
            }
        }
        return sum;
    }

    @Override
    public double value(double[] coefficients, double[] gradient) {
        double sum = logNull;
        for (int j = 0; j < moment.length; j++) {
            double product = dot(gram[j], coefficients);
            gradient[j] = moment[j] - product;
            sum += coefficients[j] * (moment[j] - 0.5 * product);
        }
        return sum;
    }

    /** \( \sum_l G_{jl} b_l \). */
    double gramTimes(int j, double[] b) {
        return dot(gram[j], b);
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            sum += a[j] * b[j];
        }
        return sum;
    }
}
