package org.localmass.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;
import org.localmass.core.draws.Sampling;
import org.localmass.core.internal.TwoDigits;
import org.localmass.core.mass.MassEstimate;
import org.localmass.core.mass.RatioEstimate;
import org.localmass.core.region.Region;
import org.localmass.estimate.Autocorrelation;
import org.localmass.estimate.MassComparison;
import org.localmass.estimate.Membership;

/** The modes of the pooled draws with their masses under both measures. */
final class ModeTable {
    /** Coordinates whose autocorrelation within chains is looked at. */
    private static final int COORDINATES = 12;
    /** Parameters that tell a mode from the others. */
    private static final int NAMED = 3;
    /** A basin with fewer reference draws takes its centre from the approximation's. */
    private static final int FEW = 10;
    /** A ratio below this, or above its inverse, is a missing or an invented mode. */
    private static final double MISSING = 0.2;

    private final Draws reference;
    private final Draws approximation;

    private ModeTable(Draws reference, Draws approximation) {
        this.reference = reference;
        this.approximation = approximation;
    }

    /**
     * The modes, largest first; empty if there is one.
     *
     * @param masses masses of their basins; the intervals hold for all modes at once
     */
    static List<Mode> of(Draws reference, Draws approximation, Masses masses, Workers workers) {
        List<Region> basins =
                ModeSearch.basins(reference, approximation, effective(reference), effective(approximation), workers);
        return new ModeTable(reference, approximation).modes(basins, masses);
    }

    /** Effective number of draws within a mode: chains that keep to their mode do not make it small. */
    private static double effective(Draws draws) {
        double time = 1;
        if (draws.sampling() != Sampling.INDEPENDENT) {
            List<Double> times = new ArrayList<>();
            for (Chain chain : draws.chains()) {
                for (double t : Autocorrelation.coordinateTimes(draws.withChains(List.of(chain)), COORDINATES)) {
                    times.add(t);
                }
            }
            times.sort(Comparator.naturalOrder());
            time = times.get(times.size() / 2);
        }
        return Quality.effectiveSize(draws) / time;
    }

    private List<Mode> modes(List<Region> basins, Masses masses) {
        record Basin(Region region, MassEstimate p, MassEstimate q, double[] centre) {}
        List<Basin> all = new ArrayList<>();
        for (Region region : basins) {
            all.add(new Basin(
                    region, masses.p(region, basins.size()), masses.q(region, basins.size()), centre(region)));
        }
        all.sort(Comparator.comparingDouble((Basin b) -> -Math.max(b.p.estimate(), b.q.estimate())));
        double[] spread = spread();
        List<Mode> modes = new ArrayList<>();
        for (Basin b : all) {
            List<double[]> others =
                    all.stream().filter(o -> !o.equals(b)).map(Basin::centre).toList();
            String label = label(b.centre, others, spread);
            RatioEstimate ratio = MassComparison.ratio(b.p, b.q);
            modes.add(new Mode(
                    "M" + (modes.size() + 1),
                    label,
                    b.region,
                    reference.names(),
                    Arrays.stream(b.centre).boxed().toList(),
                    b.p,
                    b.q,
                    ratio,
                    sentence(label, b.p, b.q, ratio)));
        }
        return List.copyOf(modes);
    }

    private static String sentence(String label, MassEstimate p, MassEstimate q, RatioEstimate ratio) {
        String masses = TwoDigits.percent(q.estimate()) + " instead of " + TwoDigits.percent(p.estimate());
        if (ratio.upper() < MISSING) {
            return "q misses the mode at " + label + ": " + masses;
        }
        if (ratio.lower() > 1 / MISSING) {
            return "q has a mode at " + label + " that the reference does not show: " + masses;
        }
        if (ratio.upper() < 1) {
            return "q gives the mode at " + label + " too little weight: " + masses;
        }
        if (ratio.lower() > 1) {
            return "q gives the mode at " + label + " too much weight: " + masses;
        }
        return "the mode at " + label + " has " + TwoDigits.percent(q.estimate()) + " under q, "
                + TwoDigits.percent(p.estimate()) + " under the reference: no clear difference";
    }

    private double[] centre(Region region) {
        Membership in = Membership.of(reference, region);
        Draws from = in.hits() >= FEW ? reference : approximation;
        double[] centre = new double[from.dimension()];
        double[] point = new double[from.dimension()];
        int[] coordinates = region.coordinates();
        int hits = Membership.of(from, region).hits();
        if (hits == 0) {
            from = reference;
            hits = in.hits();
        }
        int[][] rows = new int[hits][];
        int next = 0;
        for (int c = 0; c < from.chains().size(); c++) {
            Chain chain = from.chains().get(c);
            for (int t = 0; t < chain.size(); t++) {
                chain.read(t, coordinates, point);
                if (region.contains(point)) {
                    rows[next++] = new int[] {c, t};
                }
            }
        }
        double[] weights = weights(from, rows);
        for (int j = 0; j < centre.length; j++) {
            double[] values = new double[hits];
            for (int i = 0; i < hits; i++) {
                values[i] = from.chains().get(rows[i][0]).value(rows[i][1], j);
            }
            centre[j] = hits == 0
                    ? Double.NaN
                    : SortedColumn.of(values, weights.clone()).quantile(0.5);
        }
        return centre;
    }

    /** Weights of rows, the largest 1; empty where the draws carry none or all are zero. */
    private static double[] weights(Draws draws, int[][] rows) {
        double[] weights = new double[draws.weighted() ? rows.length : 0];
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < weights.length; i++) {
            weights[i] = draws.chains().get(rows[i][0]).logWeight(rows[i][1]);
            largest = Math.max(largest, weights[i]);
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] = Math.exp(weights[i] - largest);
        }
        return largest == Double.NEGATIVE_INFINITY ? new double[0] : weights;
    }

    /** Interquartile range of each parameter over both sets. */
    private double[] spread() {
        double[] spread = new double[reference.dimension()];
        for (int j = 0; j < spread.length; j++) {
            double[] p = reference.column(j);
            double[] q = approximation.column(j);
            double[] both = Arrays.copyOf(p, p.length + q.length);
            System.arraycopy(q, 0, both, p.length, q.length);
            Arrays.sort(both);
            spread[j] = both[(int) (0.75 * (both.length - 1))] - both[(int) (0.25 * (both.length - 1))];
        }
        return spread;
    }

    /** The parameters whose centre lies farthest from those of the other modes, with their values. */
    private String label(double[] centre, List<double[]> others, double[] spread) {
        double[] distance = new double[centre.length];
        for (int j = 0; j < centre.length; j++) {
            for (double[] other : others) {
                double gap = spread[j] > 0 ? Math.abs(centre[j] - other[j]) / spread[j] : 0;
                distance[j] = Math.max(distance[j], gap);
            }
        }
        Integer[] order = new Integer[centre.length];
        Arrays.setAll(order, j -> j);
        Arrays.sort(order, (a, b) -> Double.compare(distance[b], distance[a]));
        List<String> parts = new ArrayList<>();
        for (int j : order) {
            if (parts.isEmpty() || (parts.size() < NAMED && distance[j] >= 0.5 * distance[order[0]])) {
                parts.add(reference.names().get(j) + " = " + TwoDigits.number(centre[j]));
            }
        }
        return String.join(", ", parts);
    }
}
