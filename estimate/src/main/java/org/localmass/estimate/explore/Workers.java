package org.localmass.estimate.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Runs independent pieces of work on a fixed number of threads; results come in the order of the pieces. */
final class Workers {
    private final int threads;

    Workers(int threads) {
        this.threads = threads;
    }

    <T> List<T> map(int pieces, IntFunction<T> work) {
        List<T> results = new ArrayList<>(pieces);
        if (threads == 1 || pieces < 2) {
            for (int i = 0; i < pieces; i++) {
                results.add(work.apply(i));
            }
            return results;
        }
        ExecutorService pool = Executors.newFixedThreadPool(Math.min(threads, pieces));
        try {
            List<Future<T>> running = new ArrayList<>(pieces);
            for (int i = 0; i < pieces; i++) {
                int piece = i;
                running.add(pool.submit(() -> work.apply(piece)));
            }
            for (Future<T> f : running) {
                results.add(f.get());
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }
}
