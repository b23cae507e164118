package org.localmass.cli;

import java.io.PrintWriter;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A line on standard error that says what is being done, shown once the work has taken a second. */
final class Progress implements AutoCloseable {
    private static final int WIDTH = 24;

    private final PrintWriter err;
    private final int stages;
    private final ScheduledExecutorService timer;
    private final long start = System.nanoTime();
    private volatile int stage;
    private volatile String words = "";
    private volatile boolean shown;

    private Progress(PrintWriter err, int stages, boolean active) {
        this.err = err;
        this.stages = stages;
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "progress");
            thread.setDaemon(true);
            return thread;
        });
        if (active) {
            var unused = timer.scheduleAtFixedRate(this::show, 1000, 250, TimeUnit.MILLISECONDS);
        }
    }

    /** Of reading, working and writing. */
    static Progress on(PrintWriter err, boolean quiet) {
        return on(err, 3, quiet);
    }

    /** Of a number of stages. */
    static Progress on(PrintWriter err, int stages, boolean quiet) {
        return new Progress(err, stages, !quiet && Terminal.showsProgress());
    }

    /** Says what comes now; stages count from 0. */
    void stage(int number, String doing) {
        stage = number;
        words = doing;
    }

    private void show() {
        int full = WIDTH * stage / stages;
        err.print("\r\u001b[K[" + "#".repeat(full) + ".".repeat(WIDTH - full) + "] " + words + ", "
                + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start) + " s");
        err.flush();
        shown = true;
    }

    /** Removes the line. */
    void finish() {
        timer.shutdownNow();
        if (shown) {
            err.print("\r\u001b[K");
            err.flush();
            shown = false;
        }
    }

    @Override
    public void close() {
        finish();
    }
}
