package org.localmass.io;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/** The text of a file: hashed as it lies on disk, unpacked if it is gzip or a zip archive of one file. */
final class Source implements Closeable {
    private static final int BUFFER = 1 << 16;
    private static final int HEAD = 16;

    private final String file;
    private final Hashed raw;
    private final InputStream text;
    private final boolean json;
    private final @Nullable ZipInputStream zip;

    private Source(String file, Hashed raw, InputStream text, boolean json, @Nullable ZipInputStream zip) {
        this.file = file;
        this.raw = raw;
        this.text = text;
        this.json = json;
        this.zip = zip;
    }

    static Source open(Path path) throws IOException {
        String file = path.toString();
        if (Files.isDirectory(path)) {
            throw DrawsFormatException.of(file, "is a directory");
        }
        if (!Files.exists(path)) {
            throw DrawsFormatException.of(file, "no such file");
        }
        if (!Files.isReadable(path)) {
            throw DrawsFormatException.of(file, "may not be read (permission denied)");
        }
        Hashed raw = new Hashed(Files.newInputStream(path));
        try {
            return unpack(file, raw);
        } catch (IOException | RuntimeException e) {
            raw.close();
            throw e;
        }
    }

    private static Source unpack(String file, Hashed raw) throws IOException {
        InputStream in = new BufferedInputStream(raw, BUFFER);
        ZipInputStream zip = null;
        byte[] head = peek(in);
        if (starts(head, 0x1f, 0x8b)) {
            in = new BufferedInputStream(new GZIPInputStream(in, BUFFER), BUFFER);
            head = peek(in);
        } else if (starts(head, 'P', 'K', 3, 4)) {
            zip = new ZipInputStream(in);
            ZipEntry entry = zip.getNextEntry();
            while (entry != null && entry.isDirectory()) {
                entry = zip.getNextEntry();
            }
            if (entry == null) {
                throw DrawsFormatException.of(file, "the zip archive holds no file");
            }
            in = new BufferedInputStream(zip, BUFFER);
            head = peek(in);
        }
        if (head.length == 0) {
            throw DrawsFormatException.of(file, "the file is empty");
        }
        refuseBinary(file, head);
        if (starts(head, 0xef, 0xbb, 0xbf)) {
            in.skipNBytes(3);
            head = peek(in);
        }
        return new Source(file, raw, in, isJson(head), zip);
    }

    private static byte[] peek(InputStream in) throws IOException {
        in.mark(HEAD);
        byte[] head = in.readNBytes(HEAD);
        in.reset();
        return head;
    }

    private static boolean starts(byte[] head, int... magic) {
        if (head.length < magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if ((head[i] & 0xff) != magic[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isJson(byte[] head) {
        for (byte b : head) {
            if (b != ' ' && b != '\t' && b != '\r' && b != '\n') {
                return b == '[' || b == '{';
            }
        }
        return false;
    }

    private static void refuseBinary(String file, byte[] head) throws IOException {
        String found = null;
        if (starts(head, 0x89, 'H', 'D', 'F')) {
            found = "an HDF5 (netCDF-4)";
        } else if (starts(head, 'C', 'D', 'F')) {
            found = "a netCDF-3";
        } else if (starts(head, 0x93, 'N', 'U', 'M', 'P', 'Y')) {
            found = "a NumPy";
        } else if (starts(head, 'P', 'A', 'R', '1')) {
            found = "a Parquet";
        } else if (starts(head, 'P', 'K')) {
            found = "a zip";
        } else if (starts(head, 0xff, 0xfe) || starts(head, 0xfe, 0xff)) {
            throw DrawsFormatException.of(file, "the text is UTF-16; only UTF-8 is read");
        }
        if (found != null) {
            throw DrawsFormatException.of(file, found + " file; such files are not read as draws");
        }
        for (byte b : head) {
            if (b >= 0 && b < ' ' && b != '\t' && b != '\r' && b != '\n') {
                throw DrawsFormatException.of(file, "not a text file");
            }
        }
    }

    /** Name of the file as it was given. */
    String file() {
        return file;
    }

    /** The unpacked text, without a byte order mark. */
    InputStream text() {
        return text;
    }

    /** Whether the text begins as JSON does. */
    boolean json() {
        return json;
    }

    /** Reads what is left of the file, and hashes it all. */
    String finish() throws IOException {
        if (zip != null) {
            ZipEntry entry = zip.getNextEntry();
            while (entry != null) {
                if (!entry.isDirectory()) {
                    throw DrawsFormatException.of(file, "the zip archive holds more than one file");
                }
                entry = zip.getNextEntry();
            }
        }
        return raw.finish();
    }

    @Override
    public void close() throws IOException {
        text.close();
        raw.close();
    }

    /** Passes bytes on and hashes them. */
    private static final class Hashed extends FilterInputStream {
        private final MessageDigest digest = sha256();

        Hashed(InputStream in) {
            super(in);
        }

        private static MessageDigest sha256() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new AssertionError("every Java platform has SHA-256", e);
            }
        }

        @Override
        public int read() throws IOException {
            int b = in.read();
            if (b >= 0) {
                digest.update((byte) b);
            }
            return b;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = in.read(target, offset, length);
            if (count > 0) {
                digest.update(target, offset, count);
            }
            return count;
        }

        @Override
        public long skip(long count) throws IOException {
            return readNBytes((int) Math.min(count, BUFFER)).length;
        }

        @Override
        public boolean markSupported() {
            return false;
        }

        String finish() throws IOException {
            byte[] rest = new byte[BUFFER];
            while (read(rest, 0, rest.length) >= 0) {
                // read() hashes
            }
            return HexFormat.of().formatHex(digest.digest());
        }
    }
}
