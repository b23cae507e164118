package org.localmass.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.localmass.core.region.Region;

/**
 * Proposes boxes of up to four parameters by a beam search on the bins.
 *
 * <p>It starts from the ten best pairs and the eight best single sides; a box grows by one condition if that gains more than
 * half of log(21 d) nats, six children a box, eighteen boxes a level. Score: log likelihood ratio less half of log(21 d) a
 * condition. Every condition of the best six is then tuned on fine edges, the others held fixed.
 */
final class ConjunctionScan implements CandidateSource {
    private static final int DEPTH = 4;
    private static final int WIDTH = 18;
    private static final int CHILDREN = 6;
    private static final int PAIRS = 10;
    private static final int SINGLES = 8;
    private static final int KEPT = 40;
    private static final int TUNED = 6;

    @Override
    public View view() {
        return View.CONJUNCTIONS;
    }

    @Override
    public int quota() {
        return 4;
    }

    /**
     * Conditions on coded columns.
     *
     * @param columns coded columns, ascending
     * @param sides   the side of each
     */
    private record Box(List<Integer> columns, List<Integer> sides) {
        Box with(int column, int side) {
            int at = 0;
            while (at < columns.size() && columns.get(at) < column) {
                at++;
            }
            List<Integer> moreColumns = new ArrayList<>(columns);
            List<Integer> moreSides = new ArrayList<>(sides);
            moreColumns.add(at, column);
            moreSides.add(at, side);
            return new Box(List.copyOf(moreColumns), List.copyOf(moreSides));
        }

        int[] columnArray() {
            return columns.stream().mapToInt(Integer::intValue).toArray();
        }

        int[] sideArray() {
            return sides.stream().mapToInt(Integer::intValue).toArray();
        }
    }

    private record Scored(Box box, double ratio, double score, Direction direction) {}

    @Override
    public List<Candidate> candidates(Half half) {
        Codes codes = half.codes();
        if (codes.size() < 2) {
            return List.of();
        }
        double step = 0.5 * Math.log((double) Codes.SIDES * codes.size());
        Map<Box, Scored> best = new LinkedHashMap<>();
        List<Scored> level = starts(half, codes, step);
        level.forEach(s -> best.put(s.box, s));
        for (int depth = 1; depth < DEPTH && !level.isEmpty(); depth++) {
            List<Scored> parents = level;
            Map<Box, Scored> next = new LinkedHashMap<>();
            half.workers()
                    .map(parents.size(), i -> children(codes, parents.get(i), step))
                    .forEach(children -> children.forEach(c -> next.putIfAbsent(c.box, c)));
            level = next.values().stream()
                    .sorted(Comparator.comparingDouble(Scored::score).reversed())
                    .limit(WIDTH)
                    .toList();
            next.forEach(best::putIfAbsent);
        }
        List<Scored> ranked = best.values().stream()
                .sorted(Comparator.comparingDouble(Scored::score).reversed())
                .limit(KEPT)
                .toList();
        double perCondition = 0.5 * Math.log(20.0 * half.dimension());
        List<Candidate> all = half.workers().map(ranked.size(), i -> {
            Scored s = ranked.get(i);
            Tuned tuned = i < TUNED ? tuned(codes, s) : new Tuned(codes.region(conditions(codes, s.box)), s.ratio);
            return new Candidate(
                    tuned.region, tuned.ratio, perCondition * s.box.columns.size() + 4, s.direction, View.CONJUNCTIONS);
        });
        List<Candidate> sorted = new ArrayList<>(all);
        sorted.sort(Comparator.comparingDouble((Candidate c) -> c.score() - c.penalty())
                .reversed());
        return sorted;
    }

    private static List<Scored> starts(Half half, Codes codes, double step) {
        List<Scored> starts = new ArrayList<>();
        for (PairScan.Pair pair :
                half.pairs().subList(0, Math.min(PAIRS, half.pairs().size()))) {
            Box box = new Box(List.of(pair.first()), List.of(pair.firstSide())).with(pair.second(), pair.secondSide());
            starts.add(new Scored(box, pair.score(), pair.score() - 2 * step, pair.direction()));
        }
        Scored none = new Scored(new Box(List.of(), List.of()), 0, 0, Direction.UNDER);
        starts.addAll(grown(codes, none, step, SINGLES, Double.NEGATIVE_INFINITY));
        return starts;
    }

    private static List<Scored> children(Codes codes, Scored parent, double step) {
        return grown(codes, parent, step, CHILDREN, parent.ratio + step);
    }

