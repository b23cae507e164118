package org.localmass.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;
import org.localmass.core.mass.MassEstimate;
import org.localmass.core.mass.RatioEstimate;
import org.localmass.core.region.Interval;
import org.localmass.core.region.Region;
import org.localmass.estimate.ClopperPearson;
import org.localmass.estimate.MassComparison;

/** Draws the {@link Portrait} of a check: deterministic, at any number of threads. */
final class Painter {
    /** Bounds of the cells: finer in the tails, where approximations fail. */
    private static final double[] LEVELS = {0, 0.005, 0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975, 0.995, 1};

    private static final int MOST_PICTURES = 60;
    private static final int LEAST_BINS = 14;
    private static final int BINS = 48;
    private static final int DRAWS_PER_BIN = 50;
    private static final int MOST_BINS = 200;
    /** A region narrower than this share of the window is looked at more closely. */
    private static final double NARROW = 0.06;
    /** Points of one cloud in the region and outside. */
    private static final int INSIDE = 150;

    private static final int OUTSIDE = 250;

    private final Draws reference;
    private final Draws approximation;
    private final double level;
    private final Workers workers;

    private Painter(Draws reference, Draws approximation, double level, Workers workers) {
        this.reference = reference;
        this.approximation = approximation;
        this.level = level;
        this.workers = workers;
    }

    /** The portrait of p and q with pictures of the given regions. */
    static Portrait paint(
            Draws reference,
            Draws approximation,
            List<Quality.Column> referenceColumns,
            List<Quality.Column> approximationColumns,
            List<Finding> regions,
            CheckOptions options,
            Workers workers) {
        Painter painter = new Painter(reference, approximation, options.level(), workers);
        List<ParameterQuality> quality = new ArrayList<>();
        for (int j = 0; j < reference.dimension(); j++) {
            Quality.Column p = referenceColumns.get(j);
            Quality.Column q = approximationColumns.get(j);
            quality.add(new ParameterQuality(
                    reference.names().get(j), p.ess(), p.rhat(), q.ess(), q.rhat(), p.constant() || q.constant()));
        }
        return new Portrait(
                painter.map(referenceColumns, approximationColumns),
                quality,
                painter.pictures(regions.subList(0, Math.min(MOST_PICTURES, regions.size()))));
    }

    private MassMap map(List<Quality.Column> referenceColumns, List<Quality.Column> approximationColumns) {
        double kishP = kish(reference);
        double kishQ = kish(approximation);
        IntFunction<MassMap.Row> row = j -> row(
                j,
                kishP / time(reference, referenceColumns.get(j)),
                kishQ / time(approximation, approximationColumns.get(j)));
        return new MassMap(Arrays.stream(LEVELS).boxed().toList(), workers.map(reference.dimension(), row));
    }

    /** Autocorrelation time of a column: draws over effective draws, at least 1. */
    private static double time(Draws draws, Quality.Column column) {
        double ess = column.ess();
        return Double.isFinite(ess) && ess > 0 ? Math.max(1, draws.size() / ess) : 1;
    }

    /** Kish's effective number of draws; their number where there are no weights. */
    private static double kish(Draws draws) {
        if (!draws.weighted()) {
            return draws.size();
        }
        double sum = 0;
        double squares = 0;
        for (double w : weights(draws)) {
            sum += w;
            squares += w * w;
        }
        return sum * sum / squares;
    }

