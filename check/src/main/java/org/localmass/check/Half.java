package org.localmass.check;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.localmass.core.draws.Draws;
import org.localmass.core.region.ForestScore;
import org.localmass.core.region.Intersection;
import org.localmass.core.region.Interval;
import org.localmass.core.region.LevelSet;
import org.localmass.core.region.Region;
import org.localmass.core.region.RegionBatch;

/**
 * One half of the data as the sources of candidates see it. What several of them need is computed once, on demand; used
 * by one thread, which hands pieces of work to others.
 */
final class Half {
    /** Most draws of either side that the search looks at. */
    static final int MOST = 20_000;

    /** Most values of either side: beyond 400 parameters fewer draws are looked at. */
    private static final int MOST_VALUES = 8_000_000;

    private final Draws reference;
    private final Draws approximation;
    private final Workers workers;
    private final SampledDraws p;
    private final SampledDraws q;
    private final double[][] sortedP;
    private final double[][] sortedQ;
    private final List<LineScan.Span[]> spans;
    private @Nullable Screen screen;
    private boolean whitenedKnown;
    private Optional<WhitenedScores> whitened = Optional.empty();
    private @Nullable Codes codes;
    private @Nullable List<PairScan.Pair> pairs;

    /**
     * A half.
     *
     * @param referenceTime     typical autocorrelation time of the reference's coordinates
     * @param approximationTime the same of the approximation's
     */
    Half(Draws reference, Draws approximation, double referenceTime, double approximationTime, Workers workers) {
        this.reference = reference;
        this.approximation = approximation;
        this.workers = workers;
        int most = most(reference.dimension());
        this.p = SampledDraws.of(reference, referenceTime, most, workers);
        this.q = SampledDraws.of(approximation, approximationTime, most, workers);
        this.sortedP = sorted(p, workers);
        this.sortedQ = sorted(q, workers);
        this.spans = workers.map(p.dimension(), j -> LineScan.best(
                        sortedP[j], sortedQ[j], LineScan.edges(sortedP[j], sortedQ[j]), p, q, 2)
                .toArray(new LineScan.Span[0]));
    }

    /** Most draws of either side that a search of some parameters looks at. */
    static int most(int parameters) {
        return Math.max(2000, Math.min(MOST, MOST_VALUES / parameters));
    }

    private static double[][] sorted(SampledDraws draws, Workers workers) {
        return workers.map(draws.dimension(), j -> {
                    double[] values = draws.column(j).clone();
                    Arrays.sort(values);
                    return values;
                })
                .toArray(new double[0][]);
    }

    /** All draws of the reference's half. */
    Draws reference() {
        return reference;
    }

    /** All draws of the approximation's half. */
    Draws approximation() {
        return approximation;
    }

    List<String> names() {
        return reference.names();
    }

    int dimension() {
        return p.dimension();
    }

    Workers workers() {
        return workers;
    }

    /** The reference's draws that are looked at. */
    SampledDraws p() {
        return p;
    }

    /** The approximation's draws that are looked at. */
    SampledDraws q() {
        return q;
    }

    /** Values of a column in ascending order; not to be modified. */
    double[] sortedP(int j) {
        return sortedP[j];
    }

    /** Values of a column in ascending order; not to be modified. */
    double[] sortedQ(int j) {
        return sortedQ[j];
    }

    /** The best intervals of a column. */
    LineScan.Span[] spans(int j) {
        return spans.get(j);
    }

    /** Score of the best interval of a column; 0 where there is none. */
    double marginalScore(int j) {
        double best = 0;
        for (LineScan.Span span : spans.get(j)) {
            best = Math.max(best, span.score());
        }
        return best;
    }

    /** The parameters that the views of several parameters look at. */
    Screen screen() {
        Screen known = screen;
        if (known == null) {
            known = Screen.of(this);
            screen = known;
        }
        return known;
    }

    /** Whitened normal scores of the {@link Screen#joint} parameters; empty if fewer than two of them vary. */
    Optional<WhitenedScores> whitened() {
        if (!whitenedKnown) {
            whitened = WhitenedScores.of(this);
            whitenedKnown = true;
        }
        return whitened;
    }

    /** Ten bins a column of the {@link Screen#paired} parameters. */
    Codes codes() {
        Codes known = codes;
        if (known == null) {
            known = Codes.of(this);
            codes = known;
        }
        return known;
    }

    /** The best rectangles of the best pairs, best first. */
    List<PairScan.Pair> pairs() {
        List<PairScan.Pair> known = pairs;
        if (known == null) {
            known = PairScan.best(codes());
            pairs = known;
        }
        return known;
    }

    /** Which of the draws that are looked at lie in a region. */
    boolean[] members(Region region, boolean reference) {
        SampledDraws draws = reference ? p : q;
        boolean[] inside = new boolean[draws.size()];
        if (region instanceof Interval interval) {
            double[] column = draws.column(interval.coordinate());
            for (int t = 0; t < inside.length; t++) {
                inside[t] = interval.contains(column[t]);
            }
        } else if (region instanceof Intersection box) {
            Arrays.fill(inside, true);
            for (Region part : box.regions()) {
                boolean[] in = members(part, reference);
                for (int t = 0; t < inside.length; t++) {
                    inside[t] &= in[t];
                }
            }
        } else if (region instanceof LevelSet set && !(set.score() instanceof ForestScore)) {
            double[] values = whitened().orElseThrow().values(set.score(), reference);
            for (int t = 0; t < inside.length; t++) {
                inside[t] = set.holds(values[t]);
            }
        } else {
            int[] coordinates = region.coordinates();
            double[] point = new double[dimension()];
            RegionBatch batch = new RegionBatch(List.of(region));
            boolean[] answer = new boolean[1];
            for (int t = 0; t < inside.length; t++) {
                for (int j : coordinates) {
                    point[j] = draws.column(j)[t];
                }
                batch.test(point, answer);
                inside[t] = answer[0];
            }
        }
        return inside;
    }
}