    /** The best boxes with one condition more, of at least the given ratio. */
    private static List<Scored> grown(Codes codes, Scored parent, double step, int most, double least) {
        int[] columns = parent.box.columnArray();
        int[] sides = parent.box.sideArray();
        int[][] p = histograms(codes.p(), Codes.members(codes.p(), columns, sides));
        int[][] q = histograms(codes.q(), Codes.members(codes.q(), columns, sides));
        double timeP = codes.half().p().time();
        double timeQ = codes.half().q().time();
        double n = codes.half().p().effectiveSize();
        double m = codes.half().q().effectiveSize();
        List<Scored> found = new ArrayList<>();
        for (int i = 0; i < codes.size(); i++) {
            if (Arrays.binarySearch(columns, i) >= 0) {
                continue;
            }
            for (int side = 0; side < Codes.SIDES; side++) {
                double x = hits(p[i], side) / timeP;
                double y = hits(q[i], side) / timeQ;
                if (LogLikelihoodRatio.bound(x, n, y, m) <= least || !codes.proper(i, side)) {
                    continue;
                }
                double ratio = LogLikelihoodRatio.of(x, n, y, m);
                if (ratio > least && ratio > 0) {
                    Box box = parent.box.with(i, side);
                    found.add(new Scored(
                            box,
                            ratio,
                            ratio - step * box.columns.size(),
                            x / n > y / m ? Direction.UNDER : Direction.OVER));
                }
            }
        }
        found.sort(Comparator.comparingDouble(Scored::ratio).reversed());
        return found.size() > most ? found.subList(0, most) : found;
    }

    private static int[][] histograms(byte[][] codes, boolean[] member) {
        int[] rows = new int[member.length];
        int count = 0;
        for (int t = 0; t < member.length; t++) {
            if (member[t]) {
                rows[count++] = t;
            }
        }
        int[][] histograms = new int[codes.length][Codes.BINS];
        for (int i = 0; i < codes.length; i++) {
            byte[] column = codes[i];
            int[] histogram = histograms[i];
            for (int k = 0; k < count; k++) {
                histogram[column[rows[k]]]++;
            }
        }
        return histograms;
    }

    private static int hits(int[] histogram, int side) {
        int hits = 0;
        for (int b = Codes.from(side); b < Codes.to(side); b++) {
            hits += histogram[b];
        }
        return hits;
    }

    private static List<Codes.Condition> conditions(Codes codes, Box box) {
        List<Codes.Condition> conditions = new ArrayList<>();
        for (int k = 0; k < box.columns.size(); k++) {
            conditions.add(codes.condition(box.columns.get(k), box.sides.get(k)));
        }
        return conditions;
    }

    private record Tuned(Region region, double ratio) {}

    /** Moves the ends of each condition to the best fine edges, one condition after the other. */
    private static Tuned tuned(Codes codes, Scored scored) {
        List<Codes.Condition> conditions = conditions(codes, scored.box);
        double ratio = scored.ratio;
        for (int k = 0; k < conditions.size(); k++) {
            double[] x = others(codes, true, conditions, k);
            double[] y = others(codes, false, conditions, k);
            if (x.length < 5 || y.length < 2) {
                continue;
            }
            Codes.Condition old = conditions.get(k);
            for (LineScan.Span span : LineScan.best(
                    x, y, LineScan.edges(x, y), codes.half().p(), codes.half().q(), 1)) {
                if (span.direction() == scored.direction && span.score() > ratio + 1e-9) {
                    ratio = span.score();
                    conditions.set(k, new Codes.Condition(old.column(), span.lower(), span.upper()));
                }
            }
        }
        return new Tuned(codes.region(conditions), ratio);
    }

    /** Ascending values of the k-th condition's column among the draws that fulfil the other conditions. */
    private static double[] others(Codes codes, boolean reference, List<Codes.Condition> conditions, int k) {
        double[] values = codes.values(reference, conditions.get(k).column());
        double[] kept = new double[values.length];
        int count = 0;
        double[][] columns = new double[conditions.size()][];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = codes.values(reference, conditions.get(i).column());
        }
        for (int t = 0; t < values.length; t++) {
            boolean all = true;
            for (int i = 0; i < columns.length && all; i++) {
                Codes.Condition c = conditions.get(i);
                all = i == k || (columns[i][t] > c.lower() && columns[i][t] <= c.upper());
            }
            if (all) {
                kept[count++] = values[t];
            }
        }
        double[] sorted = Arrays.copyOf(kept, count);
        Arrays.sort(sorted);
        return sorted;
    }
}
