package org.localmass.io;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A file of draws: hashed as it lies on disk, unpacked if it is gzip or one text of a zip archive.
 *
 * <p>Nothing of an archive is written under a name that stands in it.
 */
final class Source implements Closeable {
    /** What a file is stored in. */
    enum Container {
        /** Nothing. */
        NONE,
        /** gzip, of one or more members. */
        GZIP,
        /** A zip archive whose first file is a text: one of its files is read. */
        ZIP,
        /** A zip archive of NumPy arrays. */
        NPZ,
        /** A zip archive of a Zarr store, or a folder that is one. */
        ZARR
    }

    private static final int BUFFER = 1 << 16;
    private static final int HEAD = 16;
    private static final int WORST_RATIO = 1100;
    private static final long LARGEST_SPOOL = 1L << 36;

    private final Location location;
    private final Hashed raw;
    private final InputStream text;
    private final byte[] head;
    private final Container container;
    private final @Nullable ZipInputStream zip;
    private @Nullable Path spooled;

    private Source(
            Location location,
            Hashed raw,
            InputStream text,
            byte[] head,
            Container container,
            @Nullable ZipInputStream zip) {
        this.location = location;
        this.raw = raw;
        this.text = text;
        this.head = head;
        this.container = container;
        this.zip = zip;
    }

    static Source open(Path path) throws IOException {
        return open(Location.of(path));
    }

    static Source open(Location location) throws IOException {
        String file = location.name();
        Path path = location.file();
        if (Files.isDirectory(path)) {
            if (ZarrStore.isStore(path)) {
                Hashed nothing = new Hashed(InputStream.nullInputStream());
                return new Source(location, nothing, nothing, new byte[0], Container.ZARR, null);
            }
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
            return unpack(location, raw);
        } catch (IOException | RuntimeException e) {
            raw.close();
            throw e;
        }
    }

    private static Source unpack(Location location, Hashed raw) throws IOException {
        String file = location.name();
        InputStream in = new BufferedInputStream(raw, BUFFER);
        ZipInputStream zip = null;
        Container container = Container.NONE;
        byte[] head = peek(in);
        if (starts(head, 0x1f, 0x8b)) {
            container = Container.GZIP;
            in = new BufferedInputStream(new GZIPInputStream(in, BUFFER), BUFFER);
            head = peek(in);
        }
        if (starts(head, 'P', 'K', 3, 4) || starts(head, 'P', 'K', 5, 6)) {
            zip = new ZipInputStream(in);
            ZipEntry entry = next(zip);
            if (entry == null) {
                throw DrawsFormatException.of(file, "the zip archive holds no file");
            }
            Container packed = container;
            container = archive(entry);
            if (container == Container.ZIP) {
                if (location.key() != null) {
                    while (entry != null && !entry.getName().equals(location.key())) {
                        entry = next(zip);
                    }
                    if (entry == null) {
                        throw DrawsFormatException.of(file, "the zip archive holds no file " + location.key());
                    }
                }
                in = new BufferedInputStream(zip, BUFFER);
                head = peek(in);
            } else if (packed == Container.GZIP) {
                throw DrawsFormatException.of(file, "a zip archive within gzip; unpack it with gunzip first");
            }
        }
        if (head.length == 0) {
            throw DrawsFormatException.of(file, "the file is empty");
        }
        if (starts(head, 0xef, 0xbb, 0xbf)) {
            in.skipNBytes(3);
            head = peek(in);
        }
        return new Source(location, raw, in, head, container, zip);
    }

    private static @Nullable ZipEntry next(ZipInputStream zip) throws IOException {
        try {
            ZipEntry entry = zip.getNextEntry();
            while (entry != null && entry.isDirectory()) {
                entry = zip.getNextEntry();
            }
            return entry;
        } catch (IllegalArgumentException e) {
            throw new java.util.zip.ZipException("a name within is not in UTF-8");
        }
    }

