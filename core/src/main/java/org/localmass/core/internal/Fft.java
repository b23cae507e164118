package org.localmass.core.internal;

import org.jspecify.annotations.Nullable;

/**
 * Fast Fourier transform of complex values, in place, for a power of two.
 *
 * <p>The forward transform leaves its result in bit-reversed order and the inverse reads that order, so a product of
 * spectra needs no reordering. The inverse is not divided by the size. Not part of the public API.
 */
public final class Fft {
    /** Largest plan that is kept for the next caller, 16 MB. */
    private static final int KEPT_SIZE = 1 << 21;

    private static volatile @Nullable Fft last;

    private final int size;
    private final double[] cosine;
    private final double[] sine;

    private Fft(int size) {
        this.size = size;
        int half = size / 2;
        cosine = new double[half];
        sine = new double[half];
        // The first eighth of the circle gives the rest by symmetry.
        for (int j = 0; j <= half / 4; j++) {
            double angle = 2 * Math.PI * j / size;
            double c = Math.cos(angle);
            double s = Math.sin(angle);
            int quarter = half / 2;
            set(j, c, s);
            set(quarter - j, s, c);
            set(quarter + j, -s, c);
            set(half - j, -c, s);
        }
    }

    private void set(int j, double c, double s) {
        if (j >= 0 && j < cosine.length) {
            cosine[j] = c;
            sine[j] = s;
        }
    }

    /** The transform of the smallest power of two that is at least {@code length} and at least 8. */
    public static Fft ofAtLeast(int length) {
        int size = 8;
        while (size < length) {
            size = Math.multiplyExact(size, 2);
        }
        Fft known = last;
        if (known != null && known.size == size) {
            return known;
        }
        Fft fft = new Fft(size);
        if (size <= KEPT_SIZE) {
            last = fft;
        }
        return fft;
    }

    /** Number of complex values. */
    public int size() {
        return size;
    }

    /** X_k = sum x_j exp(-2 pi i j k / n), natural order in, bit-reversed order out. */
    public void forward(double[] re, double[] im) {
        for (int h = size / 2, stride = 1; h >= 1; h /= 2, stride *= 2) {
            for (int start = 0; start < size; start += 2 * h) {
                for (int a = start, w = 0; a < start + h; a++, w += stride) {
                    int b = a + h;
                    double dr = re[a] - re[b];
                    double di = im[a] - im[b];
                    re[a] += re[b];
                    im[a] += im[b];
                    re[b] = dr * cosine[w] + di * sine[w];
                    im[b] = di * cosine[w] - dr * sine[w];
                }
            }
        }
    }

    /** x_j = sum X_k exp(2 pi i j k / n), bit-reversed order in, natural order out. */
    public void inverse(double[] re, double[] im) {
        for (int h = 1, stride = size / 2; h < size; h *= 2, stride /= 2) {
            for (int start = 0; start < size; start += 2 * h) {
                for (int a = start, w = 0; a < start + h; a++, w += stride) {
                    int b = a + h;
                    double br = re[b] * cosine[w] - im[b] * sine[w];
                    double bi = im[b] * cosine[w] + re[b] * sine[w];
                    re[b] = re[a] - br;
                    im[b] = im[a] - bi;
                    re[a] += br;
                    im[a] += bi;
                }
            }
        }
    }

    /**
     * Sums of the products of series with themselves at every lag, over all series.
     *
     * @param series not modified; may differ in length
     * @return element k is the sum over series and positions t of x_t x_{t+k}; as long as the longest series
     */
    public static double[] selfProducts(double[][] series) {
        int longest = 0;
        for (double[] s : series) {
            longest = Math.max(longest, s.length);
        }
        Fft fft = ofAtLeast(Math.multiplyExact(2, longest));
        double[] power = new double[fft.size];
        double[] re = new double[fft.size];
        double[] im = new double[fft.size];
        for (double[] s : series) {
            java.util.Arrays.fill(re, 0);
            java.util.Arrays.fill(im, 0);
            System.arraycopy(s, 0, re, 0, s.length);
            fft.forward(re, im);
            for (int k = 0; k < fft.size; k++) {
                power[k] += re[k] * re[k] + im[k] * im[k];
            }
        }
        java.util.Arrays.fill(im, 0);
        fft.inverse(power, im);
        double[] products = java.util.Arrays.copyOf(power, longest);
        for (int k = 0; k < longest; k++) {
            products[k] /= fft.size;
        }
        return products;
    }
}
