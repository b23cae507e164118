package org.localmass.core.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.localmass.core.internal.LogSum;
import org.localmass.core.region.RegionExpression;

/** A finite mixture of laws on the line. */
final class Mixture extends Univariate {
    private final Univariate[] parts;
    private final double[] weights;
    private final double[] logWeights;
    private final double[] breakpoints;
    private final List<Atom> atoms;

    private final String name;

    private Mixture(Univariate[] parts, double[] weights, String name) {
        this.name = name;
        this.parts = parts;
        this.weights = weights;
        this.logWeights = DoubleStream.of(weights).map(Math::log).toArray();
        this.breakpoints = Arrays.stream(parts)
                .flatMapToDouble(part -> DoubleStream.of(part.breakpoints()))
                .map(x -> x + 0.0)
                .distinct()
                .sorted()
                .toArray();
        TreeMap<Double, Double> masses = new TreeMap<>();
        for (int i = 0; i < parts.length; i++) {
            for (Atom atom : parts[i].atoms()) {
                masses.merge(atom.location() + 0.0, weights[i] * atom.mass(), Double::sum);
            }
        }
        List<Atom> merged = new ArrayList<>();
        masses.forEach((location, mass) -> merged.add(new Atom(location, mass)));
        this.atoms = List.copyOf(merged);
    }

    /** @param weights positive, of sum 1 */
    static Mixture of(List<? extends Univariate> parts, double[] weights) {
        return named("", parts, weights);
    }

    /** A mixture that has a text form of its own. */
    static Mixture named(String name, List<? extends Univariate> parts, double[] weights) {
        return new Mixture(parts.toArray(new Univariate[0]), MixtureWeights.checked(parts.size(), weights), name);
    }

    /** The parts. */
    List<Univariate> parts() {
        return List.of(parts);
    }

    double weight(int i) {
        return weights[i];
    }

    private double sum(ToDoubleFunction<Univariate> log) {
        double[] logs = new double[parts.length];
        for (int i = 0; i < parts.length; i++) {
            logs[i] = logWeights[i] + log.applyAsDouble(parts[i]);
        }
        return LogSum.of(logs, logs.length);
    }

    @Override
    public double logDensity(double x) {
        return sum(part -> part.logDensity(x));
    }

    private double mean(ToDoubleFunction<Univariate> log, ToDoubleFunction<Univariate> slope) {
        double total = sum(log);
        double mean = 0;
        for (int i = 0; i < parts.length; i++) {
            double share = Math.exp(logWeights[i] + log.applyAsDouble(parts[i]) - total);
            mean += share > 0 ? share * slope.applyAsDouble(parts[i]) : 0;
        }
        return mean;
    }

    @Override
    double logSlope(double x) {
        return mean(part -> part.logDensity(x), part -> part.logSlope(x));
    }

    @Override
    double logSlopeAt(double t, double u) {
        return mean(part -> part.logDensityAt(t, u), part -> part.logSlopeAt(t, u));
    }

    private Mass total(Function<Univariate, Mass> mass) {
        Mass sum = Mass.ZERO;
        for (int i = 0; i < parts.length; i++) {
            sum = sum.plus(mass.apply(parts[i]).times(weights[i]));
        }
        return sum.atMostOne();
    }

    @Override
    public Mass lower(double x) {
        return total(part -> part.lower(x));
    }

    @Override
    public Mass upper(double x) {
        return total(part -> part.upper(x));
    }

    @Override
    public List<Atom> atoms() {
        return atoms;
    }

    @Override
    public double[] breakpoints() {
        return breakpoints.clone();
    }

    @Override
    Mass massBeside(double breakpoint, double h) {
        return continuousBetween(breakpoint, Math.min(0, h), Math.max(0, h));
    }

    @Override
    LocalLaw lawBeside(double breakpoint, int side) {
        return law(part -> part.oneSidedLaw(breakpoint, side));
    }

    @Override
    LocalLaw tailLaw(int side) {
        return law(part -> part.tailLaw(side));
    }

    private LocalLaw law(Function<Univariate, LocalLaw> of) {
        List<LocalLaw> laws = new ArrayList<>();
        for (int i = 0; i < parts.length; i++) {
            laws.add(of.apply(parts[i]).withLogWeight(logWeights[i]));
        }
        return LocalLaw.sum(laws);
    }

    @Override
    Mass continuousMass() {
        return total(Univariate::continuousMass);
    }

    @Override
    double logDensityAt(double t, double u) {
        return sum(part -> part.logDensityAt(t, u));
    }

    @Override
    Mass continuousBetween(double t, double u, double v) {
        return total(part -> part.continuousBetween(t, u, v));
    }

    @Override
    public double sample(UniformRandomProvider random) {
        return parts[MixtureWeights.pick(weights, random)].sample(random);
    }

    /** Whether this is what {@code spike_slab(w, slab)} makes: a point at 0 of weight 1 - w, and another law. */
    boolean isSpikeAndSlab() {
        return parts.length == 2
                && weights[0] == 1 - weights[1]
                && parts[0] instanceof Dirac spike
                && spike.atoms().get(0).location() == 0;
    }

    @Override
    public String toString() {
        return !name.isEmpty()
                ? name
                : isSpikeAndSlab()
                        ? "spike_slab(" + RegionExpression.textOf(weights[1]) + ", " + parts[1] + ")"
                        : MixtureWeights.text(weights, parts);
    }
}
