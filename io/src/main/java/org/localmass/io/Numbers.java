package org.localmass.io;

import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;

/** The numbers of an array, one after the other. */
interface Numbers extends Closeable {
    /** Puts the next numbers into {@code target} from {@code offset} on. */
    void read(double[] target, int offset, int count) throws IOException;

    @Override
    default void close() throws IOException {}

    /** Opens an array at its first number. */
    interface Opener {
        Numbers open() throws IOException;
    }

    /** The numbers of an array in memory, which is not copied. */
    static Numbers of(double[] values) {
        return new Numbers() {
            private int next;

            @Override
            public void read(double[] target, int offset, int count) {
                System.arraycopy(values, next, target, offset, count);
                next += count;
            }
        };
    }

    /**
     * An array with its axes in another order.
     *
     * @param values numbers in C order of the given shape
     * @param order  for each axis of the result, the axis it was
     * @return numbers in C order of the axes in their new order
     */
    static double[] transposed(double[] values, long[] shape, int[] order) {
        int axes = shape.length;
        long[] strides = new long[axes];
        long stride = 1;
        for (int a = axes - 1; a >= 0; a--) {
            strides[a] = stride;
            stride *= shape[a];
        }
        long[] size = new long[axes];
        long[] step = new long[axes];
        for (int a = 0; a < axes; a++) {
            size[a] = shape[order[a]];
            step[a] = strides[order[a]];
        }
        double[] result = new double[values.length];
        long[] at = new long[axes];
        long from = 0;
        for (int i = 0; i < result.length; i++) {
            result[i] = values[(int) from];
            for (int a = axes - 1; a >= 0; a--) {
                from += step[a];
                if (++at[a] < size[a]) {
                    break;
                }
                from -= size[a] * step[a];
                at[a] = 0;
            }
        }
        return result;
    }

    /** Whether axes are in their own order. */
    static boolean isOrdered(int[] order) {
        int[] ordered = order.clone();
        Arrays.sort(ordered);
        return Arrays.equals(ordered, order);
    }
}
