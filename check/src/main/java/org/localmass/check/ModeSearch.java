package org.localmass.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.localmass.core.draws.Draws;
import org.localmass.core.region.Complement;
import org.localmass.core.region.HalfSpace;
import org.localmass.core.region.Intersection;
import org.localmass.core.region.Interval;
import org.localmass.core.region.Region;

/**
 * Finds the modes of the pooled draws in all parameters together, by splitting at valleys.
 *
 * <p>A set of draws is split where some projection of it has two peaks: a dip of {@link Modes} in the reference's or the
 * approximation's own density. Projections: every parameter, the line between the centres of two clusters (2-means),
 * between the means of reference and approximation, and directions of extreme kurtosis (Pena and Prieto 2001), all in
 * whitened coordinates. The projection and the valley come from the first halves of the chains; the second halves must show
 * peaks on either side of it. Where each set keeps to its own side, they are two modes as well. Parts are split again.
 *
 * <p>Deterministic. Parameters with few different values are left out.
 * <br>Source: docs/decisions/021-modes.md.
 */
final class ModeSearch {
    private static final int MOST_MODES = 12;
    /** Directions that the second halves are asked about, best first. */
    private static final int TRIED = 4;
    /** Parameters beyond which directions are looked for on standardised, not whitened, coordinates. */
    private static final int MOST_WHITENED = 120;
    /** Least number of rows of one set that may show a valley. */
    private static final int LEAST_ROWS = 80;
    /** Each set keeps to its own side if it has at least this share there. */
    private static final double OWN_SIDE = 0.99;

    private final PooledRows rows;
    private final List<String> names;
    private final double share;
    private final double shareQ;
    private final Workers workers;

    private ModeSearch(PooledRows rows, List<String> names, double share, double shareQ, Workers workers) {
        this.rows = rows;
        this.names = names;
        this.share = share;
        this.shareQ = shareQ;
        this.workers = workers;
    }

    /**
     * The basins of the modes; one region of everything if there is one mode.
     *
     * @param effectiveP effective number of reference draws within a mode
     * @param effectiveQ the same of the approximation
     */
    static List<Region> basins(Draws p, Draws q, double effectiveP, double effectiveQ, Workers workers) {
        PooledRows rows = PooledRows.of(p, q);
        if (rows.parameter().length == 0) {
            return List.of();
        }
        long countP =
                IntStream.range(0, rows.size()).filter(i -> rows.reference()[i]).count();
        long countQ = rows.size() - countP;
        ModeSearch search = new ModeSearch(
                rows, p.names(), Math.min(1, effectiveP / countP), Math.min(1, effectiveQ / countQ), workers);
        List<Region> basins = new ArrayList<>();
        search.split(IntStream.range(0, rows.size()).toArray(), List.of(), basins);
        return basins.size() > 1 ? basins : List.of();
    }

    /** A cut across one projection. */
    private record Cut(double[] direction, double at, double drop) {}

    private void split(int[] node, List<Region> path, List<Region> basins) {
        Optional<Cut> found = basins.size() + 2 > MOST_MODES ? Optional.empty() : cut(node);
        if (found.isEmpty()) {
            if (!path.isEmpty()) {
                basins.add(path.size() == 1 ? path.get(0) : new Intersection(path));
            }
            return;
        }
        Cut cut = found.get();
        Region below = region(cut);
        double[] projected = project(cut.direction, node);
        int[] lower = IntStream.range(0, node.length)
                .filter(i -> projected[i] <= cut.at)
                .map(i -> node[i])
                .toArray();
        int[] upper = IntStream.range(0, node.length)
                .filter(i -> projected[i] > cut.at)
                .map(i -> node[i])
                .toArray();
        split(lower, with(path, below), basins);
        split(upper, with(path, above(below, cut)), basins);
    }

    private static List<Region> with(List<Region> path, Region next) {
        List<Region> longer = new ArrayList<>(path);
        longer.add(next);
        return longer;
    }

    private Region region(Cut cut) {
        int only = single(cut.direction);
        if (only >= 0) {
            return Interval.halfOpen(names, rows.parameter()[only], Double.NEGATIVE_INFINITY, cut.at);
        }
        double[] normal = new double[names.size()];
        for (int i = 0; i < cut.direction.length; i++) {
            normal[rows.parameter()[i]] = cut.direction[i];
        }
        return HalfSpace.of(names, normal, cut.at);
    }

    private Region above(Region below, Cut cut) {
        int only = single(cut.direction);
        return only >= 0
                ? Interval.halfOpen(names, rows.parameter()[only], cut.at, Double.POSITIVE_INFINITY)
                : new Complement(below);
    }

    /** The coordinate that alone decides with factor 1, or -1. */
    private static int single(double[] direction) {
        int only = -1;
        for (int i = 0; i < direction.length; i++) {
            if (direction[i] != 0) {
                if (only >= 0 || direction[i] != 1) {
                    return -1;
                }
                only = i;
            }
        }
        return only;
    }

