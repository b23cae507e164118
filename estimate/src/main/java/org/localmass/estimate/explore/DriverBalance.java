package org.localmass.estimate.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The marginal of a driver from the slope of the density along it, beside the one that the particles have.
 *
 * <p>In the coordinates z of any map, \( \frac{d}{dt}\log p_{z_k}(t) = E[\partial_{z_k}(\log p + \log|J|) \mid z_k = t] \)
 * exactly. The expectation needs particles that are right given z_k only, not how many there are at each z_k: a neck whose
 * mass creeps from stage to stage is measured by its slope all the same. The slope is averaged in bins of equal weight,
 * interpolated linearly and integrated; delete-one-run jackknife. A good map makes the slope nearly a function of z_k, so
 * that its mean is sharp; a poor one makes it noisy, which the error shows.
 */
final class DriverBalance {
    private static final double[] LEVELS = {0.02, 0.05, 0.16, 0.5, 0.84, 0.95, 0.98};
    private static final int BINS = 40;
    private static final int STEPS = 16;
    private static final double LEAST_SHARE = 0.1;
    /** Of z: two-sided 0.3 % of t on 7 degrees of freedom, for a few correlated levels and drivers. */
    static final double LIMIT = 4.5;

    /**
     * One driver of one component.
     *
     * @param parameter coordinate of the point
     * @param z         largest contrast of the two marginals, in jackknife errors of the difference of logits
     * @param bound     of the coordinate where it was; NaN for drivers after the first, whose z is no coordinate alone
     * @param byRuns    mass below by the particles
     * @param bySlope   mass below by the slope
     */
    record Marginal(int parameter, double z, double bound, double byRuns, double bySlope) {}

    private DriverBalance() {}

    /** The largest contrast; null without drivers. */
    static @Nullable Marginal worst(MapMixture mixture, Ensemble ensemble) {
        Marginal worst = null;
        for (Marginal marginal : of(mixture, ensemble)) {
            if (worst == null || marginal.z > worst.z) {
                worst = marginal;
            }
        }
        return worst;
    }

    /** All drivers of the components with a tenth of the mass or more. */
    static List<Marginal> of(MapMixture mixture, Ensemble ensemble) {
        int d = mixture.dimension();
        MapScratch scratch = new MapScratch(d);
        double[] x = new double[d];
        double[] shares = new double[mixture.components()];
        double[] mass = new double[mixture.components()];
        List<Run> runs = ensemble.runs();
        for (int r = 0; r < runs.size(); r++) {
            Run run = runs.get(r);
            for (int i = 0; i < run.size(); i++) {
                System.arraycopy(run.points(), i * d, x, 0, d);
                mixture.logDensity(x, shares, scratch);
                for (int k = 0; k < shares.length; k++) {
                    mass[k] += ensemble.weight(r) / run.size() * shares[k];
                }
            }
        }
        List<Marginal> marginals = new ArrayList<>();
        for (int k = 0; k < mass.length; k++) {
            for (int i = 0; mass[k] >= LEAST_SHARE && i < mixture.map(k).drivers(); i++) {
                marginals.add(new Line(mixture, k, i, ensemble).marginal());
            }
        }
        return marginals;
    }

    /** Positions and slopes of the particles along one driver. */
    private static final class Line {
        private final int driver;
        private final int parameter;
        private final double offset;
        private final double size;
        private final int runs;
        private final double[] weights;
        private final double[][] places;
        private final double[][] slopes;
        private final double[] edges = new double[BINS + 1];

        Line(MapMixture mixture, int component, int driver, Ensemble ensemble) {
            this.driver = driver;
            DriverMap map = mixture.map(component);
            this.parameter = map.driver(driver);
            int d = mixture.dimension();
            MapScratch scratch = new MapScratch(d);
            double[] x = new double[d];
            double[] z = new double[d];
            double[] g = new double[d];
            double[] pulled = new double[d];
            this.runs = ensemble.runs().size();
            this.weights = new double[runs];
            this.places = new double[runs][];
            this.slopes = new double[runs][];
            int total = 0;
            for (int r = 0; r < runs; r++) {
                Run run = ensemble.runs().get(r);
                weights[r] = ensemble.weight(r) / run.size();
                places[r] = new double[run.size()];
                slopes[r] = new double[run.size()];
                total += run.size();
                for (int i = 0; i < run.size(); i++) {
                    System.arraycopy(run.points(), i * d, x, 0, d);
                    System.arraycopy(run.gradients(), i * d, g, 0, d);
                    map.toBase(x, z, scratch);
                    map.toPoint(z, x, scratch);
                    map.pullBack(g, pulled, scratch);
                    places[r][i] = z[driver];
                    slopes[r][i] = pulled[driver];
                }
            }
            // the point of the first driver is a line in z_1
            Arrays.fill(z, 0);
            map.toPoint(z, x, scratch);
            offset = x[parameter];
            z[driver] = 1;
            map.toPoint(z, x, scratch);
            size = x[parameter] - offset;
            cut(total);
        }

