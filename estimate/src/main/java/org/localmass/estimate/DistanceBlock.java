package org.localmass.estimate;

import java.util.Arrays;
import java.util.List;
import org.localmass.core.draws.Chain;
import org.localmass.core.region.Ball;

/**
 * Distances of a block of consecutive draws from centres, many draws at a time. Not safe to use from several threads.
 *
 * <p>Each distance goes through the operations of {@link Ball#distance} in the same order, so that both agree to the last
 * bit. The loops run over draws with one array written, which is what the compiler turns into vector instructions.
 */
final class DistanceBlock {
    private static final int LONGEST = 256;
    /** The same where squares in single precision go ahead: half the size, and longer loops pay. */
    private static final int LONGEST_SCREENED = 1024;

    private static final int SHORTEST = 64;
    /** Values that one block holds, so that it stays in a second-level cache. */
    private static final int VALUES = 1 << 16;

    /** Below this a sum of squares may have lost digits. */
    static final double SAFE_SQUARES = 1e-280;

    private enum Kind {
        SQUARES,
        LARGEST,
        WHITENED
    }

    private final List<Ball> balls;
    private final Kind kind;
    private final int[] coordinates;
    private final double[][] centres;
    private final double[][] factor;
    private final double[][] columns;
    private final double[][] whitened;
    private final double[] result;
    private final double[] point;
    private int size;

    private DistanceBlock(List<Ball> balls) {
        Ball first = balls.get(0);
        this.balls = balls;
        this.coordinates = first.coordinates();
        this.factor = first.norm().factor();
        this.kind = switch (first.norm().label()) {
            case "linf" -> Kind.LARGEST;
            case "mahalanobis" -> Kind.WHITENED;
            default -> Kind.SQUARES;
        };
        this.centres = balls.stream().map(Ball::centre).toArray(double[][]::new);
        int m = coordinates.length;
        boolean screened = kind == Kind.SQUARES && RingScreen.pays(centres.length, m);
        int longest = screened ? LONGEST_SCREENED : LONGEST;
        int length = Integer.highestOneBit(Math.max(SHORTEST, Math.min(longest, VALUES / m)));
        this.columns = new double[m][length];
        this.whitened = new double[kind == Kind.WHITENED ? m : 0][length];
        this.result = new double[length];
        this.point = new double[first.dimension()];
    }

    /** A block for balls in the same coordinates and norm. */
    static DistanceBlock of(List<Ball> balls) {
        return new DistanceBlock(balls);
    }

    /** The largest number of draws. */
    int length() {
        return result.length;
    }

    /** The number of draws loaded. */
    int size() {
        return size;
    }

    /** Centres in the coordinates of the balls; not to be modified. */
    double[][] centres() {
        return centres;
    }

    /** The draws' values of one coordinate; not to be modified. */
    double[] column(int j) {
        return columns[j];
    }

    /** Whether {@link #raw} is the square of the distance. */
    boolean squared() {
        return kind != Kind.LARGEST;
    }

    /** Whether a raw value outside the safe range may differ from the squared distance. */
    boolean guarded() {
        return kind == Kind.SQUARES;
    }

    /** Takes over the coordinates of the draws {@code begin} (inclusive) to {@code end} (exclusive). */
    void load(Chain chain, int begin, int end) {
        size = end - begin;
        for (int j = 0; j < coordinates.length; j++) {
            chain.copyColumn(coordinates[j], begin, end, columns[j]);
        }
    }

    /** Squared distances of the draws from a centre, or distances in the maximum norm; overwritten by the next call. */
    double[] raw(int centre) {
        Arrays.fill(result, 0, size, 0);
        double[] c = centres[centre];
        switch (kind) {
            case SQUARES -> squares(c);
            case LARGEST -> {
                for (int j = 0; j < c.length; j++) {
                    farther(columns[j], c[j], result, size);
                }
            }
            case WHITENED -> whiten(c);
        }
        return result;
    }

    /** Four coordinates a pass: longer bodies are no longer vectorised. */
    private void squares(double[] c) {
        double[][] x = columns;
        int j = 0;
        for (; j + 4 <= c.length; j += 4) {
            addFour(x[j], x[j + 1], x[j + 2], x[j + 3], c[j], c[j + 1], c[j + 2], c[j + 3], result, size);
        }
        for (; j < c.length; j++) {
            addOne(x[j], c[j], result, size);
        }
    }

    private static void addFour(
            double[] x0,
            double[] x1,
            double[] x2,
            double[] x3,
            double c0,
            double c1,
            double c2,
            double c3,
            double[] sum,
            int size) {
        for (int t = 0; t < size; t++) {
            double g0 = x0[t] - c0;
            double g1 = x1[t] - c1;
            double g2 = x2[t] - c2;
            double g3 = x3[t] - c3;
            sum[t] = sum[t] + g0 * g0 + g1 * g1 + g2 * g2 + g3 * g3;
        }
    }

    private static void addOne(double[] x, double c, double[] sum, int size) {
        for (int t = 0; t < size; t++) {
            double gap = x[t] - c;
            sum[t] += gap * gap;
        }
    }

    private static void farther(double[] x, double c, double[] most, int size) {
        for (int t = 0; t < size; t++) {
            most[t] = Math.max(most[t], Math.abs(x[t] - c));
        }
    }

    /** Forward substitution with the norm's triangle, draw by draw in the lanes. */
    private void whiten(double[] c) {
        for (int i = 0; i < c.length; i++) {
            double[] w = whitened[i];
            subtract(columns[i], c[i], w, size);
            for (int k = 0; k < i; k++) {
                reduce(factor[i][k], whitened[k], w, size);
            }
            divide(w, factor[i][i], size);
            addOne(w, 0, result, size);
        }
    }

    private static void subtract(double[] x, double c, double[] gap, int size) {
        for (int t = 0; t < size; t++) {
            gap[t] = x[t] - c;
        }
    }

    private static void reduce(double factor, double[] known, double[] gap, int size) {
        for (int t = 0; t < size; t++) {
            gap[t] -= factor * known[t];
        }
    }

    private static void divide(double[] gap, double by, int size) {
        for (int t = 0; t < size; t++) {
            gap[t] /= by;
        }
    }

    /** Writes the distances of the draws from a centre to {@code target} from {@code offset} on. */
    void distances(int centre, double[] target, int offset) {
        double[] raw = raw(centre);
        if (!squared()) {
            System.arraycopy(raw, 0, target, offset, size);
            return;
        }
        for (int t = 0; t < size; t++) {
            target[offset + t] = Math.sqrt(raw[t]);
        }
        for (int t = 0; guarded() && t < size; t++) {
            if (raw[t] < SAFE_SQUARES || raw[t] == Double.POSITIVE_INFINITY) {
                target[offset + t] = careful(centre, t);
            }
        }
    }

    /** The distance of one draw, by {@link Ball#distance}. */
    double careful(int centre, int draw) {
        for (int j = 0; j < coordinates.length; j++) {
            point[coordinates[j]] = columns[j][draw];
        }
        return balls.get(centre).distance(point);
    }
}
