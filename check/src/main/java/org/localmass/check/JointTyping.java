package org.localmass.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;
import org.localmass.core.internal.TwoDigits;
import org.localmass.core.region.DistanceScore;
import org.localmass.core.region.Intersection;
import org.localmass.core.region.Interval;
import org.localmass.core.region.LevelSet;
import org.localmass.core.region.ProjectionScore;
import org.localmass.core.region.Region;
import org.localmass.estimate.Membership;

/**
 * Types regions of several parameters, and says them in words.
 *
 * <p>A region that covers at least half of a mode and holds little else is that mode, missing, invented or misweighted. A
 * region whose strongest two parameters correlate differently (Spearman, by more than 0.1 and four standard errors), in the
 * direction that its corner shows, is a wrong correlation. All else is a joint event.
 */
final class JointTyping {
    /** A ratio below this (or above its inverse) is called missing (or invented), not misweighted. */
    private static final double MISSING = 0.2;
    /** Share of a mode that the region must cover, and share of the region that the mode must hold. */
    private static final double COVERED = 0.5;

    private static final double HELD = 0.8;

    private static final double LEAST_CHANGE = 0.1;
    private static final double ERRORS = 4;
    private static final int MOST_ROWS = 5000;
    private static final int NAMED = 3;

    private final Draws reference;
    private final Draws approximation;
    private final List<Mode> modes;
    private final double effectiveP;
    private final double effectiveQ;

    /**
     * Types regions of the given draws.
     *
     * @param effectiveP effective number of reference draws
     * @param effectiveQ the same of the approximation
     */
    JointTyping(Draws reference, Draws approximation, List<Mode> modes, double effectiveP, double effectiveQ) {
        this.reference = reference;
        this.approximation = approximation;
        this.modes = modes;
        this.effectiveP = effectiveP;
        this.effectiveQ = effectiveQ;
    }

    /** The mode that the region covers, if it does; of intervals too. */
    Optional<Typing> mode(Region region, Direction direction) {
        boolean under = direction == Direction.UNDER;
        Draws heavier = under ? reference : approximation;
        Membership in = Membership.of(heavier, region);
        for (Mode mode : modes) {
            Membership basin = Membership.of(heavier, mode.basin());
            int common = in.common(basin);
            if (common == 0 || common < HELD * in.hits() || common < COVERED * basin.hits()) {
                continue;
            }
            double ratio = mode.ratio().estimate();
            boolean gone = under ? ratio < MISSING : ratio > 1 / MISSING;
            String at = " at " + mode.label();
            return Optional.of(
                    gone
                            ? new Typing(Kind.MODE, Optional.empty(), (under ? "missing" : "invented") + " mode" + at)
                            : new Typing(
                                    Kind.WEIGHT,
                                    Optional.empty(),
                                    "mode with too " + (under ? "little" : "much") + " weight" + at));
        }
        return Optional.empty();
    }

    /**
     * Types a region.
     *
     * @param strongest the columns that decide most, strongest first
     */
    Typing type(Region region, Direction direction, List<Integer> strongest) {
        Optional<Typing> mode = mode(region, direction);
        if (mode.isPresent()) {
            return mode.get();
        }
        boolean under = direction == Direction.UNDER;
        Optional<String> correlation = correlation(region, under, strongest);
        if (correlation.isPresent()) {
            return new Typing(Kind.CORRELATION, Optional.empty(), correlation.get());
        }
        boolean outside = region instanceof LevelSet set
                && set.score() instanceof DistanceScore
                && set.upper() == Double.POSITIVE_INFINITY;
        boolean together =
                strongest.size() > 1 && (!(region instanceof LevelSet set) || set.score() instanceof ProjectionScore);
        String what = outside
                ? "too " + (under ? "little" : "much") + " far out"
                : together
                        ? "these go together too " + (under ? "rarely" : "often")
                        : "too " + (under ? "little" : "much") + " there";
        return new Typing(Kind.JOINT, Optional.empty(), what);
    }

    private Optional<String> correlation(Region region, boolean under, List<Integer> strongest) {
        if (region instanceof Intersection box && box.regions().size() > 2) {
            return Optional.empty();
        }
        if (region instanceof LevelSet set && !(set.score() instanceof ProjectionScore)) {
            return Optional.empty();
        }
        if (!(region instanceof Intersection || region instanceof LevelSet)) {
            return Optional.empty();
        }
        List<Integer> looked = strongest.subList(0, Math.min(NAMED, strongest.size()));
        double best = 0;
        Optional<String> found = Optional.empty();
        double error = Math.sqrt(1 / effectiveP + 1 / effectiveQ);
        for (int a = 0; a < looked.size(); a++) {
            for (int b = a + 1; b < looked.size(); b++) {
                int i = looked.get(a);
                int j = looked.get(b);
                double p = spearman(reference, i, j);
                double q = spearman(approximation, i, j);
                double change = q - p;
                int corner = corner(region, i, j);
                // less correlation takes draws from the corners of its sign and gives them to the others
                boolean fits = corner == 0 || (change * corner < 0) == under;
                if (fits && Math.abs(change) > Math.max(LEAST_CHANGE, ERRORS * error) && Math.abs(change) > best) {
                    best = Math.abs(change);
                    found = Optional.of("correlation of " + reference.names().get(i) + " and "
                            + reference.names().get(j) + " " + TwoDigits.number(q) + " instead of "
                            + TwoDigits.number(p));
                }
            }
        }
        return found;
    }

