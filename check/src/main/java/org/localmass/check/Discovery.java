package org.localmass.check;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;
import org.localmass.core.draws.Sampling;
import org.localmass.core.mass.MassEstimate;
import org.localmass.core.region.Region;
import org.localmass.estimate.Autocorrelation;
import org.localmass.estimate.DrawsMass;
import org.localmass.estimate.MassComparison;
import org.localmass.estimate.Membership;

/**
 * Finds regions on one half of the data and decides about them on the other, both ways round.
 *
 * <p>At most 16 regions a fold are passed on; their masses are estimated on the other half with intervals that hold for
 * all of them at once (Bonferroni over both folds), and the e-BH procedure over both folds with the fixed family of 32
 * confirms them, if the direction is the one proposed.
 * <br>Source: docs/theory.md, section 10.
 */
final class Discovery {
    static final int PER_FOLD = 16;
    static final int FAMILY = 2 * PER_FOLD;
    private static final double SAME_REGION = 0.7;
    private static final double LEAST_SCORE = 1;
    private static final int COORDINATES = 30;
    /** Effective hits below which the rule for few visits (E7.1) is used. */
    private static final double FEW = 5;

    private final List<CandidateSource> sources;
    private final CheckOptions options;
    private final Workers workers;

    Discovery(List<CandidateSource> sources, CheckOptions options, Workers workers) {
        this.sources = sources;
        this.options = options;
        this.workers = workers;
    }

    /** A search by all views, simple ones first. */
    static Discovery withAllViews(CheckOptions options, Workers workers) {
        List<CandidateSource> sources = new ArrayList<>(List.of(
                new AtomScan(),
                new MarginalScan(),
                new ConjunctionScan(),
                new PairScan(),
                new ProjectionScan(),
                new NeighbourScan(),
                new ParityScan()));
        if (options.trees()) {
            sources.add(new TreeScan());
        }
        return new Discovery(sources, options, workers);
    }

    /** The views that look. */
    Set<View> views() {
        return sources.stream().map(CandidateSource::view).collect(Collectors.toSet());
    }

    /** One tested candidate. */
    record Row(
            Candidate candidate,
            MassEstimate reference,
            MassEstimate approximation,
            double pValue,
            double adjustedPValue,
            double eValue,
            boolean confirmed) {
        double importance() {
            return MassComparison.leastLocalDivergence(reference, approximation);
        }
    }

    /** Reference and approximation of one half, with the autocorrelation times of their coordinates, ascending. */
    private record Side(Draws reference, Draws approximation, double[] referenceTimes, double[] approximationTimes) {
        static Side of(Draws reference, Draws approximation) {
            return new Side(reference, approximation, times(reference), times(approximation));
        }

        private static double[] times(Draws draws) {
            return draws.sampling() == Sampling.INDEPENDENT
                    ? new double[] {1}
                    : Autocorrelation.coordinateTimes(draws, COORDINATES);
        }

        Half half(Workers workers) {
            return new Half(
                    reference,
                    approximation,
                    quantile(referenceTimes, 0.5),
                    quantile(approximationTimes, 0.5),
                    workers);
        }
    }

    static double quantile(double[] ascending, double probability) {
        double position = probability * (ascending.length - 1);
        int i = (int) position;
        return i + 1 < ascending.length
                ? ascending[i] + (position - i) * (ascending[i + 1] - ascending[i])
                : ascending[i];
    }

