package org.localmass.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.localmass.core.draws.Draws;
import org.localmass.core.mass.MassEstimate;
import org.localmass.core.mass.RatioEstimate;
import org.localmass.core.region.Region;
import org.localmass.estimate.DrawsMass;
import org.localmass.estimate.MassComparison;
import org.localmass.estimate.Membership;

/**
 * A check beside an earlier one: the earlier regions are measured again, exactly as they were, on the new draws. So a
 * region that looks better did not only move.
 *
 * @param source   where the earlier report came from
 * @param verdict  its verdict
 * @param headline its verdict in one sentence
 * @param changes  the earlier regions in their order, then the new findings
 */
public record Baseline(String source, String verdict, String headline, List<Change> changes) {
    /** Regions share more than this Jaccard index if they are about the same thing. */
    private static final double SAME = 0.5;

    public Baseline {
        changes = List.copyOf(changes);
    }

    /** What became of a region. */
    public enum Trend {
        /** A finding that no earlier one covers, or a named region that was none. */
        NEW,
        /** Farther from 1 than before; the intervals do not overlap. */
        WORSE,
        /** Neither better nor worse by more than chance. */
        SAME,
        /** Nearer to 1 than before; the intervals do not overlap. */
        BETTER,
        /** Was a finding; the ratio now lies within a factor of two of 1 and its interval holds 1. */
        GONE,
        /** Cannot be measured on these draws. */
        UNKNOWN;

        /** The word used in reports. */
        public String label() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * One region then and now.
     *
     * @param trend   what became of it
     * @param text    the region in words
     * @param earlier q/p in the earlier report; empty if it was not there
     * @param now     q/p of the same region now; empty if it cannot be measured
     */
    public record Change(Trend trend, String text, Optional<RatioEstimate> earlier, Optional<RatioEstimate> now) {}

    /**
     * A region of the earlier report.
     *
     * @param text    the region in words
     * @param region  the region on the new draws; empty if these lack a parameter, or it cannot be read back
     * @param finding whether it was a finding
     * @param ratio   q/p then
     */
    public record Earlier(String text, Optional<Region> region, boolean finding, RatioEstimate ratio) {}

    /**
     * Compares a report with an earlier one.
     *
     * @param shared   the draws of the new report
     * @param report   the new report
     * @param earlier  the regions of the earlier one
     */
    public static Baseline of(
            SharedParameters shared,
            CheckReport report,
            String source,
            String verdict,
            String headline,
            List<Earlier> earlier) {
        Draws p = shared.reference();
        Draws q = shared.approximation();
        double timeP = DrawsMass.coordinateTime(p);
        double timeQ = DrawsMass.coordinateTime(q);
        DrawsMass mass = DrawsMass.withDefaults().withLevel(report.options().level());
        record Shape(Membership p, Membership q, boolean under) {}
        List<Shape> known = new ArrayList<>();
        List<Change> changes = new ArrayList<>();
        for (Earlier e : earlier) {
            if (e.region().isEmpty()) {
                changes.add(new Change(Trend.UNKNOWN, e.text(), Optional.of(e.ratio()), Optional.empty()));
                continue;
            }
            Region region = e.region().get();
            MassEstimate massP = mass.estimate(p, region, timeP);
            MassEstimate massQ = mass.estimate(q, region, timeQ);
            RatioEstimate now = MassComparison.ratio(massP, massQ);
            changes.add(new Change(trend(e, now), e.text(), Optional.of(e.ratio()), Optional.of(now)));
            known.add(new Shape(
                    Membership.of(p, region),
                    Membership.of(q, region),
                    e.ratio().estimate() < 1));
        }
        for (Finding finding : report.findings()) {
            Membership inP = Membership.of(p, finding.region());
            Membership inQ = Membership.of(q, finding.region());
            boolean under = finding.direction() == Direction.UNDER;
            if (known.stream().noneMatch(k -> k.under == under && overlap(inP, inQ, k.p, k.q) > SAME)) {
                changes.add(
                        new Change(Trend.NEW, finding.regionText(), Optional.empty(), Optional.of(finding.ratio())));
            }
        }
        return new Baseline(source, verdict, headline, changes);
    }

    private static Trend trend(Earlier earlier, RatioEstimate now) {
        RatioEstimate then = earlier.ratio();
        boolean holdsOne = now.lower() <= 1 && now.upper() >= 1;
        if (earlier.finding() && holdsOne && now.lower() > 0.5 && now.upper() < 2) {
            return Trend.GONE;
        }
        boolean apart = now.upper() < then.lower() || now.lower() > then.upper();
        if (!apart || Double.isNaN(now.estimate()) || Double.isNaN(then.estimate())) {
            return Trend.SAME;
        }
        double distance = Math.abs(Math.log(now.estimate()));
        return distance < Math.abs(Math.log(then.estimate())) ? Trend.BETTER : Trend.WORSE;
    }

    /** Jaccard index of two regions over the draws of both sets. */
    private static double overlap(Membership p1, Membership q1, Membership p2, Membership q2) {
        double both = p1.common(p2) / (double) p1.size() + q1.common(q2) / (double) q1.size();
        double any = (p1.hits() + p2.hits() - p1.common(p2)) / (double) p1.size()
                + (q1.hits() + q2.hits() - q1.common(q2)) / (double) q1.size();
        return any == 0 ? 0 : both / any;
    }

    /** How many regions there are of a trend. */
    public int count(Trend trend) {
        return (int) changes.stream().filter(c -> c.trend() == trend).count();
    }
}
