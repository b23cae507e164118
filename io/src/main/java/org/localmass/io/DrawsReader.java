package org.localmass.io;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;
import org.localmass.core.draws.Sampling;

/**
 * Reads draws from files. Immutable; one reader may serve several threads.
 *
 * <p>Formats are recognised by content; {@code docs/formats.md} lists them. {@code FILE::KEY} selects a group, an array
 * or a file of an archive. Warmup draws, and the mean that a variational CSV begins with, are left out and noted.
 *
 * <p>Accuracy: each number of a text is the double nearest to its decimal, as {@link Double#parseDouble} has it; binary
 * numbers are taken over bit for bit, integers beyond 2^53 rounded.
 */
public final class DrawsReader {
    private static final DrawsReader DEFAULT = new DrawsReader(Reading.DEFAULT);

    private final Reading reading;

    private DrawsReader(Reading reading) {
        this.reading = reading;
    }

    /** A reader that refuses a file with a non-finite parameter. */
    public static DrawsReader withDefaults() {
        return DEFAULT;
    }

    /** A reader that drops and counts draws with a non-finite parameter, or refuses their file. */
    public DrawsReader withDropNonfinite(boolean drop) {
        return new DrawsReader(new Reading(
                drop,
                reading.ignoreNanColumns(),
                reading.group(),
                reading.arrangement(),
                reading.burnIn(),
                reading.columns()));
    }

    /** A reader that leaves out parameters that are NaN in all draws, or treats them as any other. */
    public DrawsReader withIgnoreNanColumns(boolean ignore) {
        return new DrawsReader(new Reading(
                reading.dropNonfinite(),
                ignore,
                reading.group(),
                reading.arrangement(),
                reading.burnIn(),
                reading.columns()));
    }

    /** A reader of another group of netCDF, Zarr and JSON files than {@code posterior}; null for that one. */
    public DrawsReader withGroup(@Nullable String group) {
        return new DrawsReader(new Reading(
                reading.dropNonfinite(),
                reading.ignoreNanColumns(),
                group,
                reading.arrangement(),
                reading.burnIn(),
                reading.columns()));
    }

    /** A reader that takes the first axes of arrays without named axes for these. */
    public DrawsReader withArrangement(Arrangement arrangement) {
        return new DrawsReader(new Reading(
                reading.dropNonfinite(),
                reading.ignoreNanColumns(),
                reading.group(),
                arrangement,
                reading.burnIn(),
                reading.columns()));
    }

    /** A reader that leaves out the beginning of each chain; a pass without keeping the draws does not. */
    public DrawsReader withBurnIn(BurnIn burnIn) {
        return new DrawsReader(new Reading(
                reading.dropNonfinite(),
                reading.ignoreNanColumns(),
                reading.group(),
                reading.arrangement(),
                burnIn,
                reading.columns()));
    }

    /** A reader that takes columns, by their name in the file, for what is said here. */
    public DrawsReader withColumns(Map<String, ColumnRole> columns) {
        return new DrawsReader(new Reading(
                reading.dropNonfinite(),
                reading.ignoreNanColumns(),
                reading.group(),
                reading.arrangement(),
                reading.burnIn(),
                columns));
    }

    /**
     * The kind of a file, judged by its head; empty if it is not a file of draws.
     *
     * <p>Cost: the comments, the header line and, of a plain table, the first row; of other formats, what describes the
     * arrays.
     *
     * @throws IOException if the file cannot be read
     */
    public Optional<Recognition> sniff(Path path) throws IOException {
        try (Source source = Source.open(path)) {
            DrawsFormat format = DrawsFormats.of(source);
            return format == null
                    ? Optional.empty()
                    : format.sniff(source).map(found -> new Recognition(found, found.role()));
        } catch (DrawsFormatException | EOFException | ZipException | OutOfMemoryError e) {
            return Optional.empty();
        }
    }

    /**
     * Reads the draws of one file.
     *
     * <p>Memory: the draws, one column and a block of about 1 MB; of arrays that are not stored draw by draw, the
     * largest of them besides.
     *
     * @throws DrawsFormatException if the file is no file of draws, damaged, incomplete or without draws, holds a
     *     non-finite parameter and such draws are not dropped, or does not fit into memory
     * @throws IOException if the file cannot be read
     */
    public DrawsFile read(Path path) throws IOException {
        Collector collector = new Collector(path.toString());
        Scanned scanned = scan(path, collector);
        Layout layout = scanned.layout();
        try {
            Assembly assembly = new Assembly(scanned.name(), layout, collector.toColumns());
            return assembly.file(reading, scanned);
        } catch (OutOfMemoryError e) {
            throw Memory.full(path.toString());
        }
    }

    /**
     * Reads several files as the draws of one measure: chains of a reference, or parts of an approximation.
     *
     * @throws DrawsFormatException if a file cannot be read as draws, the files differ in their parameters, a reference
     *     meets an approximation, or two files hold the same bytes
     * @throws IOException if a file cannot be read
     * @throws IllegalArgumentException if there is no path
     */
    public DrawsSet read(List<Path> paths) throws IOException {
        List<DrawsFile> files = new ArrayList<>();
        for (Path path : paths) {
            files.add(read(path));
        }
        return join(files);
    }

