package org.localmass.vi.model;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.localmass.core.internal.TwoDigits;
import org.localmass.core.measure.LogDensity;

/**
 * A target: a log density with its gradient on all of R^d, and the map from there to the parameters a user knows.
 *
 * <p>The unconstrained density contains the log Jacobian of that map. Values are finite or {@code -inf}; they are
 * {@code -inf}, with gradient 0, also where the density or its gradient is out of the range of doubles.
 *
 * <p>A model is immutable and safe to use from several threads; an evaluator is not. {@link Models#of} makes the
 * built-in models, {@link #of(String, Supplier)} wraps a density of one's own.
 */
public interface Model {
    /** The model in text form. */
    String name();

    /** Names on the constrained scale, in the order of {@link #constrain}, as Stan spells them: {@code theta[1]}. */
    List<String> parameterNames();

    /** Names of the unconstrained coordinates. */
    default List<String> coordinateNames() {
        return IntStream.rangeClosed(1, dimension())
                .mapToObj(j -> "unconstrained " + j)
                .toList();
    }

    /**
     * One end of an unconstrained coordinate in words, in terms of its parameter where there is one.
     *
     * @param coordinate from 0
     * @param upper      which end
     * @param bound      of the unconstrained coordinate
     */
    default String tail(int coordinate, boolean upper, double bound) {
        return coordinateNames().get(coordinate) + (upper ? " > " : " <= ") + TwoDigits.number(bound);
    }

    /** Unconstrained dimension d. */
    int dimension();

    /** A log density of d unconstrained coordinates, with scratch space of its own: one for each thread. */
    LogDensity.Differentiable evaluator();

    /**
     * The log density as its author wrote it, to count what it answers: it may be NaN or {@code +inf}, or throw. By
     * default {@link #evaluator}.
     */
    default LogDensity.Differentiable unguarded() {
        return evaluator();
    }

    /**
     * Maps an unconstrained point to the parameters, those that are functions of others included.
     *
     * @param unconstrained d values
     * @param constrained   as many places as there are names, overwritten
     */
    void constrain(double[] unconstrained, double[] constrained);

    /**
     * The unconstrained point of the parameters; those that are functions of others are not read.
     *
     * @param constrained as many values as there are names
     * @throws IllegalArgumentException if a parameter breaks its constraint
     */
    double[] unconstrain(double[] constrained);

    /** Log of the integral of the unconstrained density, where it is known exactly. */
    default OptionalDouble logZ() {
        return OptionalDouble.empty();
    }

    /** Unconstrained points at which the declared prior has a spike, an atom or its shrinkage; none of a bare density. */
    default List<double[]> anchors() {
        return List.of();
    }

    /** Independent draws from the normalised density, where there is a way to make them. */
    default Optional<ExactSampler> sampler() {
        return Optional.empty();
    }

    /** Makes independent draws. */
    @FunctionalInterface
    interface ExactSampler {
        /**
         * Writes one draw.
         *
         * @param unconstrained d places, overwritten
         */
        void sample(UniformRandomProvider random, double[] unconstrained);
    }

    /**
     * A bare density on R^d, with the coordinates {@code x}, or {@code x1}, {@code x2}, ...
     *
     * @param evaluators makes a density for one thread; may return the same object if that keeps no state
     */
    static Model of(String name, Supplier<? extends LogDensity.Differentiable> evaluators) {
        int dimension = evaluators.get().dimension();
        return StandardModel.of(name, Parameters.coordinates(dimension), () -> Guarded.of(evaluators.get()));
    }
}