    private MassMap.Row row(int j, double sizeP, double sizeQ) {
        SortedColumn p = SortedColumn.of(reference, j);
        SortedColumn q = SortedColumn.of(approximation, j);
        List<MassMap.Cell> cells = new ArrayList<>(LEVELS.length - 1);
        double from = Double.NEGATIVE_INFINITY;
        double belowP = 0;
        double belowQ = 0;
        for (int k = 1; k < LEVELS.length; k++) {
            boolean last = k == LEVELS.length - 1;
            double to = last ? Double.POSITIVE_INFINITY : p.quantile(LEVELS[k]);
            double uptoP = last ? 1 : p.share(to);
            double uptoQ = last ? 1 : q.share(to);
            double massP = Math.max(0, uptoP - belowP);
            double massQ = Math.max(0, uptoQ - belowQ);
            if (to <= from || (massP == 0 && massQ == 0)) {
                cells.add(new MassMap.Cell(
                        from,
                        to,
                        massP,
                        massQ,
                        new RatioEstimate(Double.NaN, 0, Double.POSITIVE_INFINITY),
                        MassMap.Evidence.EMPTY));
            } else {
                RatioEstimate ratio = MassComparison.ratio(mass(massP, sizeP), mass(massQ, sizeQ));
                cells.add(new MassMap.Cell(from, to, massP, massQ, ratio, evidence(ratio)));
            }
            from = Math.max(from, to);
            belowP = Math.max(belowP, uptoP);
            belowQ = Math.max(belowQ, uptoQ);
        }
        return new MassMap.Row(reference.names().get(j), cells);
    }

    private MassEstimate mass(double share, double size) {
        double delta = 0.5 * (1 - level);
        double hits = Math.min(size, share * size);
        return new MassEstimate(
                share,
                ClopperPearson.lower(hits, size, delta),
                ClopperPearson.upper(hits, size, delta),
                hits,
                size,
                0,
                0,
                List.of());
    }

    private static MassMap.Evidence evidence(RatioEstimate ratio) {
        if (ratio.upper() < 1 || ratio.lower() > 1) {
            return MassMap.Evidence.DIFFERS;
        }
        return ratio.lower() > 0.5 && ratio.upper() < 2 ? MassMap.Evidence.AGREES : MassMap.Evidence.WEAK;
    }

    private List<RegionPicture> pictures(List<Finding> regions) {
        if (regions.isEmpty()) {
            return List.of();
        }
        double[] weightsP = weights(reference);
        double[] weightsQ = weights(approximation);
        return workers.map(regions.size(), i -> {
            Finding finding = regions.get(i);
            int[] coordinates = finding.region().coordinates();
            return coordinates.length == 1
                    ? marginal(finding, coordinates[0], weightsP, weightsQ)
                    : pair(finding, coordinates, weightsP, weightsQ);
        });
    }

    /** Weights scaled so that the largest is 1, chains one after the other. */
    private static double[] weights(Draws draws) {
        double[] weights = new double[draws.size()];
        double largest = Double.NEGATIVE_INFINITY;
        int i = 0;
        for (Chain chain : draws.chains()) {
            for (int t = 0; t < chain.size(); t++) {
                weights[i] = chain.logWeight(t);
                largest = Math.max(largest, weights[i++]);
            }
        }
        for (int k = 0; k < weights.length; k++) {
            weights[k] = Math.exp(weights[k] - largest);
        }
        return weights;
    }

    private RegionPicture marginal(Finding finding, int j, double[] weightsP, double[] weightsQ) {
        SortedColumn p = SortedColumn.of(reference, j);
        SortedColumn q = SortedColumn.of(approximation, j);
        double spread = p.quantile(0.95) - p.quantile(0.05);
        double low = Math.min(p.quantile(0.003), Math.max(q.quantile(0.003), p.quantile(0.5) - 4 * spread));
        double high = Math.max(p.quantile(0.997), Math.min(q.quantile(0.997), p.quantile(0.5) + 4 * spread));
        double least = Math.min(p.min(), q.min());
        double most = Math.max(p.max(), q.max());
        // a bound of the parameter belongs into the picture
        low = low - least < 0.05 * (high - low) ? least : low;
        high = most - high < 0.05 * (high - low) ? most : high;
        if (!(low < high)) {
            double margin = Math.max(1, Math.abs(low)) * 0.5;
            low -= margin;
            high += margin;
        }
        double edge = Double.NaN;
        if (finding.region() instanceof Interval interval) {
            double a = interval.lower();
            double b = interval.upper();
            if (Double.isFinite(a) && (a >= high || a <= low)) {
                high = Math.max(high, a + 0.15 * (high - low));
                low = Math.min(low, a - 0.05 * (high - low));
            }
            if (Double.isFinite(b) && (b >= high || b <= low)) {
                low = Math.min(low, b - 0.15 * (high - low));
                high = Math.max(high, b + 0.05 * (high - low));
            }
            double from = Math.max(a, low);
            double to = Math.min(b, high);
            double width = to - from;
            if (width > 0 && width < NARROW * (high - low)) {
                low = Math.max(low, from - 4 * width);
                high = Math.min(high, to + 8 * width);
            }
            edge = Double.isFinite(b) && b < high && b > low ? b : a;
        }
        double seen = reference.size() * (p.share(high) - p.share(low));
        double[] edges = edges(low, high, edge, (int) Math.max(LEAST_BINS, Math.min(BINS, seen / DRAWS_PER_BIN)));
        double[] inP = new double[edges.length - 1];
        double[] inQ = new double[edges.length - 1];
        double outP = bin(reference.column(j), weightsP, edges, inP);
        double outQ = bin(approximation.column(j), weightsQ, edges, inQ);
        return new RegionPicture.Marginal(
                finding.id(),
                reference.names().get(j),
                list(edges),
                list(inP),
                list(inQ),
                outP,
                outQ,
                ranges(finding.region(), j, edges));
    }

