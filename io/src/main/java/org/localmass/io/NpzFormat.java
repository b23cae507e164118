package org.localmass.io;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Several arrays of NumPy, as {@code np.savez} and {@code np.savez_compressed} write them. */
public final class NpzFormat implements DrawsFormat {
    private static final String ENDING = ".npy";
    private static final int BUFFER = 1 << 16;

    /** For the service loader. */
    public NpzFormat() {}

    @Override
    public boolean accepts(Source source) {
        return source.container() == Source.Container.NPZ;
    }

    @Override
    public Optional<Format> sniff(Source source) throws IOException {
        try (ZipFile zip = new ZipFile(source.path().toFile())) {
            return arrays(zip, source).isEmpty() ? Optional.empty() : Optional.of(Format.NPZ);
        }
    }

    private record Member(ZipEntry entry, NpyArray array) {}

    @Override
    public Pass scan(Source source, Reading reading, BlockSink sink) throws IOException {
        String file = source.file();
        try (ZipFile zip = new ZipFile(source.path().toFile())) {
            Map<String, Member> members = arrays(zip, source);
            List<String> notes = new ArrayList<>();
            Map<String, long[]> shapes = new LinkedHashMap<>();
            for (Map.Entry<String, Member> e : members.entrySet()) {
                long[] shape = e.getValue().array().shape();
                if (reading.role(e.getKey()) == ColumnRole.IGNORE) {
                    continue;
                }
                if (shape.length == 0) {
                    notes.add(e.getKey() + " is a single number: left out");
                } else {
                    shapes.put(e.getKey(), shape);
                }
            }
            if (shapes.isEmpty()) {
                throw DrawsFormatException.of(file, "no array of draws in the NumPy archive");
            }
            Shapes common = Shapes.of(file, shapes, reading.arrangement());
            notes.addAll(common.notes());
            List<Variable> variables = new ArrayList<>();
            for (Map.Entry<String, long[]> e : shapes.entrySet()) {
                Member member = members.get(e.getKey());
                if (member != null) {
                    variables.add(new Variable(
                            e.getKey(),
                            source.key() == null ? reading.role(e.getKey()) : ColumnRole.PARAMETER,
                            common.elements(e.getValue()),
                            List.of(),
                            () -> numbers(zip, member, file, e.getKey())));
                }
            }
            return new ArrayScan(file, Format.NPZ, common.chains(), common.draws(), variables, reading)
                    .run(sink, notes);
        } catch (IllegalArgumentException e) {
            throw new ZipException("a name within is not in UTF-8");
        }
    }

    private static Map<String, Member> arrays(ZipFile zip, Source source) throws IOException {
        String file = source.file();
        Map<String, Member> arrays = new LinkedHashMap<>();
        List<String> names = new ArrayList<>();
        for (ZipEntry entry : zip.stream().toList()) {
            String name = entry.getName();
            if (entry.isDirectory()) {
                continue;
            }
            if (name.startsWith("/")
                    || name.contains("\\")
                    || List.of(name.split("/", -1)).contains("..")) {
                throw DrawsFormatException.of(file, "the archive holds the path " + name + ": refused");
            }
            String key = name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
            names.add(key);
            if (source.key() != null && !source.key().equals(key)) {
                continue;
            }
            NpyArray array;
            try (InputStream in = zip.getInputStream(entry)) {
                array = NpyArray.read(in, file, key);
            }
            if (entry.getMethod() == ZipEntry.STORED && array.bytes() > entry.getSize()) {
                throw DrawsFormatException.of(
                        file,
                        key + " claims the shape " + Gate.shape(array.shape()) + " but has " + entry.getSize()
                                + " bytes");
            }
            if (arrays.put(key, new Member(entry, array)) != null) {
                throw DrawsFormatException.of(file, key + " occurs twice");
            }
        }
        if (source.key() != null && arrays.isEmpty()) {
            throw DrawsFormatException.of(
                    file, "no array " + source.key() + "; the archive holds " + String.join(", ", names));
        }
        return arrays;
    }

    private static Numbers numbers(ZipFile zip, Member member, String file, String name) throws IOException {
        InputStream in = new Checked(zip.getInputStream(member.entry()), member.entry(), file, name);
        if (member.entry().getMethod() != ZipEntry.STORED) {
            in = new BufferedInputStream(in, BUFFER);
        }
        NpyArray.read(in, file, name);
        return member.array().inOrder(in, file, name);
    }

    /** Compares the checksum of an entry when its last byte has been read. */
    private static final class Checked extends FilterInputStream {
        private final CRC32 sum = new CRC32();
        private final ZipEntry entry;
        private final String file;
        private final String name;
        private long left;

        Checked(InputStream in, ZipEntry entry, String file, String name) {
            super(in);
            this.entry = entry;
            this.file = file;
            this.name = name;
            this.left = entry.getSize();
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = in.read(target, offset, length);
            if (count > 0) {
                sum.update(target, offset, count);
                left -= count;
                if (left == 0 && sum.getValue() != entry.getCrc()) {
                    throw DrawsFormatException.of(file, name + " is damaged: its checksum does not agree");
                }
            }
            return count;
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
