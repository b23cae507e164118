package org.localmass.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The head of an array of NumPy, format versions 1 to 3.
 *
 * @param shape   its axes
 * @param fortran whether the first axis varies fastest
 * @param type    what the numbers are
 */
record NpyArray(long[] shape, boolean fortran, NumberType type) {
    private static final int[] MAGIC = {0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int LONGEST_HEAD = 1 << 16;
    private static final Pattern DESCR = Pattern.compile("'descr'\\s*:\\s*'([<>|=]?)([a-zA-Z?])([0-9]*)'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([0-9,\\sL]*)\\)");

    /** Reads the head of an array and stops at its first number. */
    static NpyArray read(InputStream in, String file, String name) throws IOException {
        byte[] start = in.readNBytes(10);
        for (int i = 0; i < MAGIC.length; i++) {
            if (start.length < 10 || (start[i] & 0xff) != MAGIC[i]) {
                throw DrawsFormatException.of(file, name + " is not an array of NumPy");
            }
        }
        int version = start[6];
        long length = (start[8] & 0xff) | (start[9] & 0xff) << 8;
        if (version > 1) {
            byte[] more = in.readNBytes(2);
            length = more.length < 2 ? Long.MAX_VALUE : length | (more[0] & 0xffL) << 16 | (more[1] & 0xffL) << 24;
        }
        if (version < 1 || version > 3 || length > LONGEST_HEAD) {
            throw DrawsFormatException.of(file, name + " has a damaged head");
        }
        byte[] bytes = in.readNBytes((int) length);
        if (bytes.length < length) {
            throw cut(file, name);
        }
        return parse(new String(bytes, StandardCharsets.UTF_8), file, name);
    }

    private static DrawsFormatException cut(String file, String name) {
        return DrawsFormatException.of(file, name + " is cut short: the file may still be being written");
    }

    private static NpyArray parse(String head, String file, String name) throws DrawsFormatException {
        Matcher order = ORDER.matcher(head);
        Matcher axes = SHAPE.matcher(head);
        Matcher descr = DESCR.matcher(head);
        if (!order.find() || !axes.find()) {
            throw DrawsFormatException.of(file, name + " has a damaged head");
        }
        if (!descr.find()) {
            throw DrawsFormatException.of(file, name + " is an array of records; only plain numbers are read");
        }
        char kind = descr.group(2).charAt(0);
        if (kind == '?') {
            kind = 'b';
        }
        int size = descr.group(3).isEmpty() || descr.group(3).length() > 3 ? 1 : Integer.parseInt(descr.group(3));
        boolean known =
                switch (kind) {
                    case 'b' -> size == 1;
                    case 'i', 'u' -> size == 1 || size == 2 || size == 4 || size == 8;
                    case 'f' -> size == 2 || size == 4 || size == 8;
                    default -> false;
                };
        if (!known) {
            throw DrawsFormatException.of(
                    file,
                    name + " holds values of type " + kind + descr.group(3)
                            + "; booleans, integers and floats of 16, 32 and 64 bits are read");
        }
        long[] shape = shape(axes.group(1), file, name);
        ByteOrder bytes = descr.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        return new NpyArray(shape, order.group(1).equals("True"), new NumberType(kind, size, bytes));
    }

    private static long[] shape(String text, String file, String name) throws DrawsFormatException {
        List<Long> axes = new ArrayList<>();
        long count = 1;
        for (String part : text.split(",", -1)) {
            String digits = part.strip().replace("L", "");
            if (digits.isEmpty()) {
                continue;
            }
            if (digits.length() > 18 || !digits.matches("[0-9]+")) {
                throw DrawsFormatException.of(file, name + " has a damaged head");
            }
            long axis = Long.parseLong(digits);
            if (axis > 0 && count > (Long.MAX_VALUE >> 4) / axis) {
                throw DrawsFormatException.of(file, name + " claims the shape (" + text.strip() + "): not believed");
            }
            count *= axis;
            axes.add(axis);
        }
        return axes.stream().mapToLong(Long::longValue).toArray();
    }

    /** Number of values. */
    long count() {
        long count = 1;
        for (long axis : shape) {
            count *= axis;
        }
        return count;
    }

    /** Bytes of the values. */
    long bytes() {
        return count() * type.size();
    }

    /** Numbers in the C order of the axes, whatever the array's. */
    Numbers inOrder(InputStream in, String file, String name) throws IOException {
        Numbers numbers = new Streamed(in, type, file, name);
        if (!fortran || shape.length < 2) {
            return numbers;
        }
        double[] values = Memory.doubles(file, name, count());
        numbers.read(values, 0, values.length);
        numbers.close();
        int axes = shape.length;
        long[] reversed = new long[axes];
        int[] order = new int[axes];
        for (int a = 0; a < axes; a++) {
            reversed[a] = shape[axes - 1 - a];
            order[a] = axes - 1 - a;
        }
        Memory.hold(file, 2L * values.length);
        return Numbers.of(Numbers.transposed(values, reversed, order));
    }

    /** Numbers as they come out of a stream. */
    private static final class Streamed implements Numbers {
        private static final int BUFFER = 1 << 16;

        private final InputStream in;
        private final NumberType type;
        private final String file;
        private final String name;
        private final byte[] bytes = new byte[BUFFER];
        private final ByteBuffer buffer;

        Streamed(InputStream in, NumberType type, String file, String name) {
            this.in = in;
            this.file = file;
            this.name = name;
            this.type = type;
            this.buffer = ByteBuffer.wrap(bytes).order(type.order());
        }

        @Override
        public void read(double[] target, int offset, int count) throws IOException {
            int most = BUFFER / type.size();
            int done = 0;
            while (done < count) {
                int part = Math.min(most, count - done);
                if (in.readNBytes(bytes, 0, part * type.size()) < part * type.size()) {
                    throw cut(file, name);
                }
                type.decode(buffer, 0, target, offset + done, part);
                done += part;
            }
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
