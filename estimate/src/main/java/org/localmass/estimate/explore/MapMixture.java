package org.localmass.estimate.explore;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.localmass.core.internal.Arguments;
import org.localmass.core.internal.LogSum;

/** A mixture of maps: a density that can be drawn from, and coordinates for each of its components. Immutable. */
final class MapMixture {
    /** The scouts: how far the drivers are spread, and their share of a component's weight. */
    private static final double SCOUT_SPREAD = 2.2;

    private static final double SCOUT_SHARE = 0.15;

    private final DriverMap[] maps;
    private final double[] weights;
    private final double[] logWeights;

    private MapMixture(DriverMap[] maps, double[] weights) {
        this.maps = maps;
        this.weights = weights;
        this.logWeights = new double[weights.length];
        for (int k = 0; k < weights.length; k++) {
            logWeights[k] = Math.log(weights[k]);
        }
    }

    /**
     * A mixture of these components.
     *
     * @param maps    at least one, of one dimension
     * @param weights positive, in any unit: they are divided by their sum
     */
    static MapMixture of(List<DriverMap> maps, double[] weights) {
        Arguments.positive("components", maps.size());
        if (weights.length != maps.size()) {
            throw new IllegalArgumentException("weights must have length " + maps.size() + ", was " + weights.length);
        }
        double total = 0;
        for (int k = 0; k < weights.length; k++) {
            total += Arguments.positive("weights[" + k + "]", weights[k]);
            Arguments.sameDimension(maps.get(0).dimension(), maps.get(k).dimension());
        }
        double[] shares = weights.clone();
        for (int k = 0; k < shares.length; k++) {
            shares[k] /= total;
        }
        return new MapMixture(maps.toArray(DriverMap[]::new), shares);
    }

    /** A mixture of one. */
    static MapMixture of(DriverMap map) {
        return of(List.of(map), new double[] {1});
    }

    int dimension() {
        return maps[0].dimension();
    }

    /** The number of components. */
    int components() {
        return maps.length;
    }

    DriverMap map(int k) {
        return maps[k];
    }

    double weight(int k) {
        return weights[k];
    }

    double logWeight(int k) {
        return logWeights[k];
    }

    /** Whether a component has drivers. */
    boolean hasDrivers() {
        for (DriverMap map : maps) {
            if (map.drivers() > 0) {
                return true;
            }
        }
        return false;
    }

    /**
     * Log density at a point, with the share that each component has in it.
     *
     * @param responsibilities K places, overwritten; sum 1. Where every component underflows they are the weights
     */
    double logDensity(double[] x, double[] responsibilities, MapScratch scratch) {
        int count = maps.length;
        for (int k = 0; k < count; k++) {
            double part = maps[k].logDensity(x, scratch) + logWeights[k];
            responsibilities[k] = Double.isNaN(part) ? Double.NEGATIVE_INFINITY : part;
        }
        double log = LogSum.of(responsibilities, count);
        for (int k = 0; k < count; k++) {
            responsibilities[k] = Double.isInfinite(log) ? weights[k] : Math.exp(responsibilities[k] - log);
        }
        return log;
    }

    /** Draws a component, base coordinates in it and their point; returns the component. */
    int sample(UniformRandomProvider random, double[] z, double[] x, MapScratch scratch) {
        int k = component(random.nextDouble());
        maps[k].sample(random, z, x, scratch);
        return k;
    }

    /** The component at a point of the cumulative weights. */
    private int component(double u) {
        double left = u;
        for (int k = 0; k < weights.length - 1; k++) {
            left -= weights[k];
            if (left < 0) {
                return k;
            }
        }
        return weights.length - 1;
    }

    /** This mixture with one more component, whose weight is a share of the whole; the others shrink. */
    MapMixture with(DriverMap map, double share) {
        Arguments.fraction("share", share);
        List<DriverMap> all = new ArrayList<>(List.of(maps));
        all.add(map);
        double[] w = new double[weights.length + 1];
        for (int k = 0; k < weights.length; k++) {
            w[k] = weights[k] * (1 - share);
        }
        w[weights.length] = share;
        return of(all, w);
    }

    /** Every component heavier and wider, as {@link DriverMap#inflated()}. */
    MapMixture inflated() {
        DriverMap[] wider = new DriverMap[maps.length];
        for (int k = 0; k < maps.length; k++) {
            wider[k] = maps[k].inflated();
        }
        return new MapMixture(wider, weights);
    }

    /**
     * With scouts: for every component that has drivers, a copy whose drivers are spread 2.2 times as far, with 15 % of
     * its weight.
     */
    MapMixture withScouts() {
        List<DriverMap> all = new ArrayList<>(List.of(maps));
        List<Double> w = new ArrayList<>();
        for (int k = 0; k < maps.length; k++) {
            w.add(maps[k].drivers() > 0 ? weights[k] * (1 - SCOUT_SHARE) : weights[k]);
        }
        for (int k = 0; k < maps.length; k++) {
            if (maps[k].drivers() > 0) {
                all.add(maps[k].withDriversStretched(SCOUT_SPREAD));
                w.add(weights[k] * SCOUT_SHARE);
            }
        }
        return of(all, w.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /**
     * The density to sample from: inflated, with scouts, and a broad component that keeps the weights bounded.
     *
     * @param defence    usually {@link DriverMap#student} of the approximation, spread twice as far, nu = 5
     * @param share      its weight, usually .05
     */
    MapMixture forSampling(DriverMap defence, double share) {
        return inflated().withScouts().with(defence, share);
    }
}