    private Optional<Cut> cut(int[] node) {
        int[] train = IntStream.of(node).filter(i -> rows.first()[i]).toArray();
        int[] test = IntStream.of(node).filter(i -> !rows.first()[i]).toArray();
        int k = rows.columns().length;
        List<Optional<Cut>> single = workers.map(k, j -> {
            double[] axis = new double[k];
            axis[j] = 1;
            return dip(axis, train);
        });
        List<Cut> cuts = new ArrayList<>();
        single.forEach(c -> c.ifPresent(cuts::add));
        if (k > 1) {
            for (double[] direction : Directions.of(rows, train, MOST_WHITENED)) {
                dip(direction, train).ifPresent(cuts::add);
            }
        }
        cuts.sort(Comparator.comparingDouble(Cut::drop).reversed());
        for (Cut c : cuts.subList(0, Math.min(TRIED, cuts.size()))) {
            if (confirmed(c, test)) {
                return Optional.of(c);
            }
        }
        return Optional.empty();
    }

    /** The deepest valley of one projection in the density of either set, or the gap between the two sets. */
    private Optional<Cut> dip(double[] direction, int[] members) {
        double[] projected = project(direction, members);
        Optional<Cut> deepest = Optional.empty();
        for (boolean reference : new boolean[] {true, false}) {
            for (Modes.Dip dip :
                    modes(projected, members, reference).map(Modes::dips).orElse(List.of())) {
                if (deepest.isEmpty() || dip.drop() > deepest.get().drop) {
                    deepest = Optional.of(new Cut(direction, dip.at(), dip.drop()));
                }
            }
        }
        return deepest.isPresent() ? deepest : gap(direction, projected, members);
    }

    private Optional<Cut> gap(double[] direction, double[] projected, int[] members) {
        SortedColumn p = column(projected, members, true);
        SortedColumn q = column(projected, members, false);
        if (p.values().length < LEAST_ROWS || q.values().length < LEAST_ROWS) {
            return Optional.empty();
        }
        boolean below = p.quantile(0.5) < q.quantile(0.5);
        SortedColumn low = below ? p : q;
        SortedColumn high = below ? q : p;
        double from = low.quantile(0.995);
        double to = high.quantile(0.005);
        if (from >= to) {
            return Optional.empty();
        }
        // behind every true valley: its depth is not measured
        return Optional.of(new Cut(direction, 0.5 * (from + to), 0));
    }

    /** Whether the other half has peaks on both sides of the cut, or keeps the sets apart as well. */
    private boolean confirmed(Cut cut, int[] members) {
        double[] projected = project(cut.direction, members);
        if (cut.drop == 0) {
            SortedColumn p = column(projected, members, true);
            SortedColumn q = column(projected, members, false);
            if (p.values().length < LEAST_ROWS || q.values().length < LEAST_ROWS) {
                return false;
            }
            double below = p.share(cut.at);
            double belowQ = q.share(cut.at);
            return Math.max(below, belowQ) >= OWN_SIDE && Math.min(below, belowQ) <= 1 - OWN_SIDE;
        }
        for (boolean reference : new boolean[] {true, false}) {
            Optional<Modes> modes = modes(projected, members, reference);
            if (modes.isPresent()
                    && modes.get().centres().stream().anyMatch(c -> c <= cut.at)
                    && modes.get().centres().stream().anyMatch(c -> c > cut.at)) {
                return true;
            }
        }
        return false;
    }

    private Optional<Modes> modes(double[] projected, int[] members, boolean reference) {
        SortedColumn column = column(projected, members, reference);
        if (column.values().length < LEAST_ROWS) {
            return Optional.empty();
        }
        double effective = column.values().length * (reference ? share : shareQ);
        return Optional.of(Modes.of(column, effective));
    }

    private SortedColumn column(double[] projected, int[] members, boolean reference) {
        int n = 0;
        double[] values = new double[members.length];
        double[] weights = new double[members.length];
        boolean equal = true;
        for (int i = 0; i < members.length; i++) {
            if (rows.reference()[members[i]] == reference && rows.weight()[members[i]] > 0) {
                values[n] = projected[i];
                weights[n] = rows.weight()[members[i]];
                equal &= weights[n] == weights[0];
                n++;
            }
        }
        return SortedColumn.of(Arrays.copyOf(values, n), equal ? new double[0] : Arrays.copyOf(weights, n));
    }

    private double[] project(double[] direction, int[] members) {
        double[] projected = new double[members.length];
        for (int j = 0; j < direction.length; j++) {
            double w = direction[j];
            if (w != 0) {
                double[] column = rows.columns()[j];
                for (int i = 0; i < members.length; i++) {
                    projected[i] += w * column[members[i]];
                }
            }
        }
        return projected;
    }
}
