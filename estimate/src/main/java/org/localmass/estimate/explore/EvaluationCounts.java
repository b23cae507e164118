package org.localmass.estimate.explore;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * How often a log density was evaluated, and what it answered where its answer was not a finite number.
 *
 * @param evaluations  points at which the density, with or without its gradient, was asked for
 * @param zero         answers {@code -inf}: a density of zero
 * @param nan          answers NaN; used as a density of zero
 * @param infinite     answers {@code +inf}; used as a density of zero
 * @param badGradients finite densities whose gradient had a component that was not; that component was used as zero
 * @param exceptions   exceptions by the name of their class; each used as a density of zero
 */
public record EvaluationCounts(
        long evaluations, long zero, long nan, long infinite, long badGradients, Map<String, Long> exceptions) {
    /** No evaluation. */
    static final EvaluationCounts NONE = new EvaluationCounts(0, 0, 0, 0, 0, Map.of());

    public EvaluationCounts {
        exceptions = Collections.unmodifiableMap(new TreeMap<>(exceptions));
    }

    EvaluationCounts plus(EvaluationCounts other) {
        Map<String, Long> sum = new TreeMap<>(exceptions);
        other.exceptions.forEach((name, count) -> sum.merge(name, count, Long::sum));
        return new EvaluationCounts(
                evaluations + other.evaluations,
                zero + other.zero,
                nan + other.nan,
                infinite + other.infinite,
                badGradients + other.badGradients,
                sum);
    }

    /** Exceptions of all kinds. */
    public long thrown() {
        return exceptions.values().stream().mapToLong(Long::longValue).sum();
    }
}
