package org.localmass.core.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.localmass.core.internal.Arguments;
import org.localmass.core.internal.LogSum;
import org.localmass.core.region.Norm;
import org.localmass.core.region.Region;

/** A finite mixture of distributions on R^d. */
final class MixtureDistribution implements Distribution {
    private final Distribution[] parts;
    private final double[] weights;
    private final double[] logWeights;

    private MixtureDistribution(Distribution[] parts, double[] weights) {
        this.parts = parts;
        this.weights = weights;
        this.logWeights = DoubleStream.of(weights).map(Math::log).toArray();
    }

    /**
     * A mixture.
     *
     * @param weights positive, of sum 1
     * @throws IllegalArgumentException if the weights break these rules or the dimensions differ
     */
    static MixtureDistribution of(List<? extends Distribution> parts, double[] weights) {
        double[] checked = MixtureWeights.checked(parts.size(), weights);
        for (Distribution part : parts) {
            Arguments.sameDimension(parts.get(0).dimension(), part.dimension());
        }
        return new MixtureDistribution(parts.toArray(new Distribution[0]), checked);
    }

    private double sum(ToDoubleFunction<Distribution> log) {
        double[] logs = new double[parts.length];
        for (int i = 0; i < parts.length; i++) {
            logs[i] = logWeights[i] + log.applyAsDouble(parts[i]);
        }
        return LogSum.of(logs, logs.length);
    }

    private LocalLaw law(Function<Distribution, LocalLaw> of) {
        List<LocalLaw> laws = new ArrayList<>();
        for (int i = 0; i < parts.length; i++) {
            laws.add(of.apply(parts[i]).withLogWeight(logWeights[i]));
        }
        return LocalLaw.sum(laws);
    }

    @Override
    public int dimension() {
        return parts[0].dimension();
    }

    @Override
    public List<Stratum> strata() {
        Map<Carrier, List<Stratum>> byCarrier = new LinkedHashMap<>();
        for (int i = 0; i < parts.length; i++) {
            for (Stratum stratum : parts[i].strata()) {
                byCarrier
                        .computeIfAbsent(stratum.carrier(), carrier -> new ArrayList<>())
                        .add(new Stratum(stratum.carrier(), logWeights[i] + stratum.logMass(), stratum.density()));
            }
        }
        return byCarrier.values().stream().map(Stratum::merged).toList();
    }

    @Override
    public double logDensity(double[] point) {
        return sum(part -> part.logDensity(point));
    }

    @Override
    public Optional<LogDensity.Differentiable> differentiable() {
        List<LogDensity.Differentiable> views = new ArrayList<>();
        for (Distribution part : parts) {
            Optional<LogDensity.Differentiable> view = part.differentiable();
            if (view.isEmpty()) {
                return Optional.empty();
            }
            views.add(view.get());
        }
        return Optional.of(new MixtureDensity(views, logWeights));
    }

    @Override
    public double[] lowerEnds() {
        double[] ends = parts[0].lowerEnds();
        for (Distribution part : parts) {
            double[] own = part.lowerEnds();
            Arrays.setAll(ends, j -> Math.min(ends[j], own[j]));
        }
        return ends;
    }

    @Override
    public double[] upperEnds() {
        double[] ends = parts[0].upperEnds();
        for (Distribution part : parts) {
            double[] own = part.upperEnds();
            Arrays.setAll(ends, j -> Math.max(ends[j], own[j]));
        }
        return ends;
    }

    @Override
    public double logBallMass(double[] centre, double radius, Norm norm) {
        return Math.min(0, sum(part -> part.logBallMass(centre, radius, norm)));
    }

    @Override
    public double logTailMass(double radius, Norm norm) {
        return Math.min(0, sum(part -> part.logTailMass(radius, norm)));
    }

    @Override
    public double logMass(Region region) {
        return Math.min(0, sum(part -> part.logMass(region)));
    }

    @Override
    public double logBoxMass(double[] lower, double[] upper) {
        return Math.min(0, sum(part -> RegionMass.ofBox(part, lower, upper)));
    }

    @Override
    public Distribution marginal(int[] coordinates) {
        List<Distribution> marginals = new ArrayList<>();
        for (Distribution part : parts) {
            marginals.add(part.marginal(coordinates));
        }
        return Compositions.mixture(marginals, weights);
    }

    @Override
    public LocalLaw localLaw(double[] point, Norm norm) {
        return law(part -> part.localLaw(point, norm));
    }

    @Override
    public LocalLaw puncturedLaw(double[] point, Norm norm) {
        return law(part -> part.puncturedLaw(point, norm));
    }

    @Override
    public LocalLaw lawAtInfinity(Norm norm) {
        return law(part -> part.lawAtInfinity(norm));
    }

    @Override
    public void sample(UniformRandomProvider random, double[] point) {
        parts[MixtureWeights.pick(weights, random)].sample(random, point);
    }

    @Override
    public String toString() {
        return MixtureWeights.text(weights, parts);
    }
}