    /**
     * Joins files that have been read, as {@link #read(List)} does.
     *
     * @throws DrawsFormatException if the files differ in their parameters, a reference meets an approximation, or two
     *     files hold the same bytes
     * @throws IllegalArgumentException if there is no file
     */
    public static DrawsSet join(List<DrawsFile> files) throws DrawsFormatException {
        if (files.isEmpty()) {
            throw new IllegalArgumentException("files must number at least 1, was 0");
        }
        DrawsFile first = files.get(0);
        Set<String> wanted = new HashSet<>(first.parameters());
        Map<String, String> hashes = new HashMap<>();
        Role role = Role.UNKNOWN;
        DrawsFile teller = first;
        List<Chain> chains = new ArrayList<>();
        for (DrawsFile file : files) {
            String twin = hashes.putIfAbsent(file.sha256(), file.name());
            if (twin != null) {
                throw DrawsFormatException.of(file.name(), "the same bytes as " + twin + "; give each file once");
            }
            sameParameters(first, wanted, file);
            boolean weighted = file.draws().weighted();
            if (weighted != first.draws().weighted()) {
                throw DrawsFormatException.of(
                        (weighted ? first : file).name(),
                        "carries no weights, which " + (weighted ? file : first).name() + " does");
            }
            if (role == Role.UNKNOWN) {
                role = file.role();
                teller = file;
            } else if (file.role() != Role.UNKNOWN && file.role() != role) {
                throw DrawsFormatException.of(
                        file.name(),
                        "a " + file.format().words() + ", but " + teller.name() + " is a "
                                + teller.format().words() + "; they are not draws of one measure");
            }
            chains.addAll(inOrder(file, first.parameters()));
        }
        return new DrawsSet(Draws.of(first.parameters(), chains, sampling(files)), role, files);
    }

    private static void sameParameters(DrawsFile first, Set<String> wanted, DrawsFile file)
            throws DrawsFormatException {
        Set<String> found = new HashSet<>(file.parameters());
        for (String name : first.parameters()) {
            if (!found.contains(name)) {
                throw DrawsFormatException.of(
                        file.name(), "parameter " + name + " is missing, which " + first.name() + " has");
            }
        }
        for (String name : file.parameters()) {
            if (!wanted.contains(name)) {
                throw DrawsFormatException.of(
                        first.name(), "parameter " + name + " is missing, which " + file.name() + " has");
            }
        }
    }

    private static List<Chain> inOrder(DrawsFile file, List<String> parameters) {
        return file.parameters().equals(parameters)
                ? file.chains()
                : file.draws().select(parameters).chains();
    }

    private static Sampling sampling(List<DrawsFile> files) {
        Sampling sampling = files.get(0).sampling();
        for (DrawsFile file : files) {
            if (file.sampling() != sampling) {
                return Sampling.UNKNOWN;
            }
        }
        return sampling;
    }

    /**
     * Passes the draws of one file to a sink, block by block.
     *
     * <p>Memory: one block of about 1 MB; of JSON, which is stored by column, one chain or all of it; of arrays that
     * are not stored draw by draw, the largest of them.
     *
     * @throws DrawsFormatException as {@link #read(Path)}; blocks may have been passed on by then
     * @throws IOException if the file cannot be read, or the sink throws it
     */
    public Scanned scan(Path path, BlockSink sink) throws IOException {
        try (Source source = Source.open(path)) {
            DrawsFormat format = DrawsFormats.of(source);
            if (format == null) {
                throw DrawsFormatException.of(source.file(), DrawsFormats.whyNone(source));
            }
            Pass pass = format.scan(source, reading, sink);
            return new Scanned(
                    source.file(), pass.layout(), pass.chains(), pass.draws(), source.finish(), pass.notes());
        } catch (EOFException e) {
            throw DrawsFormatException.of(
                    path.toString(), "the compressed data ends early: the file may still be being written");
        } catch (ZipException e) {
            throw DrawsFormatException.of(path.toString(), "the compressed data is damaged: " + e.getMessage());
        } catch (OutOfMemoryError e) {
            throw Memory.full(path.toString());
        }
    }

    /** Keeps all blocks. */
    private static final class Collector implements BlockSink {
        private final String file;
        private final List<ChainStore> stores = new ArrayList<>();
        private long values;

        Collector(String file) {
            this.file = file;
        }

        @Override
        public void accept(int chain, double[][] columns, int rows) throws IOException {
            values += (long) rows * columns.length;
            Memory.hold(file, values);
            while (stores.size() <= chain) {
                stores.add(new ChainStore(columns.length));
            }
            stores.get(chain).append(columns, rows);
        }

        List<double[][]> toColumns() {
            List<double[][]> chains = new ArrayList<>();
            for (ChainStore store : stores) {
                chains.add(store.toColumns());
            }
            return chains;
        }
    }
}
