package org.localmass.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.localmass.core.internal.TwoDigits;
import org.localmass.estimate.explore.DensityEvidence;
import org.localmass.estimate.explore.Reason;
import org.localmass.vi.fidelity.Check;
import org.localmass.vi.fidelity.FittedRegion;
import org.localmass.vi.fidelity.LocalFidelityResult;
import org.localmass.vi.fidelity.RegionOrigin;
import org.localmass.vi.fidelity.Verdict;

/** Sentences about a fit. */
final class FitWords {
    /** Regions that a summary shows besides those the user named. */
    private static final int MOST_ROWS = 8;

    private FitWords() {}

    static String headline(LocalFidelityResult result) {
        return switch (result.verdict()) {
            case OK ->
                "OK: every tracked region keeps its mass, and independent draws agree. Of mass that no search met this says"
                        + " nothing.";
            case UNREPRESENTED ->
                "UNREPRESENTED: the family cannot keep a region's mass; this is the fit without that constraint.";
            case UNVERIFIED -> "UNVERIFIED: the fit's own checks are not passed; its masses are estimates.";
        };
    }

    static List<String> reasons(LocalFidelityResult result) {
        List<String> reasons = new ArrayList<>();
        result.unrepresented().ifPresent(u -> reasons.add(u.sentence()));
        for (Check check : result.checks()) {
            reasons.add(sentence(check));
        }
        result.examination().ifPresent(e -> {
            for (Reason reason : e.reasons()) {
                reasons.add("Longer examination: " + reason.doubt().sentence() + " (" + TwoDigits.number(reason.value())
                        + ", limit " + TwoDigits.number(reason.limit()) + ")");
            }
        });
        return reasons;
    }

    private static String sentence(Check check) {
        String text = check.sentence();
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    /** Regions the user named, then those farthest off. */
    static List<FittedRegion> rows(LocalFidelityResult result) {
        List<FittedRegion> rows = new ArrayList<>();
        List<FittedRegion> others = new ArrayList<>();
        for (FittedRegion region : result.regions()) {
            (region.origin() == RegionOrigin.REQUESTED ? rows : others).add(region);
        }
        others.sort(Comparator.comparingDouble((FittedRegion r) -> -off(r)));
        rows.addAll(others.subList(0, Math.min(MOST_ROWS, others.size())));
        return rows;
    }

    private static double off(FittedRegion region) {
        double log = Math.abs(Math.log(region.ratio().estimate()));
        return Double.isNaN(log) ? -1 : log;
    }

    static String shown(LocalFidelityResult result) {
        int all = result.regions().size();
        int rows = rows(result).size();
        return rows == all
                ? (all == 1 ? "One region." : "All " + all + " regions.")
                : "The regions that were named and the " + MOST_ROWS + " farthest off; all " + all
                        + " are in fit.json.";
    }

    static List<String> searched(LocalFidelityResult result) {
        LocalFidelityResult.Searched s = result.search();
        List<String> lines = new ArrayList<>();
        lines.add(Words.plural(s.starts(), "ascent") + " from " + list(s.radii())
                + " standard deviations about a first fit"
                + (s.anchors() > 0 ? " and " + s.anchors() + " from the anchors" : "") + "; " + s.arrived()
                + " arrived; " + Words.plural(s.peaks(), "maximum").replace("maximums", "maxima") + " found, "
                + s.peaksUsed() + " of them outside the first fit or at an anchor");
        lines.add(
                s.anchors() == 0
                        ? "no anchors: a spike much narrower than the posterior would not be found"
                        : Words.plural(s.anchors(), "anchor") + " named by the user or the prior");
        if (s.reference()) {
            lines.add("reference draws were given in place of exploring runs");
        } else {
            lines.add(s.replicates() + " of " + s.ofReplicates() + " exploring runs of " + s.particles()
                    + " particles arrived, from a t_5 distribution " + plain(s.scale())
                    + " times as wide as the first fit, in at most " + Words.plural(s.temperatures(), "temperature"));
        }
        if (result.examination().isPresent()) {
            DensityEvidence e = result.examination().get();
            lines.add("a longer examination: " + e.search().explorers().size() + " explorers, "
                    + e.search().stages() + " learned densities, " + e.search().runs() + " longer runs, "
                    + e.counts().evaluations() + " evaluations");
        }
        return lines;
    }

    private static String list(List<Double> values) {
        List<String> words = values.stream().map(FitWords::plain).toList();
        int last = words.size() - 1;
        return last < 1
                ? String.join("", words)
                : String.join(", ", words.subList(0, last)) + " and " + words.get(last);
    }

    /** Whole numbers without a point. */
    private static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e6
                ? Long.toString((long) value)
                : TwoDigits.number(value);
    }

    static String look(Verdict verdict) {
        return switch (verdict) {
            case OK -> "no-finding";
            case UNREPRESENTED -> "finding";
            case UNVERIFIED -> "inconclusive";
        };
    }
}
