package org.localmass.vi.model;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.localmass.core.measure.LogDensity;

/** A model put together from its parts. Immutable. */
final class StandardModel implements Model {
    private final String name;
    private final Parameters parameters;
    private final Supplier<LogDensity.Differentiable> evaluators;
    private final OptionalDouble logZ;
    private final List<double[]> anchors;
    private final Optional<ExactSampler> sampler;

    private StandardModel(
            String name,
            Parameters parameters,
            Supplier<LogDensity.Differentiable> evaluators,
            OptionalDouble logZ,
            List<double[]> anchors,
            Optional<ExactSampler> sampler) {
        this.name = name;
        this.parameters = parameters;
        this.evaluators = evaluators;
        this.logZ = logZ;
        this.anchors = anchors;
        this.sampler = sampler;
    }

    static StandardModel of(String name, Parameters parameters, Supplier<LogDensity.Differentiable> evaluators) {
        return new StandardModel(name, parameters, evaluators, OptionalDouble.empty(), List.of(), Optional.empty());
    }

    StandardModel withName(String text) {
        return new StandardModel(text, parameters, evaluators, logZ, anchors, sampler);
    }

    StandardModel withLogZ(double value) {
        return new StandardModel(name, parameters, evaluators, OptionalDouble.of(value), anchors, sampler);
    }

    StandardModel withAnchor(double[] unconstrained) {
        return new StandardModel(name, parameters, evaluators, logZ, List.of(unconstrained.clone()), sampler);
    }

    StandardModel withSampler(ExactSampler exact) {
        return new StandardModel(name, parameters, evaluators, logZ, anchors, Optional.of(exact));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<String> parameterNames() {
        return parameters.names();
    }

    @Override
    public List<String> coordinateNames() {
        return parameters.coordinateNames();
    }

    @Override
    public String tail(int coordinate, boolean upper, double bound) {
        return parameters.tail(coordinate, upper, bound);
    }

    @Override
    public int dimension() {
        return parameters.dimension();
    }

    @Override
    public LogDensity.Differentiable evaluator() {
        return evaluators.get();
    }

    @Override
    public LogDensity.Differentiable unguarded() {
        return Guarded.inner(evaluators.get());
    }

    @Override
    public void constrain(double[] unconstrained, double[] constrained) {
        parameters.constrain(unconstrained, constrained);
    }

    @Override
    public double[] unconstrain(double[] constrained) {
        return parameters.unconstrain(constrained);
    }

    @Override
    public OptionalDouble logZ() {
        return logZ;
    }

    @Override
    public List<double[]> anchors() {
        return anchors.stream().map(double[]::clone).toList();
    }

    @Override
    public Optional<ExactSampler> sampler() {
        return sampler;
    }

    @Override
    public String toString() {
        return name;
    }
}
