package org.localmass.estimate;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which ring between nested balls each draw of a block lies in: ring 0 is the smallest ball, ring J all that lies outside
 * the largest. Not safe to use from several threads.
 *
 * <p>A table over the leading bits of the raw value gives the first ring that is possible, a comparison or two the right
 * one. Squares are compared with the largest square whose root is at most the radius, so that nothing depends on rounding.
 */
final class Rings {
    private static final int MOST_CELLS = 1 << 12;
    private static final int FINEST = Long.SIZE - 1 - 11 - 6;

    private final double[] radii;
    private final double[] limits;
    private final DistanceBlock block;
    private final int shift;
    private final long least;
    private final int[] first;
    private final int[] ring;
    private final @Nullable RingScreen screen;
    private boolean screened;

    private Rings(double[] radii, double[] limits, DistanceBlock block) {
        this.radii = radii;
        this.limits = limits;
        this.block = block;
        long low = Double.doubleToRawLongBits(limits[0]);
        long high = Double.doubleToRawLongBits(limits[radii.length - 1]);
        int bits = FINEST;
        while ((high >>> bits) - (low >>> bits) >= MOST_CELLS) {
            bits++;
        }
        this.shift = bits;
        this.least = low >>> bits;
        this.first = new int[(int) ((high >>> bits) - least) + 2];
        int k = 0;
        for (int cell = 0; cell < first.length - 1; cell++) {
            double smallest = cell == 0 ? 0 : Double.longBitsToDouble((least + cell) << bits);
            while (smallest > limits[k]) {
                k++;
            }
            first[cell] = k;
        }
        first[first.length - 1] = limits.length - 1;
        this.ring = new int[block.length()];
        this.screen = RingScreen.of(limits, block);
    }

    static Rings of(double[] radii, DistanceBlock block) {
        double[] limits = Arrays.copyOf(radii, radii.length + 1);
        for (int k = 0; block.squared() && k < radii.length; k++) {
            limits[k] = largestSquare(radii[k]);
        }
        limits[radii.length] = Double.POSITIVE_INFINITY;
        return new Rings(radii, limits, block);
    }

    /** The largest finite number whose root is at most r. */
    static double largestSquare(double r) {
        double square = Math.min(r * r, Double.MAX_VALUE);
        while (Math.sqrt(square) > r) {
            square = Math.nextDown(square);
        }
        while (square < Double.MAX_VALUE && Math.sqrt(Math.nextUp(square)) <= r) {
            square = Math.nextUp(square);
        }
        return square;
    }

    /** Takes over the draws that the block has loaded. */
    void load() {
        screened = screen != null && screen.load(block);
    }

    /** Rings of the draws about a centre; overwritten by the next call. */
    int[] of(int centre) {
        if (screen != null && screened) {
            screen.rings(centre, ring, this);
            return ring;
        }
        double[] raw = block.raw(centre);
        int size = block.size();
        int last = first.length - 1;
        for (int t = 0; t < size; t++) {
            double value = raw[t];
            long cell = (Double.doubleToRawLongBits(value) >>> shift) - least;
            int k = first[(int) Math.max(0, Math.min(last, cell))];
            while (value > limits[k]) {
                k++;
            }
            ring[t] = k;
        }
        for (int t = 0; block.guarded() && t < size; t++) {
            if (raw[t] < DistanceBlock.SAFE_SQUARES || raw[t] == Double.POSITIVE_INFINITY) {
                ring[t] = careful(centre, t);
            }
        }
        return ring;
    }

    /** The ring of one draw, from its distance by {@link org.localmass.core.region.Ball#distance}. */
    int careful(int centre, int draw) {
        return find(block.careful(centre, draw));
    }

    private int find(double distance) {
        int k = 0;
        while (k < radii.length && !(distance <= radii[k])) {
            k++;
        }
        return k;
    }
}
