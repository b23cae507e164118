package org.localmass.estimate.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.localmass.core.measure.LogDensity;

/** Runs pieces of work that evaluate the density, each with a guard of its own, and adds up their counts in order. */
final class Evaluator {
    private final Supplier<? extends LogDensity.Differentiable> target;
    private final Workers workers;
    private EvaluationCounts counts = EvaluationCounts.NONE;

    Evaluator(Supplier<? extends LogDensity.Differentiable> target, int threads) {
        this.target = target;
        this.workers = new Workers(threads);
    }

    /** A piece of work. */
    @FunctionalInterface
    interface Piece<T> {
        T apply(GuardedDensity density, int piece);
    }

    private record Done<T>(T result, EvaluationCounts counts) {}

    <T> List<T> map(int pieces, Piece<T> work) {
        List<T> results = new ArrayList<>();
        for (Done<T> done : workers.map(pieces, i -> {
            GuardedDensity density = new GuardedDensity(target.get());
            T result = work.apply(density, i);
            return new Done<>(result, density.counts());
        })) {
            counts = counts.plus(done.counts);
            results.add(done.result);
        }
        return results;
    }

    EvaluationCounts counts() {
        return counts;
    }
}
