package org.localmass.core.draws;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.localmass.core.internal.Fft;

/**
 * Biased autocovariance, averaged over segments of equal length.
 *
 * <p>\[ \bar\gamma_t = \frac1k \sum_{s=1}^k \frac1m \sum_{i=1}^{m-t} (x_{s,i}-\bar x_s)(x_{s,i+t}-\bar x_s) \]
 *
 * <p>The first lags are summed one by one; a caller that goes on gets all lags from one FFT. Both agree to 1e-13 of
 * the variance.
 * <br>Source: Geyer (1992), Practical Markov chain Monte Carlo.
 */
final class Autocovariance {
    /** At this lag a correlation above a half tells that many more lags will follow. */
    private static final int FORESIGHT = 16;

    private final double[] centred;
    private final double[] means;
    private final int length;
    private double variance;
    private double @Nullable [] all;

    /**
     * @param values   k segments of {@code length} values one after the other; not modified
     * @param segments k, at least 1
     */
    Autocovariance(double[] values, int segments) {
        this.length = values.length / segments;
        this.means = new double[segments];
        this.centred = new double[values.length];
        double shift = values[0];
        for (int i = 0; i < values.length; i++) {
            centred[i] = values[i] - shift;
        }
        for (int s = 0; s < segments; s++) {
            int from = s * length;
            double mean = Moments.mean(centred, from, from + length);
            means[s] = mean;
            for (int i = from; i < from + length; i++) {
                centred[i] -= mean;
            }
        }
    }

    /** Means of the segments, less the first value: an offset far beyond the spread costs no digits. */
    double[] means() {
        return means;
    }

    /** Mean autocovariance at a lag from 0 to the segments' length less 1; to be asked in increasing order from 0. */
    double at(int lag) {
        if (all != null) {
            return all[lag];
        }
        // One FFT costs about as much as this many lags.
        int affordable = 4 * (Integer.SIZE - Integer.numberOfLeadingZeros(length));
        if (lag < affordable) {
            double value = direct(lag);
            if (lag == 0) {
                variance = value;
            }
            if (lag != FORESIGHT || value < 0.5 * variance) {
                return value;
            }
        }
        double[] transformed = transform();
        all = transformed;
        return transformed[lag];
    }

    /** The mean autocovariance at one lag, summed directly. */
    double direct(int lag) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        for (int from = 0; from < centred.length; from += length) {
            int end = from + length - lag;
            int i = from;
            for (; i + 3 < end; i += 4) {
                a += centred[i] * centred[i + lag];
                b += centred[i + 1] * centred[i + 1 + lag];
                c += centred[i + 2] * centred[i + 2 + lag];
                d += centred[i + 3] * centred[i + 3 + lag];
            }
            for (; i < end; i++) {
                a += centred[i] * centred[i + lag];
            }
        }
        return (a + b + (c + d)) / centred.length;
    }

    /** The mean autocovariance at every lag, by FFT. */
    double[] transform() {
        Fft fft = Fft.ofAtLeast(Math.multiplyExact(2, length));
        int size = fft.size();
        double[] re = new double[size];
        double[] im = new double[size];
        double[] power = new double[size];
        int segments = means.length;
        // Two real segments travel as one complex one: the real part of its autocovariance is the sum of theirs.
        for (int s = 0; s < segments; s += 2) {
            System.arraycopy(centred, s * length, re, 0, length);
            Arrays.fill(re, length, size, 0);
            if (s + 1 < segments) {
                System.arraycopy(centred, (s + 1) * length, im, 0, length);
                Arrays.fill(im, length, size, 0);
            } else {
                Arrays.fill(im, 0);
            }
            fft.forward(re, im);
            for (int k = 0; k < size; k++) {
                power[k] += re[k] * re[k] + im[k] * im[k];
            }
        }
        Arrays.fill(im, 0);
        fft.inverse(power, im);
        double[] result = Arrays.copyOf(power, length);
        double scale = (double) size * centred.length;
        for (int t = 0; t < length; t++) {
            result[t] /= scale;
        }
        return result;
    }
}
