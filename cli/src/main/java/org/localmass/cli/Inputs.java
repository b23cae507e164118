package org.localmass.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;
import org.localmass.io.DrawsFile;
import org.localmass.io.DrawsPaths;
import org.localmass.io.DrawsReader;
import org.localmass.io.Role;
import org.localmass.report.InputFile;

/**
 * The draws of one side of a check and the files they came from.
 *
 * @param draws joined draws
 * @param role  side that the files suggest
 * @param files provenance
 * @param labels other names of parameters, from labelled dimensions
 */
record Inputs(Draws draws, Role role, List<InputFile> files, Map<String, String> labels) {
    /** Reads several sides at once; files are read in parallel. */
    static List<Inputs> read(List<List<Path>> sides, DrawsReader reader, int threads) throws BadInput {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<List<Future<DrawsFile>>> running = new ArrayList<>();
            for (List<Path> side : sides) {
                List<Future<DrawsFile>> files = new ArrayList<>();
                for (Path path : DrawsPaths.expand(side, reader)) {
                    files.add(pool.submit(() -> reader.read(path)));
                }
                running.add(files);
            }
            List<Inputs> inputs = new ArrayList<>();
            for (List<Future<DrawsFile>> side : running) {
                List<DrawsFile> files = new ArrayList<>();
                for (Future<DrawsFile> file : side) {
                    files.add(file.get());
                }
                inputs.add(of(files));
            }
            return inputs;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException problem) {
                throw problem(problem);
            }
            if (e.getCause() instanceof OutOfMemoryError) {
                throw new BadInput(
                        "the draws do not fit into memory ("
                                + Runtime.getRuntime().maxMemory() / (1 << 20)
                                + " MB); set JAVA_TOOL_OPTIONS=-Xmx... to a larger heap",
                        e);
            }
            throw new IllegalStateException(e.getCause());
        } catch (IOException e) {
            throw problem(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BadInput("interrupted", e);
        } finally {
            pool.shutdownNow();
        }
    }

    private static BadInput problem(IOException e) {
        String message = e.getMessage();
        return new BadInput(message == null ? e.toString() : message, e);
    }

    private static Inputs of(List<DrawsFile> files) throws IOException {
        var set = DrawsReader.join(files);
        List<InputFile> provenance = new ArrayList<>();
        for (DrawsFile f : files) {
            provenance.add(new InputFile(
                    f.name(),
                    f.format().words(),
                    f.sha256(),
                    f.chains().size(),
                    f.chains().stream().mapToInt(Chain::size).sum(),
                    f.notes()));
        }
        Map<String, String> labels = new LinkedHashMap<>();
        files.forEach(f -> f.labels().forEach(labels::putIfAbsent));
        return new Inputs(set.draws(), set.role(), provenance, labels);
    }

    /** Whether the path is a folder. */
    static boolean isFolder(Path path) {
        return Files.isDirectory(path);
    }
}
