package org.localmass.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;

/**
 * Processor time of {@link FormatsReading}'s work, which other load on the machine changes less than the time on the
 * clock. Usage: {@code java -XX:+UseSerialGC -cp benchmarks.jar org.localmass.bench.FormatsCpuTime}.
 */
public final class FormatsCpuTime {
    private static final int WARMUP = 6;
    private static final int RUNS = 9;

    private FormatsCpuTime() {}

    private interface Work {
        Object run() throws IOException, NoSuchAlgorithmException;
    }

    /** Prints a table; with an argument, the files are kept in that folder. */
    public static void main(String[] args) throws IOException, NoSuchAlgorithmException {
        System.out.println("| file | MB | plain read | read and hash | pass over the draws | draws in memory |");
        System.out.println("|---|--:|--:|--:|--:|--:|");
        for (String name : new String[] {"draws.npz", "draws.h5", "draws.parquet"}) {
            FormatsReading work = new FormatsReading();
            work.name = name;
            work.keep = args.length > 0 ? args[0] : "";
            work.write();
            try {
                System.out.printf(
                        Locale.ROOT,
                        "| %s | %d | %.0f | %.0f | %.0f | %.0f |%n",
                        name,
                        Files.size(work.file()) / 1_000_000,
                        milliseconds(work::plainRead),
                        milliseconds(work::plainReadAndHash),
                        milliseconds(work::scan),
                        milliseconds(work::read));
            } finally {
                work.delete();
            }
        }
    }

    /** The smallest processor time of several runs. */
    private static double milliseconds(Work work) throws IOException, NoSuchAlgorithmException {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long best = Long.MAX_VALUE;
        for (int i = 0; i < WARMUP + RUNS; i++) {
            long start = system.getProcessCpuTime();
            work.run();
            long taken = system.getProcessCpuTime() - start;
            best = i < WARMUP ? best : Math.min(best, taken);
        }
        return best / 1e6;
    }
}
