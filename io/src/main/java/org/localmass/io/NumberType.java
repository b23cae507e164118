package org.localmass.io;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How numbers are stored.
 *
 * @param kind  b (boolean), i (signed), u (unsigned) or f (floating point)
 * @param size  bytes of a number: 1, 2, 4 or 8
 * @param order order of these bytes
 */
record NumberType(char kind, int size, ByteOrder order) {
    /**
     * Turns stored numbers into doubles; integers beyond 2^53 are rounded to the nearest.
     *
     * @param buffer bytes in this type's order
     * @param from   position of the first number
     */
    void decode(ByteBuffer buffer, int from, double[] target, int offset, int count) {
        switch (kind) {
            case 'f' -> floats(buffer, from, target, offset, count);
            case 'i' -> signed(buffer, from, target, offset, count);
            default -> unsigned(buffer, from, target, offset, count);
        }
    }

    private void floats(ByteBuffer buffer, int from, double[] target, int offset, int count) {
        switch (size) {
            case 8 -> {
                for (int i = 0; i < count; i++) {
                    target[offset + i] = buffer.getDouble(from + 8 * i);
                }
            }
            case 4 -> {
                for (int i = 0; i < count; i++) {
                    target[offset + i] = buffer.getFloat(from + 4 * i);
                }
            }
            default -> {
                for (int i = 0; i < count; i++) {
                    target[offset + i] = half(buffer.getShort(from + 2 * i));
                }
            }
        }
    }

    private void signed(ByteBuffer buffer, int from, double[] target, int offset, int count) {
        for (int i = 0; i < count; i++) {
            target[offset + i] = switch (size) {
                case 8 -> buffer.getLong(from + 8 * i);
                case 4 -> buffer.getInt(from + 4 * i);
                case 2 -> buffer.getShort(from + 2 * i);
                default -> buffer.get(from + i);
            };
        }
    }

    private void unsigned(ByteBuffer buffer, int from, double[] target, int offset, int count) {
        for (int i = 0; i < count; i++) {
            target[offset + i] = switch (size) {
                case 8 -> unsigned(buffer.getLong(from + 8 * i));
                case 4 -> buffer.getInt(from + 4 * i) & 0xffffffffL;
                case 2 -> buffer.getShort(from + 2 * i) & 0xffff;
                default -> buffer.get(from + i) & 0xff;
            };
        }
    }

    /** An unsigned integer of 64 bits, rounded to the nearest double. */
    static double unsigned(long bits) {
        // the lowest bit stands for all that the shift loses: it keeps the rounding right
        return bits >= 0 ? bits : 2.0 * (bits >>> 1 | (bits & 1));
    }

    /** A float of 16 bits. */
    static double half(short bits) {
        int exponent = bits >> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        double value = exponent == 0
                ? fraction * 0x1p-24
                : exponent < 31
                        ? (1024 + fraction) * Math.scalb(1.0, exponent - 25)
                        : fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
        return bits < 0 ? -value : value;
    }
}
