package org.localmass.core.draws;

/**
 * Values in increasing order with the places they came from. Equal values keep their order; -0 and 0 are equal.
 *
 * <p>A radix sort on the bits of the values, linear in their number.
 */
final class Order {
    private static final int BITS = 11;
    private static final int BINS = 1 << BITS;
    private static final int PASSES = (Long.SIZE + BITS - 1) / BITS;

    /** The values in increasing order. */
    final double[] sorted;
    /** Place of each sorted value before sorting. */
    final int[] places;

    private Order(double[] sorted, int[] places) {
        this.sorted = sorted;
        this.places = places;
    }

    /** The order of values without NaN; the array is not modified. */
    static Order of(double[] values) {
        int n = values.length;
        Keys keys = new Keys(values);
        // The upper half of the bits leaves few pairs to exchange, unless the values share it.
        keys.pass(PASSES / 2, PASSES);
        if (!keys.insert(4L * n)) {
            keys = new Keys(values);
            keys.pass(0, PASSES);
        }
        double[] sorted = new double[n];
        for (int i = 0; i < n; i++) {
            long key = keys.keys[i];
            sorted[i] = Double.longBitsToDouble(key ^ (~(key >> 63) | Long.MIN_VALUE));
        }
        return new Order(sorted, keys.places);
    }

    /** Bits of the values, in an order that is that of the values, with their places. */
    private static final class Keys {
        private long[] keys;
        private int[] places;

        Keys(double[] values) {
            int n = values.length;
            keys = new long[n];
            places = new int[n];
            for (int i = 0; i < n; i++) {
                long bits = Double.doubleToRawLongBits(values[i] + 0.0);
                keys[i] = bits ^ ((bits >> 63) | Long.MIN_VALUE);
                places[i] = i;
            }
        }

        /** Stable sorts by the digits {@code from} (inclusive) to {@code to} (exclusive), the lowest first. */
        void pass(int from, int to) {
            int n = keys.length;
            int[][] counts = new int[to - from][BINS];
            for (long key : keys) {
                for (int pass = from; pass < to; pass++) {
                    counts[pass - from][digit(key, pass)]++;
                }
            }
            long[] otherKeys = new long[n];
            int[] otherPlaces = new int[n];
            for (int pass = from; pass < to; pass++) {
                int[] next = counts[pass - from];
                if (n > 0 && next[digit(keys[0], pass)] == n) {
                    continue;
                }
                int total = 0;
                for (int bin = 0; bin < BINS; bin++) {
                    int count = next[bin];
                    next[bin] = total;
                    total += count;
                }
                for (int i = 0; i < n; i++) {
                    int target = next[digit(keys[i], pass)]++;
                    otherKeys[target] = keys[i];
                    otherPlaces[target] = places[i];
                }
                long[] sortedKeys = otherKeys;
                otherKeys = keys;
                keys = sortedKeys;
                int[] sortedPlaces = otherPlaces;
                otherPlaces = places;
                places = sortedPlaces;
            }
        }

        /** Stable insertion sort; false, with the order unfinished, if it takes more than {@code budget} moves. */
        boolean insert(long budget) {
            long left = budget;
            for (int i = 1; i < keys.length; i++) {
                long key = keys[i];
                if (Long.compareUnsigned(keys[i - 1], key) <= 0) {
                    continue;
                }
                int place = places[i];
                int j = i;
                while (j > 0 && Long.compareUnsigned(keys[j - 1], key) > 0) {
                    keys[j] = keys[j - 1];
                    places[j] = places[j - 1];
                    j--;
                    if (--left < 0) {
                        return false;
                    }
                }
                keys[j] = key;
                places[j] = place;
            }
            return true;
        }
    }

    private static int digit(long key, int pass) {
        return (int) (key >>> (pass * BITS)) & (BINS - 1);
    }

    /** The order of the distances from {@code centre}, merged from both sides in linear time. */
    Order folded(double centre) {
        int n = sorted.length;
        double[] distances = new double[n];
        int[] from = new int[n];
        int right = 0;
        while (right < n && sorted[right] < centre) {
            right++;
        }
        int left = right - 1;
        for (int i = 0; i < n; i++) {
            double below = left >= 0 ? Math.abs(sorted[left] - centre) : Double.POSITIVE_INFINITY;
            double above = right < n ? Math.abs(sorted[right] - centre) : Double.POSITIVE_INFINITY;
            if (right >= n || (left >= 0 && below <= above)) {
                distances[i] = below;
                from[i] = places[left--];
            } else {
                distances[i] = above;
                from[i] = places[right++];
            }
        }
        return new Order(distances, from);
    }

    /**
     * Quantile of type 7 of Hyndman and Fan (1996): linear between the order statistics at 1 + (n - 1) p.
     *
     * @param p 0 to 1
     */
    double quantile(double p) {
        double index = 1 + (sorted.length - 1) * p;
        double low = Math.floor(index);
        double part = index - low;
        double a = sorted[(int) low - 1];
        double b = sorted[(int) Math.ceil(index) - 1];
        return part > 0 && a != b ? (1 - part) * a + part * b : a;
    }

    /** The middle value, or the mean of the two middle values. */
    double median() {
        int n = sorted.length;
        double a = sorted[(n - 1) / 2];
        double b = sorted[n / 2];
        return a == b ? a : 0.5 * a + 0.5 * b;
    }
}