    /** All tested candidates of both folds. */
    List<Row> run(Draws reference, Draws approximation) {
        List<Draws> p = split(reference);
        List<Draws> q = split(approximation);
        Side first = Side.of(p.get(0), q.get(0));
        Side second = Side.of(p.get(1), q.get(1));
        List<Row> rows = new ArrayList<>(fold(first, second));
        rows.addAll(fold(second, first));
        double[] eValues = rows.stream().mapToDouble(Row::eValue).toArray();
        boolean[] strong = MultipleTesting.eBenjaminiHochberg(eValues, FAMILY, 1 - options.level());
        List<Row> decided = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            Row r = rows.get(i);
            boolean under = r.reference.estimate() > r.approximation.estimate();
            boolean sameSign = under == (r.candidate.direction() == Direction.UNDER);
            decided.add(new Row(
                    r.candidate,
                    r.reference,
                    r.approximation,
                    r.pValue,
                    Math.min(1, 2 * r.adjustedPValue),
                    r.eValue,
                    strong[i] && sameSign));
        }
        return decided;
    }

    /**
     * Two halves: even and odd chains, or for a single chain its two halves with a gap of up to 50 draws on either side
     * of the cut (none for independent draws).
     */
    static List<Draws> split(Draws draws) {
        List<Chain> chains = draws.chains();
        List<Chain> even = new ArrayList<>();
        List<Chain> odd = new ArrayList<>();
        if (chains.size() == 1 || draws.sampling() == Sampling.INDEPENDENT) {
            for (Chain chain : chains) {
                int half = chain.size() / 2;
                int gap = draws.sampling() == Sampling.INDEPENDENT ? 0 : Math.min(half / 10, 50);
                if (half - gap > 0) {
                    even.add(chain.slice(0, half - gap));
                }
                odd.add(chain.slice(half + gap, chain.size()));
            }
        } else {
            for (int c = 0; c < chains.size(); c++) {
                (c % 2 == 0 ? even : odd).add(chains.get(c));
            }
        }
        return List.of(draws.withChains(even), draws.withChains(odd));
    }

    private List<Row> fold(Side discovery, Side estimation) {
        List<Candidate> chosen = select(discovery.half(workers));
        List<Region> regions = chosen.stream().map(Candidate::region).toList();
        int tested = Math.max(1, chosen.size());
        double level = 1 - (1 - options.level()) / (2 * tested);
        DrawsMass mass = DrawsMass.withDefaults().withLevel(level);
        List<Draws> sets =
                List.of(estimation.reference, estimation.approximation, discovery.reference, discovery.approximation);
        List<List<Membership>> inside = workers.map(
                sets.size(),
                // the proposing half serves autocorrelation times only
                i -> i >= 2 && sets.get(i).sampling() == Sampling.INDEPENDENT
                        ? List.of()
                        : Membership.of(sets.get(i), regions));
        double timeP = quantile(estimation.referenceTimes, 0.75);
        double timeQ = quantile(estimation.approximationTimes, 0.75);
        List<Row> rows = workers.map(chosen.size(), i -> {
            MassEstimate p = honest(
                    mass, regions, estimation.reference, inside.get(0), discovery.reference, inside.get(2), i, timeP);
            MassEstimate q = honest(
                    mass,
                    regions,
                    estimation.approximation,
                    inside.get(1),
                    discovery.approximation,
                    inside.get(3),
                    i,
                    timeQ);
            return new Row(
                    chosen.get(i), p, q, MassComparison.pValue(p, q), Double.NaN, MassComparison.eValue(p, q), false);
        });
        double[] adjusted =
                MultipleTesting.holm(rows.stream().mapToDouble(Row::pValue).toArray());
        List<Row> complete = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            Row r = rows.get(i);
            complete.add(new Row(r.candidate, r.reference, r.approximation, r.pValue, adjusted[i], r.eValue, false));
        }
        return complete;
    }

    /** Mass on the estimation half; the autocorrelation time is helped by the discovery half where that has more. */
    private static MassEstimate honest(
            DrawsMass mass,
            List<Region> regions,
            Draws estimation,
            List<Membership> estimating,
            Draws discovery,
            List<Membership> proposing,
            int i,
            double coordinateTime) {
        Membership inside = estimating.get(i);
        if (estimation.sampling() == Sampling.INDEPENDENT) {
            return mass.estimate(estimation, inside, coordinateTime, 1);
        }
        int rare = Math.min(inside.hits(), inside.size() - inside.hits());
        double time = DrawsMass.indicatorTime(estimation, inside, coordinateTime);
        if (rare > 0) {
            double other = DrawsMass.indicatorTime(discovery, proposing.get(i), coordinateTime);
            time = Math.max(time, 0.5 * (time + other));
        }
        if (rare >= FEW * time) {
            return mass.estimate(estimation, inside, coordinateTime, time);
        }
        double around = Enclosure.time(estimation, regions.get(i), coordinateTime);
        around = Math.max(around, 0.5 * (around + Enclosure.time(discovery, regions.get(i), coordinateTime)));
        return mass.withMeasuredEnclosure().estimate(estimation, inside, around, rare > 0 ? time : around);
    }

    /** A candidate with the draws it holds. */
    private record Held(Candidate candidate, BitSet p, BitSet q) {
        static Held of(Half half, Candidate candidate) {
            return new Held(
                    candidate,
                    bits(half.members(candidate.region(), true)),
                    bits(half.members(candidate.region(), false)));
        }

        private static BitSet bits(boolean[] member) {
            BitSet bits = new BitSet(member.length);
            for (int t = 0; t < member.length; t++) {
                bits.set(t, member[t]);
            }
            return bits;
        }

        boolean same(Held other, double n, double m) {
            if (candidate.direction() != other.candidate.direction()) {
                return false;
            }
            double common = common(p, other.p) / n + common(q, other.q) / m;
            double all = (p.cardinality() + other.p.cardinality()) / n + (q.cardinality() + other.q.cardinality()) / m;
            return common >= SAME_REGION * (all - common);
        }

        private static int common(BitSet a, BitSet b) {
            BitSet both = (BitSet) a.clone();
            both.and(b);
            return both.cardinality();
        }
    }

    /**
     * The regions of one half that are passed on: of every source the best that differ from those before, up to its quota;
     * the best of all by score less penalty; places left are filled with what the quotas kept out.
     */
    private List<Candidate> select(Half half) {
        List<Held> chosen = new ArrayList<>();
        List<Candidate> left = new ArrayList<>();
        double n = half.p().size();
        double m = half.q().size();
        for (CandidateSource source : sources) {
            int taken = 0;
            for (Candidate c : source.candidates(half)) {
                if (c.score() < LEAST_SCORE) {
                    continue;
                }
                if (taken == source.quota()) {
                    left.add(c);
                    continue;
                }
                Held held = Held.of(half, c);
                if (chosen.stream().noneMatch(h -> h.same(held, n, m))) {
                    chosen.add(held);
                    taken++;
                }
            }
        }
        Comparator<Candidate> order = Comparator.comparingDouble((Candidate c) -> c.score() - c.penalty())
                .reversed();
        left.sort(order);
        for (Candidate c : left) {
            if (chosen.size() >= PER_FOLD || c.score() <= c.penalty()) {
                break;
            }
            Held held = Held.of(half, c);
            if (chosen.stream().noneMatch(h -> h.same(held, n, m))) {
                chosen.add(held);
            }
        }
        return chosen.stream()
                .map(Held::candidate)
                .sorted(order)
                .limit(PER_FOLD)
                .toList();
    }

    /** Jaccard index of two regions, both sets of draws weighing the same. */
    static double jaccard(Membership p1, Membership q1, Membership p2, Membership q2) {
        double n = p1.size();
        double m = q1.size();
        int bothP = p1.common(p2);
        int bothQ = q1.common(q2);
        double common = bothP / n + bothQ / m;
        double union = (p1.hits() + p2.hits() - bothP) / n + (q1.hits() + q2.hits() - bothQ) / m;
        return union == 0 ? 1 : common / union;
    }
}