    /** Edges of about {@code wanted} equal bins from low to high, one of them at {@code edge} if that lies between. */
    private static double[] edges(double low, double high, double edge, int wanted) {
        double width = (high - low) / wanted;
        int before = 0;
        if (edge > low && edge < high) {
            before = (int) Math.max(1, Math.rint((edge - low) / width));
            width = (edge - low) / before;
        }
        int bins = (int) Math.min(MOST_BINS, Math.max(2, Math.ceil((high - low) / width - 1e-9)));
        double[] edges = new double[bins + 1];
        for (int k = 0; k <= bins; k++) {
            edges[k] = k == before && before > 0 ? edge : low + k * width;
        }
        return edges;
    }

    /** Fills densities, bins closed above; returns the mass outside. */
    private static double bin(double[] values, double[] weights, double[] edges, double[] density) {
        int bins = density.length;
        double width = (edges[bins] - edges[0]) / bins;
        double all = 0;
        double inside = 0;
        for (int i = 0; i < values.length; i++) {
            double x = values[i];
            all += weights[i];
            if (x < edges[0] || x > edges[bins]) {
                continue;
            }
            int k = (int) Math.min(bins - 1, Math.max(0, Math.floor((x - edges[0]) / width)));
            while (k > 0 && x <= edges[k]) {
                k--;
            }
            while (k < bins - 1 && x > edges[k + 1]) {
                k++;
            }
            density[k] += weights[i];
            inside += weights[i];
        }
        for (int k = 0; k < bins; k++) {
            density[k] /= all * (edges[k + 1] - edges[k]);
        }
        return Math.max(0, 1 - inside / all);
    }

    private static List<RegionPicture.Range> ranges(Region region, int j, double[] edges) {
        if (region instanceof Interval interval) {
            return List.of(new RegionPicture.Range(interval.lower(), interval.upper()));
        }
        List<RegionPicture.Range> ranges = new ArrayList<>();
        double[] point = new double[region.dimension()];
        int start = -1;
        for (int k = 0; k < edges.length; k++) {
            boolean in = false;
            if (k < edges.length - 1) {
                point[j] = 0.5 * (edges[k] + edges[k + 1]);
                in = region.contains(point);
            }
            if (in && start < 0) {
                start = k;
            } else if (!in && start >= 0) {
                ranges.add(new RegionPicture.Range(edges[start], edges[k]));
                start = -1;
            }
        }
        return ranges;
    }

    private RegionPicture pair(Finding finding, int[] coordinates, double[] weightsP, double[] weightsQ) {
        boolean[] inP = inside(reference, finding.region());
        boolean[] inQ = inside(approximation, finding.region());
        int[] axes = axes(coordinates, inP);
        RegionPicture.Cloud p = cloud(reference, axes, inP, weightsP);
        RegionPicture.Cloud q = cloud(approximation, axes, inQ, weightsQ);
        return new RegionPicture.Pair(
                finding.id(),
                reference.names().get(axes[0]),
                reference.names().get(axes[1]),
                coordinates.length - 2,
                range(p.x(), q.x()),
                range(p.y(), q.y()),
                p,
                q);
    }