    /** Product of the sides on which the region bounds two columns: +1, -1, or 0 where a side is not open. */
    private static int corner(Region region, int i, int j) {
        if (region instanceof Intersection box) {
            int product = 1;
            for (Region part : box.regions()) {
                if (part instanceof Interval interval && (interval.coordinate() == i || interval.coordinate() == j)) {
                    boolean below = interval.lower() == Double.NEGATIVE_INFINITY;
                    boolean above = interval.upper() == Double.POSITIVE_INFINITY;
                    product *= below == above ? 0 : above ? 1 : -1;
                }
            }
            return product;
        }
        if (region instanceof LevelSet set && Double.isInfinite(set.lower()) != Double.isInfinite(set.upper())) {
            double[] influence = set.score().influence();
            int[] columns = set.score().coordinates();
            double wi = influence[Arrays.binarySearch(columns, i)];
            double wj = influence[Arrays.binarySearch(columns, j)];
            return (int) Math.signum(wi * wj);
        }
        return 0;
    }

    /** Spearman's rank correlation, from at most 5000 evenly spaced draws; 0 where a column is constant. */
    private static double spearman(Draws draws, int i, int j) {
        double[] x = ranks(thin(draws, i));
        double[] y = ranks(thin(draws, j));
        double mean = 0.5 * (x.length - 1);
        double xy = 0;
        double xx = 0;
        double yy = 0;
        for (int t = 0; t < x.length; t++) {
            xy += (x[t] - mean) * (y[t] - mean);
            xx += (x[t] - mean) * (x[t] - mean);
            yy += (y[t] - mean) * (y[t] - mean);
        }
        return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : 0;
    }

    private static double[] thin(Draws draws, int j) {
        double[] all = draws.column(j);
        int step = Math.max(1, (all.length + MOST_ROWS - 1) / MOST_ROWS);
        double[] some = new double[(all.length + step - 1) / step];
        for (int t = 0; t < some.length; t++) {
            some[t] = all[t * step];
        }
        return some;
    }

    private static double[] ranks(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double[] ranks = new double[values.length];
        for (int t = 0; t < ranks.length; t++) {
            int last = SortedColumn.upTo(sorted, values[t]) - 1;
            int first = SortedColumn.upTo(sorted, Math.nextDown(values[t]));
            ranks[t] = 0.5 * (first + last);
        }
        return ranks;
    }

    /**
     * The region as a practitioner would say it: {@code beta[1] large and tau small together}, {@code the neighbourhood of
     * beta[1] = 2.1, tau = 0.3}; other regions by their text.
     *
     * @param text the region with rounded numbers
     */
    String plain(Region region, Direction direction, List<Integer> strongest, String text) {
        if (!(region instanceof LevelSet set) || strongest.isEmpty()) {
            return text;
        }
        List<String> names = strongest.subList(0, Math.min(NAMED, strongest.size())).stream()
                .map(reference.names()::get)
                .toList();
        boolean above = set.upper() == Double.POSITIVE_INFINITY;
        boolean below = set.lower() == Double.NEGATIVE_INFINITY;
        if (set.score() instanceof ProjectionScore && above != below) {
            double[] influence = set.score().influence();
            int[] columns = set.score().coordinates();
            List<String> parts = new ArrayList<>();
            for (int s = 0; s < names.size(); s++) {
                double w = influence[Arrays.binarySearch(columns, strongest.get(s))];
                parts.add(names.get(s) + (w > 0 == above ? " large" : " small"));
            }
            int others = influence.length - parts.size();
            return joined(parts)
                    + (parts.size() > 1 ? " together" : "")
                    + (others > 0 ? " (and " + others + (others == 1 ? " other)" : " others)") : "");
        }
        if (set.score() instanceof DistanceScore distance && above != below) {
            boolean middle = Arrays.stream(distance.centre()).allMatch(c -> c == 0);
            if (middle) {
                return (above ? "draws far from" : "draws near") + " the middle of q in all parameters together";
            }
            if (above) {
                double inside =
                        1 - (double) Membership.of(approximation, region).hits() / approximation.size();
                return "the outside of a ball that holds " + TwoDigits.percent(inside) + " of q";
            }
        }
        return "the neighbourhood of " + around(region, direction, strongest.subList(0, names.size()));
    }

    private static String joined(List<String> parts) {
        return parts.size() == 1
                ? parts.get(0)
                : String.join(", ", parts.subList(0, parts.size() - 1)) + " and " + parts.get(parts.size() - 1);
    }

    /** Medians of the named columns over the draws in the region, of the measure that has more there. */
    private String around(Region region, Direction direction, List<Integer> columns) {
        Draws from = direction == Direction.UNDER ? reference : approximation;
        int[] read = region.coordinates();
        double[] point = new double[from.dimension()];
        List<double[]> members = new ArrayList<>();
        for (Chain chain : from.chains()) {
            for (int t = 0; t < chain.size(); t++) {
                chain.read(t, read, point);
                if (region.contains(point)) {
                    double[] values = new double[columns.size()];
                    for (int s = 0; s < values.length; s++) {
                        values[s] = chain.value(t, columns.get(s));
                    }
                    members.add(values);
                }
            }
        }
        List<String> parts = new ArrayList<>();
        for (int s = 0; s < columns.size(); s++) {
            int at = s;
            double[] values = members.stream().mapToDouble(v -> v[at]).sorted().toArray();
            double middle = values.length == 0 ? Double.NaN : values[values.length / 2];
            parts.add(reference.names().get(columns.get(s)) + " = " + TwoDigits.number(middle));
        }
        return String.join(", ", parts);
    }
}
