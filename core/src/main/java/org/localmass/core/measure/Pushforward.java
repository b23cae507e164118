package org.localmass.core.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.apache.commons.rng.UniformRandomProvider;

/** The law of g(X) for an increasing map g. */
final class Pushforward extends Univariate {
    private final MonotoneMap map;
    private final Univariate base;
    private final double[] sources;
    private final double[] breakpoints;

    private Pushforward(MonotoneMap map, Univariate base, double[] sources) {
        this.map = map;
        this.base = base;
        this.sources = sources;
        this.breakpoints = DoubleStream.of(sources)
                .map(x -> x == map.domainLower() ? map.lower() : x == map.domainUpper() ? map.upper() : map.apply(x))
                .toArray();
    }

    /**
     * The law of g(X).
     *
     * @throws IllegalArgumentException if X takes values outside the map's domain
     */
    static Pushforward of(MonotoneMap map, Univariate base) {
        if (map.domainLower() > Double.NEGATIVE_INFINITY
                && !base.lower(map.domainLower()).isZero()) {
            throw new IllegalArgumentException(base + " must live above " + map.domainLower() + " for the map " + map);
        }
        List<Double> sources = new ArrayList<>();
        if (Double.isFinite(map.lower())) {
            sources.add(map.domainLower());
        }
        for (double x : base.breakpoints()) {
            if (x > map.domainLower() && x < map.domainUpper()) {
                sources.add(x + 0.0);
            }
        }
        if (map instanceof MonotoneMap.Power && !sources.contains(0.0)) {
            sources.add(0.0);
        }
        if (Double.isFinite(map.upper())) {
            sources.add(map.domainUpper());
        }
        return new Pushforward(
                map, base, sources.stream().mapToDouble(x -> x).sorted().toArray());
    }

    private boolean inside(double y) {
        return y > map.lower() && y < map.upper();
    }

    /** The preimage of y; at a breakpoint exactly the base's. */
    private double source(double y) {
        for (int i = 0; i < breakpoints.length; i++) {
            if (breakpoints[i] == y) {
                return sources[i];
            }
        }
        return map.inverse(y, 0);
    }

    @Override
    public double logDensity(double y) {
        return inside(y) ? base.logDensity(source(y)) + map.logInverseSlope(y, 0) : Double.NEGATIVE_INFINITY;
    }

    @Override
    double logSlope(double y) {
        return base.logSlope(source(y)) * Math.exp(map.logInverseSlope(y, 0)) + map.inverseCurvature(y, 0);
    }

    @Override
    double logSlopeAt(double t, double u) {
        double origin = origin(t);
        double offset = u - (origin - t);
        double slope = inside(origin)
                ? base.logSlopeAt(source(origin), map.inverseStep(origin, offset))
                : base.logSlope(map.inverse(origin, offset));
        return slope * Math.exp(map.logInverseSlope(origin, offset)) + map.inverseCurvature(origin, offset);
    }

    @Override
    public Mass lower(double y) {
        return y <= map.lower() ? Mass.ZERO : y >= map.upper() ? Mass.ONE : base.lower(source(y));
    }

    @Override
    public Mass upper(double y) {
        return y >= map.upper() ? Mass.ZERO : y <= map.lower() ? Mass.ONE : base.upper(source(y));
    }

