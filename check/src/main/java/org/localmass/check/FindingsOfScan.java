package org.localmass.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.localmass.core.draws.Draws;
import org.localmass.core.mass.Caution;
import org.localmass.core.mass.MassEstimate;
import org.localmass.core.mass.RatioEstimate;
import org.localmass.core.region.Interval;
import org.localmass.core.region.Region;
import org.localmass.estimate.MassComparison;
import org.localmass.estimate.Membership;

/** Turns tested candidates into findings: one per cluster of overlapping regions, typed and put into words. */
final class FindingsOfScan {
    /** Regions of one cluster share more than this Jaccard index. */
    private static final double CLUSTER = 0.5;
    /** A simpler region stands for its cluster if it has this share of the largest importance. */
    private static final double NEARLY = 0.8;
    /** Regions shown without being confirmed. */
    private static final int MOST_UNCONFIRMED = 5;
    /** Difference of the masses, draws and score from which on a region that chains disagree about is shown. */
    private static final double LEAST_DIFFERENCE = 0.02;

    private static final int LEAST_HITS = 20;
    private static final double LEAST_SCORE = 6;

    private final Draws reference;
    private final Draws approximation;
    private final double effectiveP;
    private final double effectiveQ;
    private final JointTyping joint;
    private final Masses masses;
    private final CheckOptions options;

    FindingsOfScan(
            Draws reference,
            Draws approximation,
            double effectiveP,
            double effectiveQ,
            JointTyping joint,
            Masses masses,
            CheckOptions options) {
        this.reference = reference;
        this.approximation = approximation;
        this.effectiveP = effectiveP;
        this.effectiveQ = effectiveQ;
        this.joint = joint;
        this.masses = masses;
        this.options = options;
    }