        /** Bins of equal weight. */
        private void cut(int total) {
            double[] all = new double[total];
            double[] mass = new double[total];
            int n = 0;
            for (int r = 0; r < runs; r++) {
                for (double place : places[r]) {
                    all[n] = place;
                    mass[n++] = weights[r];
                }
            }
            int[] order = IntStream.range(0, total)
                    .boxed()
                    .sorted((a, b) -> Double.compare(all[a], all[b]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            edges[0] = all[order[0]];
            edges[BINS] = all[order[total - 1]];
            double sum = 0;
            int bin = 1;
            for (int i = 0; i < total && bin < BINS; i++) {
                sum += mass[order[i]];
                while (bin < BINS && sum >= bin / (double) BINS) {
                    edges[bin++] = all[order[i]];
                }
            }
        }

        private int bin(double place) {
            int at = Arrays.binarySearch(edges, 1, BINS, place);
            return at >= 0 ? at : -at - 2;
        }

        Marginal marginal() {
            double[] whole = slope(-1);
            double[] own = counts(-1);
            double[][] left = new double[runs][];
            double[][] leftOwn = new double[runs][];
            for (int r = 0; r < runs; r++) {
                left[r] = slope(r);
                leftOwn[r] = counts(r);
            }
            double worst = 0;
            double bound = Double.NaN;
            double byRuns = Double.NaN;
            double bySlope = Double.NaN;
            for (double level : LEVELS) {
                int bins = (int) Math.round(level * BINS);
                int cut = Math.max(1, Math.min(BINS - 1, bins));
                double gap = gap(whole, own, cut);
                double mean = 0;
                double[] gaps = new double[runs];
                for (int r = 0; r < runs; r++) {
                    gaps[r] = gap(left[r], leftOwn[r], cut);
                    mean += gaps[r] / runs;
                }
                double squares = 0;
                for (double value : gaps) {
                    squares += (value - mean) * (value - mean);
                }
                double error = Math.sqrt((runs - 1.0) / runs * squares);
                double z = Math.abs(gap) / error;
                if (z > worst) {
                    worst = z;
                    bound = driver == 0 ? offset + size * edges[cut] : Double.NaN;
                    byRuns = below(own, cut);
                    bySlope = below(whole, cut);
                }
            }
            return new Marginal(parameter, worst, bound, byRuns, bySlope);
        }

        private static double below(double[] masses, int cut) {
            double sum = 0;
            for (int b = 0; b < cut; b++) {
                sum += masses[b];
            }
            return sum;
        }

        private static double gap(double[] slope, double[] own, int cut) {
            double a = below(slope, cut);
            double b = below(own, cut);
            return Math.log(a / (1 - a)) - Math.log(b / (1 - b));
        }

        /** The bins' masses by the particles, one run left out. */
        private double[] counts(int without) {
            double[] masses = new double[BINS];
            double total = 0;
            for (int r = 0; r < runs; r++) {
                for (int i = 0; r != without && i < places[r].length; i++) {
                    masses[bin(places[r][i])] += weights[r];
                    total += weights[r];
                }
            }
            for (int b = 0; b < BINS; b++) {
                masses[b] /= total;
            }
            return masses;
        }

        /** The bins' masses by the slope, one run left out. */
        private double[] slope(int without) {
            double[] mass = new double[BINS];
            double[] centre = new double[BINS];
            double[] rise = new double[BINS];
            for (int r = 0; r < runs; r++) {
                for (int i = 0; r != without && i < places[r].length; i++) {
                    int b = bin(places[r][i]);
                    mass[b] += weights[r];
                    centre[b] += weights[r] * places[r][i];
                    rise[b] += weights[r] * slopes[r][i];
                }
            }
            int kept = 0;
            for (int b = 0; b < BINS; b++) {
                if (mass[b] > 0) {
                    centre[kept] = centre[b] / mass[b];
                    rise[kept++] = rise[b] / mass[b];
                }
            }
            double[] masses = new double[BINS];
            double[] logs = new double[BINS * STEPS];
            double log = 0;
            double last = Double.NaN;
            double lastPlace = Double.NaN;
            double most = Double.NEGATIVE_INFINITY;
            for (int b = 0; b < BINS; b++) {
                for (int s = 0; s < STEPS; s++) {
                    double place = edges[b] + (s + 0.5) / STEPS * (edges[b + 1] - edges[b]);
                    double now = interpolated(centre, rise, kept, place);
                    if (!Double.isNaN(last)) {
                        log += 0.5 * (last + now) * (place - lastPlace);
                    }
                    last = now;
                    lastPlace = place;
                    logs[b * STEPS + s] = log;
                    most = Math.max(most, log);
                }
            }
            double total = 0;
            for (int b = 0; b < BINS; b++) {
                for (int s = 0; s < STEPS; s++) {
                    masses[b] += Math.exp(logs[b * STEPS + s] - most) * (edges[b + 1] - edges[b]) / STEPS;
                }
                total += masses[b];
            }
            for (int b = 0; b < BINS; b++) {
                masses[b] /= total;
            }
            return masses;
        }

        /** Linear between bin means and beyond them. */
        private static double interpolated(double[] centre, double[] rise, int kept, double place) {
            if (kept == 1) {
                return rise[0];
            }
            int high = 1;
            while (high < kept - 1 && centre[high] < place) {
                high++;
            }
            double width = centre[high] - centre[high - 1];
            double share = width > 0 ? (place - centre[high - 1]) / width : 0;
            return rise[high - 1] + share * (rise[high] - rise[high - 1]);
        }
    }
}