    @Override
    public List<Atom> atoms() {
        return base.atoms().stream()
                .map(atom -> new Atom(map.apply(atom.location()), atom.mass()))
                .toList();
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
    Mass continuousMass() {
        return base.continuousMass();
    }

    @Override
    double logDensityAt(double t, double u) {
        double origin = origin(t);
        double offset = u - (origin - t);
        if (offset <= map.lower() - origin || offset >= map.upper() - origin) {
            return Double.NEGATIVE_INFINITY;
        }
        return (inside(origin)
                        ? base.logDensityAt(source(origin), map.inverseStep(origin, offset))
                        : base.logDensity(map.inverse(origin, offset)))
                + map.logInverseSlope(origin, offset);
    }

    /** The point itself, or outside of the range the end next to it: the maps know no other points. */
    private double origin(double t) {
        return inside(t) ? t : t <= map.lower() ? map.lower() : map.upper();
    }

    @Override
    Mass continuousBetween(double t, double u, double v) {
        double origin = origin(t);
        double lowest = map.lower() - origin;
        double highest = map.upper() - origin;
        double from = Math.max(u - (origin - t), lowest);
        double to = Math.min(v - (origin - t), highest);
        if (!(from < to)) {
            return Mass.ZERO;
        }
        boolean fromEnd = from == lowest || origin + from <= map.lower();
        boolean toEnd = to == highest || origin + to >= map.upper();
        if (inside(origin)) {
            double x = source(origin);
            return base.continuousBetween(
                    x,
                    fromEnd ? map.domainLower() - x : map.inverseStep(origin, from),
                    toEnd ? map.domainUpper() - x : map.inverseStep(origin, to));
        }
        return base.continuousBetween(
                0,
                fromEnd ? map.domainLower() : map.inverse(origin, from),
                toEnd ? map.domainUpper() : map.inverse(origin, to));
    }

    @Override
    LocalLaw lawBeside(double breakpoint, int side) {
        if (side < 0 ? breakpoint <= map.lower() : breakpoint >= map.upper()) {
            return LocalLaw.vanishing();
        }
        double x = source(breakpoint);
        if (Double.isInfinite(x)) {
            return exponentiated(x > 0 ? 1 : -1);
        }
        if (map instanceof MonotoneMap.Power power && x == 0) {
            LocalLaw law = base.oneSidedLaw(0, side);
            return law.isVanishing()
                    ? law
                    : LocalLaw.of(
                            law.kappa() / power.s(), law.beta(), law.logConstant() - law.beta() * Math.log(power.s()));
        }
        return base.oneSidedLaw(x, side).withRadiusFactor(Math.exp(map.logInverseSlope(breakpoint, 0)));
    }

    /** Law of P(X >= log(1/r)) or P(X <= -log(1/r)): what exp and inv_logit make of a tail. */
    private LocalLaw exponentiated(int side) {
        ExponentialTail thin = base.exponentialTail(side);
        if (thin.rate() > 0) {
            return thin.rate() == Double.POSITIVE_INFINITY
                    ? LocalLaw.vanishing()
                    : LocalLaw.of(thin.rate(), thin.power(), thin.logConstant());
        }
        LocalLaw tail = base.tailLaw(side);
        if (tail.isVanishing() || tail.beta() != 0) {
            throw new NoClosedFormException("the local law of " + this + " at the end of its range is not known");
        }
        return LocalLaw.of(0, -tail.kappa(), tail.logConstant());
    }

    @Override
    LocalLaw tailLaw(int side) {
        if (Double.isFinite(side < 0 ? map.lower() : map.upper())) {
            return LocalLaw.vanishing();
        }
        if (map instanceof MonotoneMap.Exp) {
            return exponentiated(1);
        }
        if (map instanceof MonotoneMap.Log && side < 0) {
            LocalLaw law = base.oneSidedLaw(0, 1);
            return law.kappa() > 0 ? LocalLaw.vanishing() : LocalLaw.of(-law.beta(), 0, law.logConstant());
        }
        LocalLaw tail = base.tailLaw(side);
        if (map instanceof MonotoneMap.Log) {
            return tail.kappa() > 0 ? LocalLaw.vanishing() : LocalLaw.of(-tail.beta(), 0, tail.logConstant());
        }
        double s = ((MonotoneMap.Power) map).s();
        return tail.isVanishing()
                ? tail
                : LocalLaw.of(tail.kappa() / s, tail.beta(), tail.logConstant() - tail.beta() * Math.log(s));
    }

    @Override
    public double sample(UniformRandomProvider random) {
        return map.apply(base.sample(random));
    }

    @Override
    public String toString() {
        return "transform(" + map + ", " + base + ")";
    }
}
