package org.localmass.estimate;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds the ring between nested Euclidean balls that a draw lies in from squares in single precision, wherever these
 * decide. Not safe to use from several threads.
 *
 * <p>With y and c the draw and the centre less the mean m of the centres, the square is expanded,
 * \( |y|^2 - 2 y \cdot c + |c|^2 \), which is one product and one sum for each coordinate, sixteen draws to an
 * instruction. Its error is at most \( \epsilon (|y|^2 + |c|^2) \), \( \epsilon = (2.5 d + 16) 2^{-24} \): rounding y and c
 * gives 2 of \( 2^{-24} \) for each product, each product and each of the d + 2 sums at most one more of a partial sum that
 * never exceeds \( 2(|y|^2 + |c|^2) \). A table over the leading bits of the square holds the ring where no radius lies within
 * that error of the cell; elsewhere {@link #settle} looks closer, and asks for the distance in double precision where the
 * error leaves two rings. So every count is that of {@link org.localmass.core.region.Ball#contains}.
 */
final class RingScreen {
    private static final int LEAST_CENTRES = 8;
    private static final int LEAST_COORDINATES = 8;
    /** Bits of a float below those that make a cell: 2,048 cells to a factor of two. */
    private static final int SHIFT = 12;
    /** Relative error that the cells allow for. */
    private static final double MARGIN = 0x1p-12;

    /** Squares below it are one cell. */
    private static final double LOWEST = 1e-30;
    /** Squares that single precision holds with the error above. */
    private static final double SMALLEST = 1e-20;

    private static final double LARGEST = 1e30;
    private static final short CLOSER = -1;

    private final double[] limits;
    private final double[] mean;
    private final float[][] twice;
    private final double[] centreSquares;
    private final double error;
    private final float[][] columns;
    /** Squared distances from the mean, and from a centre. */
    private final float[] squares;

    private final float[] square;
    private final double[] exactSquares;
    private final double[] gap;
    private final int least;
    private final short[] table;
    private int size;
    private double largest;

    private RingScreen(double[] limits, double[][] centres, int length) {
        int d = centres[0].length;
        this.limits = limits;
        mean = new double[d];
        for (int j = 0; j < d; j++) {
            for (double[] c : centres) {
                mean[j] += c[j] / centres.length;
            }
        }
        twice = new float[centres.length][d];
        centreSquares = new double[centres.length];
        for (int i = 0; i < centres.length; i++) {
            for (int j = 0; j < d; j++) {
                double c = centres[i][j] - mean[j];
                twice[i][j] = -2 * (float) c;
                centreSquares[i] += c * c;
            }
        }
        error = (2.5 * d + 16) * 0x1p-24;
        // rows of a multiple of 64 bytes with their header of 16, so that vectors do not straddle cache lines
        float[][] rows = new float[d + 2][length + 12];
        columns = Arrays.copyOf(rows, d);
        squares = rows[d];
        square = rows[d + 1];
        exactSquares = new double[length];
        gap = new double[length];
        int rings = limits.length - 1;
        int low = 0;
        while (low < rings - 1 && limits[low] < LOWEST) {
            low++;
        }
        least = cell(Math.min(Math.max(limits[low] * (1 - 4 * MARGIN), LOWEST), 0.1 * LARGEST)) - 1;
        int last = cell(Math.min(Math.max(limits[rings - 1] * (1 + 4 * MARGIN), 10 * LOWEST), LARGEST)) + 1;
        table = new short[last - least + 1];
        for (int i = 0; i < table.length; i++) {
            double from = i == 0 ? 0 : value(least + i) * (1 - MARGIN);
            double to = i == table.length - 1 ? Double.MAX_VALUE : value(least + i + 1) * (1 + MARGIN);
            int ring = ring(from);
            table[i] = ring == ring(to) ? (short) ring : CLOSER;
        }
    }

    /**
     * A screen for balls, or null where it would not pay.
     *
     * @param limits squares of the radii, ascending, and infinity
     */
    static @Nullable RingScreen of(double[] limits, DistanceBlock block) {
        double[][] centres = block.centres();
        boolean pays = block.guarded() && pays(centres.length, centres[0].length) && limits.length < Short.MAX_VALUE;
        return pays ? new RingScreen(limits, centres, block.length()) : null;
    }

    static boolean pays(int centres, int coordinates) {
        return centres >= LEAST_CENTRES && coordinates >= LEAST_COORDINATES;
    }

    private static int cell(double square) {
        return Float.floatToRawIntBits((float) square) >>> SHIFT;
    }

    private static double value(int cell) {
        return Float.intBitsToFloat(cell << SHIFT);
    }

    private int ring(double square) {
        int low = 0;
        int high = limits.length - 1;
        while (low < high) {
            int mid = (low + high) >>> 1;
            if (square > limits[mid]) {
                low = mid + 1;
            } else {
                high = mid;
            }
        }
        return low;
    }

    /**
     * Takes over the draws of a block.
     *
     * @return whether the screen can be used for them: their squares are within the range of single precision, and few of
     *     them are so much nearer to the centres than the farthest that its error would hide them
     */
    boolean load(DistanceBlock block) {
        size = block.size();
        Arrays.fill(exactSquares, 0, size, 0);
        for (int j = 0; j < columns.length; j++) {
            subtract(block.column(j), mean[j], gap, size);
            addSquares(gap, exactSquares, size);
            round(gap, columns[j], size);
        }
        largest = 0;
        double sum = 0;
        for (int t = 0; t < size; t++) {
            largest = Math.max(largest, exactSquares[t]);
            sum += exactSquares[t];
        }
        double farthest = 0;
        for (double square : centreSquares) {
            farthest = Math.max(farthest, square);
        }
        if (!(sum < LARGEST && farthest < LARGEST && largest + farthest > SMALLEST)) {
            return false;
        }
        round(exactSquares, squares, size);
        double hidden = guard(farthest);
        int near = 0;
        for (int t = 0; t < size; t++) {
            near += exactSquares[t] < hidden ? 1 : 0;
        }
        return 4 * near <= size;
    }

    /** The square below which the error may exceed the margin of the cells. */
    private double guard(double centreSquare) {
        return error * (largest + centreSquare) / MARGIN;
    }

    private static void subtract(double[] x, double c, double[] gap, int size) {
        for (int t = 0; t < size; t++) {
            gap[t] = x[t] - c;
        }
    }

    private static void addSquares(double[] gap, double[] sum, int size) {
        for (int t = 0; t < size; t++) {
            sum[t] += gap[t] * gap[t];
        }
    }

    private static void round(double[] x, float[] y, int size) {
        for (int t = 0; t < size; t++) {
            y[t] = (float) x[t];
        }
    }

    /** Writes the ring of each draw about a centre. */
    void rings(int centre, int[] ring, Rings exact) {
        expand(centre);
        int last = table.length - 1;
        int guard = (Float.floatToRawIntBits((float) guard(centreSquares[centre])) >> SHIFT) - least;
        int first = Math.max(0, Math.min(last, guard));
        short beyond = table[first];
        table[first] = CLOSER;
        look(square, table, first, least, ring, size);
        table[first] = beyond;
        int t = 0;
        for (; t + 8 <= size; t += 8) {
            if (anyCloser(ring, t)) {
                settle(centre, t, t + 8, ring, exact);
            }
        }
        settle(centre, t, size, ring, exact);
    }

    private static boolean anyCloser(int[] ring, int t) {
        return (ring[t]
                        | ring[t + 1]
                        | ring[t + 2]
                        | ring[t + 3]
                        | ring[t + 4]
                        | ring[t + 5]
                        | ring[t + 6]
                        | ring[t + 7])
                < 0;
    }

    /** Cells from {@code first} on, all below being one; squares that rounding made negative are there too. */
    private static void look(float[] square, short[] cells, int first, int least, int[] ring, int size) {
        int last = cells.length - 1;
        for (int t = 0; t < size; t++) {
            int cell = (Float.floatToRawIntBits(square[t]) >> SHIFT) - least;
            ring[t] = cells[Math.max(first, Math.min(last, cell))];
        }
    }

    /** Looks closer at draws near a radius, or near the centre. */
    private void settle(int centre, int from, int to, int[] ring, Rings exact) {
        for (int t = from; t < to; t++) {
            if (ring[t] < 0) {
                double bound = error * (exactSquares[t] + centreSquares[centre]);
                int inner = ring(square[t] - bound);
                boolean decided = bound > error * SMALLEST && !(square[t] + bound > limits[inner]);
                ring[t] = decided ? inner : exact.careful(centre, t);
            }
        }
    }

    /** Four coordinates a pass: longer bodies are not vectorised. */
    private void expand(int centre) {
        float[] a = twice[centre];
        float[][] x = columns;
        int d = x.length;
        int j = d % 4;
        float own = (float) centreSquares[centre];
        switch (j) {
            case 0 -> start(squares, own, square, size);
            case 1 -> startOne(squares, own, x[0], a[0], square, size);
            case 2 -> startTwo(squares, own, x[0], x[1], a[0], a[1], square, size);
            default -> startThree(squares, own, x[0], x[1], x[2], a[0], a[1], a[2], square, size);
        }
        for (; j < d; j += 4) {
            addFour(x[j], x[j + 1], x[j + 2], x[j + 3], a[j], a[j + 1], a[j + 2], a[j + 3], square, size);
        }
    }

    private static void start(float[] squares, float own, float[] sum, int size) {
        for (int t = 0; t < size; t++) {
            sum[t] = squares[t] + own;
        }
    }

    private static void startOne(float[] squares, float own, float[] x, float a, float[] sum, int size) {
        for (int t = 0; t < size; t++) {
            sum[t] = squares[t] + own + a * x[t];
        }
    }

    private static void startTwo(
            float[] squares, float own, float[] x0, float[] x1, float a0, float a1, float[] sum, int size) {
        for (int t = 0; t < size; t++) {
            sum[t] = squares[t] + own + a0 * x0[t] + a1 * x1[t];
        }
    }

    private static void startThree(
            float[] squares,
            float own,
            float[] x0,
            float[] x1,
            float[] x2,
            float a0,
            float a1,
            float a2,
            float[] sum,
            int size) {
        for (int t = 0; t < size; t++) {
            sum[t] = squares[t] + own + a0 * x0[t] + a1 * x1[t] + a2 * x2[t];
        }
    }

    private static void addFour(
            float[] x0,
            float[] x1,
            float[] x2,
            float[] x3,
            float a0,
            float a1,
            float a2,
            float a3,
            float[] sum,
            int size) {
        for (int t = 0; t < size; t++) {
            sum[t] = sum[t] + a0 * x0[t] + a1 * x1[t] + a2 * x2[t] + a3 * x3[t];
        }
    }
}