    private static Container archive(ZipEntry first) {
        String name = first.getName();
        if (name.endsWith(".npy")) {
            return Container.NPZ;
        }
        String last = name.substring(name.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        return ZarrStore.MARKS.contains(last) ? Container.ZARR : Container.ZIP;
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

    /** Whether the content begins with these bytes. */
    boolean startsWith(int... magic) {
        return starts(head, magic);
    }

    /** The first character that is no blank; 0 if there is none among the first. */
    char firstCharacter() {
        return characterAfter(0);
    }

    /** The first character that is no blank after the first one. */
    char secondCharacter() {
        for (int i = 0; i < head.length; i++) {
            if (!isBlank(head[i])) {
                return characterAfter(i + 1);
            }
        }
        return 0;
    }

    private char characterAfter(int from) {
        for (int i = from; i < head.length; i++) {
            if (!isBlank(head[i])) {
                return (char) (head[i] & 0xff);
            }
        }
        return 0;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t' || b == '\r' || b == '\n';
    }

    /** Why a file is no text; null if it may be one. */
    @Nullable
    String whyNoText() {
        if (starts(head, 'C', 'D', 'F')) {
            return "a netCDF-3 file; write it as netCDF-4, as nccopy -k nc4 does";
        }
        if (starts(head, 'P', 'K')) {
            return "a zip file; such files are not read as draws";
        }
        if (starts(head, 0xff, 0xfe) || starts(head, 0xfe, 0xff)) {
            return "the text is UTF-16; only UTF-8 is read";
        }
        for (byte b : head) {
            if (b >= 0 && b < ' ' && !isBlank(b)) {
                return "not a text file";
            }
        }
        return null;
    }

    /** Name of the file as it was given, with what is selected inside. */
    String file() {
        return location.name();
    }

    /** The path of the file. */
    Path path() {
        return location.file();
    }

    /** What is selected inside the file; null for all, or if a file of an archive was meant. */
    @Nullable
    String key() {
        return container == Container.ZIP ? null : location.key();
    }

    /**
     * Refuses a selection in a file that has no parts.
     *
     * @throws DrawsFormatException if there is one
     */
    void refuseKey(String what) throws DrawsFormatException {
        if (key() != null) {
            throw DrawsFormatException.of(file(), "a " + what + " has no parts to select with '::" + key() + "'");
        }
    }

    Container container() {
        return container;
    }

    /** The unpacked content, without a byte order mark. */
    InputStream text() {
        return text;
    }

    /** A file that holds the unpacked content, for formats that are not read from front to back. */
    Path randomAccess() throws IOException {
        if (container == Container.NONE || container == Container.NPZ || container == Container.ZARR) {
            return location.file();
        }
        if (spooled == null) {
            spooled = Files.createTempFile("localmass-", ".part");
            copy(spooled);
        }
        return spooled;
    }

    private void copy(Path target) throws IOException {
        long packed = Files.size(location.file());
        long most = Math.min(LARGEST_SPOOL, Files.getFileStore(target).getUsableSpace() / 2);
        most = Math.min(most, Math.max(packed, BUFFER) * WORST_RATIO);
        byte[] buffer = new byte[BUFFER];
        long size = 0;
        try (OutputStream out = Files.newOutputStream(target)) {
            int count = text.read(buffer);
            while (count >= 0) {
                size += count;
                if (size > most) {
                    throw DrawsFormatException.of(file(), "unpacks to more than " + most + " bytes: not read");
                }
                out.write(buffer, 0, count);
                count = text.read(buffer);
            }
        }
    }

    /** Reads what is left of the file, and hashes it all. */
    String finish() throws IOException {
        if (container == Container.ZARR && Files.isDirectory(location.file())) {
            return ZarrStore.hash(location.file());
        }
        if (zip != null && container == Container.ZIP && location.key() == null && next(zip) != null) {
            throw DrawsFormatException.of(
                    file(), "the zip archive holds more than one file; select one as " + location.name() + "::NAME");
        }
        return raw.finish();
    }

    @Override
    public void close() throws IOException {
        text.close();
        raw.close();
        if (spooled != null) {
            Files.deleteIfExists(spooled);
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /** Passes bytes on and hashes them. */
    private static final class Hashed extends FilterInputStream {
        private final MessageDigest digest = sha256();

        Hashed(InputStream in) {
            super(in);
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
