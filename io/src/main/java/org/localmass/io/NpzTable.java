package org.localmass.io;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.localmass.core.draws.Chain;

/** Writes arrays of NumPy into an archive; the elements of a vector or matrix become one array. */
final class NpzTable {
    private static final LocalDateTime EPOCH = LocalDateTime.of(1980, 1, 1, 0, 0);
    private static final int ALIGNED = 64;
    private static final int BUFFER = 1 << 16;

    /** An array: its axes after chain and draw, and the column of each element in C order. */
    private record Grouped(String name, int[] shape, int[] columns) {}

    private final DrawsWriter.Table table;
    private final List<double[][]> chains = new ArrayList<>();
    private final boolean paired;

    private NpzTable(DrawsWriter.Table table) {
        this.table = table;
        List<Chain> all = table.draws().chains();
        int draws = all.get(0).size();
        // read back as chains only where there are more draws than chains
        this.paired = all.size() < draws && all.size() <= 256 && all.stream().allMatch(c -> c.size() == draws);
        for (Chain chain : all) {
            chains.add(table.values(chain));
        }
    }

    static void write(DrawsWriter.Table table, Path path) throws IOException {
        NpzTable archive = new NpzTable(table);
        try (ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(path), BUFFER))) {
            for (Grouped array : grouped(table.columns())) {
                archive.add(zip, array);
            }
            if (!archive.paired && table.numbered()) {
                archive.add(zip, new Grouped(DrawsWriter.Table.CHAIN, new int[0], new int[] {-1}));
            }
        }
    }

    private static List<Grouped> grouped(List<String> names) {
        Map<String, List<Integer>> groups = new LinkedHashMap<>();
        for (int j = 0; j < names.size(); j++) {
            String name = names.get(j);
            int open = name.indexOf('[');
            boolean numbered = open > 0 && name.substring(open).matches("\\[[1-9][0-9]{0,8}(,[1-9][0-9]{0,8})*]");
            groups.computeIfAbsent(numbered ? name.substring(0, open) : name, key -> new ArrayList<>())
                    .add(j);
        }
        List<Grouped> arrays = new ArrayList<>();
        groups.forEach((name, columns) -> {
            if (columns.size() == 1 && names.get(columns.get(0)).equals(name)) {
                arrays.add(new Grouped(name, new int[0], new int[] {columns.get(0)}));
                return;
            }
            Grouped whole = grid(name, columns, names);
            if (whole != null) {
                arrays.add(whole);
            } else {
                columns.forEach(j -> arrays.add(new Grouped(names.get(j), new int[0], new int[] {j})));
            }
        });
        return arrays;
    }

    /** The elements as one array; null if they are not all positions of one. */
    private static @org.jspecify.annotations.Nullable Grouped grid(
            String name, List<Integer> columns, List<String> names) {
        List<int[]> indices = new ArrayList<>();
        int[] shape = {};
        for (int j : columns) {
            String element = names.get(j);
            if (element.equals(name)) {
                return null;
            }
            String[] parts =
                    element.substring(name.length() + 1, element.length() - 1).split(",", -1);
            int[] index = Arrays.stream(parts).mapToInt(Integer::parseInt).toArray();
            if (indices.isEmpty()) {
                shape = new int[index.length];
            } else if (index.length != shape.length) {
                return null;
            }
            for (int a = 0; a < shape.length; a++) {
                shape[a] = Math.max(shape[a], index[a]);
            }
            indices.add(index);
        }
        long size = 1;
        for (int s : shape) {
            size *= s;
            if (size > columns.size()) {
                return null;
            }
        }
        if (size != columns.size()) {
            return null;
        }
        int[] places = new int[columns.size()];
        Arrays.fill(places, -1);
        for (int k = 0; k < places.length; k++) {
            int at = 0;
            for (int a = 0; a < shape.length; a++) {
                at = at * shape[a] + indices.get(k)[a] - 1;
            }
            if (places[at] >= 0) {
                return null;
            }
            places[at] = columns.get(k);
        }
        return new Grouped(name, shape, places);
    }

    private void add(ZipOutputStream zip, Grouped array) throws IOException {
        byte[] head = head(array);
        CRC32 sum = new CRC32();
        long[] size = {0};
        write(array, head, new OutputStream() {
            @Override
            public void write(int b) {
                sum.update(b);
                size[0]++;
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                sum.update(bytes, offset, length);
                size[0] += length;
            }
        });
        ZipEntry entry = new ZipEntry(array.name + ".npy");
        entry.setTimeLocal(EPOCH);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(size[0]);
        entry.setCompressedSize(size[0]);
        entry.setCrc(sum.getValue());
        zip.putNextEntry(entry);
        write(array, head, zip);
        zip.closeEntry();
    }

    private byte[] head(Grouped array) {
        StringBuilder shape = new StringBuilder("(");
        if (paired) {
            shape.append(chains.size()).append(", ");
        }
        int draws = paired ? chains.get(0)[0].length : table.draws().size();
        shape.append(draws).append(",");
        for (int s : array.shape) {
            shape.append(' ').append(s).append(",");
        }
        if (paired || array.shape.length > 0) {
            shape.setLength(shape.length() - 1);
        }
        shape.append(')');
        String text = "{'descr': '<f8', 'fortran_order': False, 'shape': " + shape + ", }";
        int length = (10 + text.length() + 1 + ALIGNED - 1) / ALIGNED * ALIGNED;
        ByteBuffer head = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        head.put((byte) 0x93)
                .put("NUMPY".getBytes(StandardCharsets.US_ASCII))
                .put((byte) 1)
                .put((byte) 0);
        head.putShort((short) (length - 10)).put(text.getBytes(StandardCharsets.US_ASCII));
        while (head.position() < length - 1) {
            head.put((byte) ' ');
        }
        return head.put((byte) '\n').array();
    }

    private void write(Grouped array, byte[] head, OutputStream out) throws IOException {
        out.write(head, 0, head.length);
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
        for (int c = 0; c < chains.size(); c++) {
            double[][] values = chains.get(c);
            for (int i = 0; i < values[0].length; i++) {
                for (int column : array.columns) {
                    if (buffer.remaining() < Double.BYTES) {
                        out.write(buffer.array(), 0, buffer.position());
                        buffer.clear();
                    }
                    buffer.putDouble(column < 0 ? c + 1 : values[column][i]);
                }
            }
        }
        out.write(buffer.array(), 0, buffer.position());
    }
}
