package org.localmass.vi.objective;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinPool;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Runs numbered blocks of work; what a block does may not depend on the number of threads. */
final class Blocks {
    private static final Map<Integer, ForkJoinPool> POOLS = new ConcurrentHashMap<>();

    private Blocks() {}

    static void run(int count, int threads, IntConsumer block) {
        if (threads == 1 || count == 1) {
            for (int i = 0; i < count; i++) {
                block.accept(i);
            }
            return;
        }
        POOLS.computeIfAbsent(threads, size -> new ForkJoinPool(size))
                .submit(() -> IntStream.range(0, count).parallel().forEach(block))
                .join();
    }
}
