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
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;
import org.localmass.core.draws.Sampling;

/**
 * Reads draws from files. Immutable; one reader may serve several threads.
 *
 * <p>Formats are recognised by content: Stan's CSV files, plain CSV with a header line, and posteriordb's reference
 * draws, each as it is, in gzip or alone in a zip archive. Warmup draws, and the mean that a variational CSV begins
 * with, are left out and noted.
 *
 * <p>Accuracy: each number is the double nearest to its decimal, as {@link Double#parseDouble} has it.
 */
public final class DrawsReader {
    private static final DrawsReader DEFAULT = new DrawsReader(false);

    private final boolean dropNonfinite;

    private DrawsReader(boolean dropNonfinite) {
        this.dropNonfinite = dropNonfinite;
    }

    /** A reader that refuses a file with a non-finite parameter. */
    public static DrawsReader withDefaults() {
        return DEFAULT;
    }

    /** A reader that drops and counts draws with a non-finite parameter, or refuses their file. */
    public DrawsReader withDropNonfinite(boolean drop) {
        return new DrawsReader(drop);
    }

    /**
     * The kind of a file, judged by its head; empty if it is not a file of draws.
     *
     * <p>Cost: the comments, the header line and, of a plain CSV, the first row.
     *
     * @throws IOException if the file cannot be read
     */
    public Optional<Recognition> sniff(Path path) throws IOException {
        try (Source source = Source.open(path)) {
            if (source.json()) {
                return PosteriordbScan.fits(source) ? recognised(Format.POSTERIORDB) : Optional.empty();
            }
            CsvScan scan = CsvScan.begin(source, (chain, columns, rows) -> {}, true);
            Format format = scan.layout().format();
            return format != Format.CSV || scan.firstRowFits() ? recognised(format) : Optional.empty();
        } catch (DrawsFormatException | EOFException | ZipException e) {
            return Optional.empty();
        }
    }

    private static Optional<Recognition> recognised(Format format) {
        return Optional.of(new Recognition(format, format.role()));
    }

    /**
     * Reads the draws of one file.
     *
     * <p>Memory: the draws, one column and a block of about 1 MB.
     *
     * @throws DrawsFormatException if the file is no file of draws, damaged, incomplete or without draws, or holds a
     *     non-finite parameter and such draws are not dropped
     * @throws IOException if the file cannot be read
     */
    public DrawsFile read(Path path) throws IOException {
        Collector collector = new Collector();
        Scanned scanned = scan(path, collector);
        Layout layout = scanned.layout();
        return new DrawsFile(
                scanned.name(),
                layout.format(),
                layout.parameters(),
                collector.toChains(layout),
                scanned.sha256(),
                scanned.notes());
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
     * <p>Memory: one block of about 1 MB; of posteriordb JSON, which is stored by column, one chain.
     *
     * @throws DrawsFormatException as {@link #read(Path)}; blocks may have been passed on by then
     * @throws IOException if the file cannot be read, or the sink throws it
     */
    public Scanned scan(Path path, BlockSink sink) throws IOException {
        try (Source source = Source.open(path)) {
            if (source.json()) {
                PosteriordbScan scan = new PosteriordbScan(source.file(), sink, dropNonfinite);
                scan.run(source);
                return new Scanned(
                        source.file(), scan.layout(), scan.chainCount(), scan.draws(), source.finish(), scan.notes());
            }
            CsvScan scan = CsvScan.begin(source, sink, dropNonfinite);
            scan.run();
            return new Scanned(
                    source.file(), scan.layout(), scan.chainCount(), scan.draws(), source.finish(), scan.notes());
        } catch (EOFException e) {
            throw DrawsFormatException.of(
                    path.toString(), "the compressed data ends early: the file may still be being written");
        } catch (ZipException e) {
            throw DrawsFormatException.of(path.toString(), "the compressed data is damaged: " + e.getMessage());
        }
    }

    /** Keeps all blocks. */
    private static final class Collector implements BlockSink {
        private final List<ChainStore> stores = new ArrayList<>();

        @Override
        public void accept(int chain, double[][] columns, int rows) {
            while (stores.size() <= chain) {
                stores.add(new ChainStore(columns.length));
            }
            stores.get(chain).append(columns, rows);
        }

        List<Chain> toChains(Layout layout) {
            List<Chain> chains = new ArrayList<>();
            for (ChainStore store : stores) {
                chains.add(store.toChain(layout));
            }
            return chains;
        }
    }
}