    /**
     * Confirmed, material rows of both folds, one per cluster of overlapping regions.
     *
     * @param reliable whether the masses of a row can be relied on
     */
    List<Finding> confirmed(List<Discovery.Row> rows, Predicate<Discovery.Row> reliable) {
        record Member(Discovery.Row row, Membership p, Membership q) {}
        List<Discovery.Row> kept = new ArrayList<>();
        for (Discovery.Row row : rows) {
            RatioEstimate ratio = MassComparison.ratio(row.reference(), row.approximation());
            if (row.confirmed()
                    && material(row.reference(), row.approximation(), ratio, options)
                    && reliable.test(row)) {
                kept.add(row);
            }
        }
        List<Region> regions = kept.stream().map(r -> r.candidate().region()).toList();
        List<Membership> p = Membership.of(reference, regions);
        List<Membership> q = Membership.of(approximation, regions);
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < kept.size(); i++) {
            members.add(new Member(kept.get(i), p.get(i), q.get(i)));
        }
        members.sort(
                Comparator.comparingDouble((Member m) -> m.row.importance()).reversed());
        // clusters round the most important region, then shown by the simplest of nearly the same importance
        List<List<Member>> clusters = new ArrayList<>();
        for (Member m : members) {
            Optional<List<Member>> home = clusters.stream()
                    .filter(c -> c.get(0).row.candidate().direction()
                                    == m.row.candidate().direction()
                            && Discovery.jaccard(m.p, m.q, c.get(0).p, c.get(0).q) > CLUSTER)
                    .findFirst();
            home.ifPresentOrElse(c -> c.add(m), () -> clusters.add(new ArrayList<>(List.of(m))));
        }
        List<Member> shown = new ArrayList<>();
        for (List<Member> cluster : clusters) {
            double enough = NEARLY * cluster.get(0).row.importance();
            shown.add(cluster.stream()
                    .filter(m -> m.row.importance() >= enough)
                    .min(Comparator.comparingInt(m -> m.row.candidate().complexity()))
                    .orElseThrow());
        }
        boolean[] told = Explanation.kept(
                shown.stream()
                        .map(m -> new Explanation.Item(
                                m.row.candidate().region(), m.row.candidate().complexity(), m.row.importance()))
                        .toList(),
                reference,
                approximation);
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < told.length; i++) {
            Member leader = shown.get(i);
            if (told[i]) {
                List<String> also = clusters.get(i).stream()
                        .filter(m -> !m.equals(leader))
                        .map(m -> Wording.region(m.row.candidate().region(), reference.names()))
                        .distinct()
                        .toList();
                Discovery.Row row = leader.row;
                findings.add(finding("", row, row.reference(), row.approximation(), also));
            }
        }
        return findings;
    }

    /**
     * Regions that differ on all draws without being confirmed, because chains disagree about them or the weights are too
     * uneven; masses from all draws.
     */
    List<Finding> unconfirmed(List<Discovery.Row> rows, List<Finding> findings, Predicate<Discovery.Row> reliable) {
        List<Discovery.Row> order = rows.stream()
                .filter(r -> r.candidate().score() >= LEAST_SCORE)
                .filter(r -> !r.confirmed() || !reliable.test(r))
                .sorted(Comparator.comparingDouble(
                        (Discovery.Row r) -> -r.candidate().score()))
                .toList();
        List<Finding> shown = new ArrayList<>();
        // a region that holds most draws says what its complement says: only where nothing else does
        for (boolean large : new boolean[] {false, true}) {
            for (Discovery.Row row : order) {
                if (shown.size() == (large ? 1 : MOST_UNCONFIRMED) || (large && !shown.isEmpty())) {
                    break;
                }
                Region region = row.candidate().region();
                MassEstimate p = masses.p(region, Discovery.FAMILY);
                MassEstimate q = masses.q(region, Discovery.FAMILY);
                boolean doubtful = row.confirmed() ? !reliable.test(row) : chainsDisagree(row, p, q);
                if (doubtful
                        && (p.estimate() + q.estimate() > 1) == large
                        && !known(row, findings)
                        && !known(row, shown)) {
                    shown.add(finding("U" + (shown.size() + 1), row, p, q, List.of()));
                }
            }
        }
        return shown;
    }

    private static boolean chainsDisagree(Discovery.Row row, MassEstimate p, MassEstimate q) {
        boolean under = row.candidate().direction() == Direction.UNDER;
        boolean chains =
                p.cautions().contains(Caution.ONE_CHAIN) || p.cautions().contains(Caution.CHAINS_DISAGREE);
        return chains
                && p.hits() >= LEAST_HITS
                && (p.estimate() > q.estimate()) == under
                && Math.abs(p.estimate() - q.estimate()) >= LEAST_DIFFERENCE;
    }

    private boolean known(Discovery.Row row, List<Finding> others) {
        Membership p = Membership.of(reference, row.candidate().region());
        Membership q = Membership.of(approximation, row.candidate().region());
        return others.stream()
                .filter(f -> f.direction() == row.candidate().direction())
                .anyMatch(f -> Discovery.jaccard(
                                p, q, Membership.of(reference, f.region()), Membership.of(approximation, f.region()))
                        > CLUSTER);
    }

    private Finding finding(String id, Discovery.Row row, MassEstimate p, MassEstimate q, List<String> also) {
        Region region = row.candidate().region();
        Direction direction = row.candidate().direction();
        List<Integer> strongest = row.candidate().strongest();
        RatioEstimate ratio = MassComparison.ratio(p, q);
        Typing typing = region instanceof Interval interval
                ? interval(interval, direction, ratio)
                : joint.type(region, direction, strongest);
        String text = Wording.region(region, reference.names());
        return new Finding(
                id,
                text,
                region,
                typing.kind(),
                direction,
                typing.side(),
                p,
                q,
                ratio,
                MassComparison.leastLocalDivergence(p, q),
                MassComparison.localDivergence(p, q),
                row.pValue(),
                row.adjustedPValue(),
                row.eValue(),
                cautions(p, ratio),
                Wording.sentence(joint.plain(region, direction, strongest, text), Optional.of(typing), p, q, ratio),
                new Origin(
                        Optional.of(row.candidate().view()),
                        strongest.stream().map(reference.names()::get).toList(),
                        also));
    }

    private Typing interval(Interval interval, Direction direction, RatioEstimate ratio) {
        Optional<Typing> mode = interval.isAtom() ? Optional.empty() : joint.mode(interval, direction);
        return mode.orElseGet(() -> Typing.of(
                interval,
                direction,
                ratio,
                SortedColumn.of(reference, interval.coordinate()),
                SortedColumn.of(approximation, interval.coordinate()),
                effectiveP,
                effectiveQ));
    }

    static List<Caution> cautions(MassEstimate reference, RatioEstimate ratio) {
        List<Caution> cautions = new ArrayList<>(reference.cautions());
        if (ratio.upper() == Double.POSITIVE_INFINITY) {
            cautions.add(Caution.UNBOUNDED_RATIO);
        }
        return cautions;
    }

    /** Whether a difference is large enough to matter (docs/theory.md, C10.6). */
    static boolean material(
            MassEstimate reference, MassEstimate approximation, RatioEstimate ratio, CheckOptions options) {
        double factor = options.materialRatio();
        return ratio.upper() < 1 / factor
                || ratio.lower() > factor
                || MassComparison.leastDifference(reference, approximation) > options.materialMass();
    }
}