    private static boolean[] inside(Draws draws, Region region) {
        boolean[] inside = new boolean[draws.size()];
        int[] coordinates = region.coordinates();
        double[] point = new double[draws.dimension()];
        int i = 0;
        for (Chain chain : draws.chains()) {
            for (int t = 0; t < chain.size(); t++) {
                chain.read(t, coordinates, point);
                inside[i++] = region.contains(point);
            }
        }
        return inside;
    }

    /** The two coordinates in which the region differs most from the rest of p, in standard deviations. */
    private int[] axes(int[] coordinates, boolean[] inside) {
        if (coordinates.length == 2) {
            return coordinates;
        }
        int[] best = {coordinates[0], coordinates[1]};
        double first = -1;
        double second = -1;
        for (int j : coordinates) {
            double shift = shift(reference.column(j), inside);
            if (shift > first) {
                second = first;
                best[1] = best[0];
                first = shift;
                best[0] = j;
            } else if (shift > second) {
                second = shift;
                best[1] = j;
            }
        }
        return best[0] == best[1] ? new int[] {coordinates[0], coordinates[1]} : best;
    }

    private static double shift(double[] values, boolean[] inside) {
        double mean = 0;
        double in = 0;
        int hits = 0;
        for (int i = 0; i < values.length; i++) {
            mean += values[i];
            if (inside[i]) {
                in += values[i];
                hits++;
            }
        }
        mean /= values.length;
        double square = 0;
        for (double x : values) {
            square += (x - mean) * (x - mean);
        }
        double sd = Math.sqrt(square / values.length);
        return hits == 0 || !(sd > 0) ? 0 : Math.abs(in / hits - mean) / sd;
    }

    private static RegionPicture.Cloud cloud(Draws draws, int[] axes, boolean[] inside, double[] weights) {
        double[] x = draws.column(axes[0]);
        double[] y = draws.column(axes[1]);
        List<Double> xs = new ArrayList<>();
        List<Double> ys = new ArrayList<>();
        int hits = thin(x, y, inside, true, weights, INSIDE, xs, ys);
        thin(x, y, inside, false, weights, OUTSIDE, xs, ys);
        return new RegionPicture.Cloud(xs, ys, hits);
    }

    /** Adds at most {@code most} of the draws that are inside, or not: evenly spaced in weight. */
    private static int thin(
            double[] x,
            double[] y,
            boolean[] inside,
            boolean wanted,
            double[] weights,
            int most,
            List<Double> xs,
            List<Double> ys) {
        double total = 0;
        int count = 0;
        for (int i = 0; i < x.length; i++) {
            if (inside[i] == wanted && weights[i] > 0) {
                total += weights[i];
                count++;
            }
        }
        int points = Math.min(most, count);
        double step = total / points;
        double target = 0.5 * step;
        double sum = 0;
        int taken = 0;
        for (int i = 0; i < x.length && taken < points; i++) {
            if (inside[i] != wanted || !(weights[i] > 0)) {
                continue;
            }
            sum += weights[i];
            if (sum >= target * (1 - 1e-12)) {
                xs.add(x[i]);
                ys.add(y[i]);
                taken++;
                target = Math.max(target + step, sum - 0.5 * step);
            }
        }
        return taken;
    }

    /** A range that holds all but the outermost points of both. */
    private static RegionPicture.Range range(List<Double> one, List<Double> other) {
        double[] all = new double[one.size() + other.size()];
        for (int i = 0; i < one.size(); i++) {
            all[i] = one.get(i);
        }
        for (int i = 0; i < other.size(); i++) {
            all[one.size() + i] = other.get(i);
        }
        if (all.length == 0) {
            return new RegionPicture.Range(0, 1);
        }
        Arrays.sort(all);
        int cut = all.length / 200;
        double low = all[cut];
        double high = all[all.length - 1 - cut];
        double margin = high > low ? 0.04 * (high - low) : Math.max(1, Math.abs(low)) * 0.5;
        return new RegionPicture.Range(low - margin, high + margin);
    }

    private static List<Double> list(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }
}
