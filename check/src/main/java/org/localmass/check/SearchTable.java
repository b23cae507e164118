package org.localmass.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.localmass.check.SearchEvidence.RegionBySearch;
import org.localmass.check.WeightsEvidence.Agreement;
import org.localmass.core.draws.Draws;
import org.localmass.core.internal.TwoDigits;
import org.localmass.core.mass.MassEstimate;
import org.localmass.core.mass.RatioEstimate;
import org.localmass.core.region.Region;
import org.localmass.estimate.DrawsMass;
import org.localmass.estimate.explore.DensityEvidence;
import org.localmass.estimate.explore.EvaluationCounts;
import org.localmass.estimate.explore.Mode;
import org.localmass.estimate.explore.PlantedModes;
import org.localmass.estimate.explore.Reason;
import org.localmass.estimate.explore.RegionEvidence;
import org.localmass.estimate.explore.Search;
import org.localmass.estimate.explore.Verdict;

/** Puts what a search of the density found beside the regions of a report. */
final class SearchTable {
    private static final int MOST_MODES = 6;

    private record Row(String id, String text, Region region, MassEstimate reference, MassEstimate approximation) {}

    private SearchTable() {}

    /**
     * The table.
     *
     * @param named findings and named regions
     * @param alone whether there are no reference draws
     */
    static SearchEvidence of(
            ExaminedDensity density,
            Draws approximation,
            List<Finding> named,
            List<org.localmass.check.Mode> modes,
            boolean alone,
            double level,
            Workers workers) {
        DensityEvidence evidence = density.evidence();
        boolean converged = evidence.verdict() == Verdict.CONVERGED;
        List<Row> rows = new ArrayList<>();
        for (Finding f : named) {
            rows.add(new Row(f.id(), f.regionText(), f.region(), f.referenceMass(), f.approximationMass()));
        }
        for (org.localmass.check.Mode m : modes) {
            rows.add(new Row(m.id(), "mode at " + m.label(), m.basin(), m.referenceMass(), m.approximationMass()));
        }
        boolean found = evidence.draws().isPresent();
        Optional<Bulk> bulk = converged || !found ? Optional.empty() : Bulk.of(density, approximation, level);
        List<Optional<RegionBySearch>> regions = found
                ? workers.map(rows.size(), i -> row(density, rows.get(i), bulk, alone, level, rows.size()))
                : List.of();
        List<RegionBySearch> measured =
                regions.stream().flatMap(Optional::stream).toList();
        List<String> foreign = new ArrayList<>();
        for (int i = 0; i < regions.size(); i++) {
            if (regions.get(i).isEmpty()) {
                foreign.add(rows.get(i).id);
            }
        }
        List<PlantedModes.Power> powers =
                density.planted().map(PlantedModes.Result::powers).orElse(List.of());
        List<String> doubts =
                evidence.reasons().stream().map(r -> doubt(r, evidence.draws())).toList();
        return new SearchEvidence(
                density.name(),
                converged,
                doubts,
                evidence.logZ(),
                evidence.counts(),
                powers,
                density.planted().map(p -> p.counts().evaluations()).orElse(0L),
                measured,
                searched(density),
                unexamined(density, powers),
                statements(evidence, converged, doubts, measured, foreign, alone));
    }

    private record Bulk(MassEstimate p, MassEstimate q) {
        static Optional<Bulk> of(ExaminedDensity density, Draws approximation, double level) {
            Region half = CentralHalf.of(approximation);
            double both = 0.5 * (1 + level);
            return density.mass(half, both)
                    .map(p ->
                            new Bulk(p, DrawsMass.withDefaults().withLevel(both).estimate(approximation, half)));
        }

        /** [q(A)/q(bulk)] / [p(A)/p(bulk)], its interval that of the quotient of both intervals. */
        RatioEstimate ratio(MassEstimate pA, MassEstimate qA) {
            return new RatioEstimate(
                    qA.estimate() / q.estimate() / (pA.estimate() / p.estimate()),
                    pA.upper() > 0 ? qA.lower() / q.upper() * (p.lower() / pA.upper()) : 0,
                    pA.lower() > 0 ? qA.upper() / q.lower() * (p.upper() / pA.lower()) : Double.POSITIVE_INFINITY);
        }
    }

    private static Optional<RegionBySearch> row(
            ExaminedDensity density, Row row, Optional<Bulk> bulk, boolean alone, double level, int family) {
        Optional<Region> region = density.toUnconstrained().apply(row.region);
        if (region.isEmpty()) {
            return Optional.empty();
        }
        double joint = 1 - (1 - level) / family;
        MassEstimate mass = density.evidence().mass(region.get(), joint);
        RegionEvidence seen = density.evidence().evidence(region.get(), joint);
        return Optional.of(new RegionBySearch(
                row.id,
                row.text,
                mass,
                seen.explorers(),
                seen.ofExplorers(),
                seen.runs(),
                seen.ofRuns(),
                seen.drifting(),
                bulk.map(b -> b.ratio(mass, row.approximation)),
                alone
                        ? Agreement.ALONE
                        : mass.lower() > row.reference.upper() || mass.upper() < row.reference.lower()
                                ? Agreement.DISAGREES
                                : Agreement.AGREES));
    }

    /** A doubt with its number and place. */
    static String doubt(Reason reason, Optional<Draws> draws) {
        String number = Double.isFinite(reason.value()) && Double.isFinite(reason.limit())
                ? " (" + TwoDigits.number(reason.value()) + "; limit " + TwoDigits.number(reason.limit()) + ")"
                : "";
        String where = reason.where()
                .map(c -> ", worst for "
                        + draws.map(d -> d.names().get(c.parameter())).orElse("coordinate " + (c.parameter() + 1))
                        + " < " + TwoDigits.number(c.bound()) + ": " + TwoDigits.percent(c.first()) + " against "
                        + TwoDigits.percent(c.second()))
                .orElse("");
        return reason.doubt().sentence() + number + where;
    }

    private static List<String> searched(ExaminedDensity density) {
        DensityEvidence evidence = density.evidence();
        Search search = evidence.search();
        List<String> lines = new ArrayList<>();
        List<Search.Explorer> explorers = search.explorers();
        if (!explorers.isEmpty()) {
            long arrived = explorers.stream().filter(Search.Explorer::arrived).count();
            double narrow =
                    explorers.stream().mapToDouble(Search.Explorer::scale).min().orElse(0);
            double wide =
                    explorers.stream().mapToDouble(Search.Explorer::scale).max().orElse(0);
            int temperatures = explorers.stream()
                    .mapToInt(Search.Explorer::temperatures)
                    .max()
                    .orElse(0);
            String particles = explorers.stream()
                    .map(e -> Integer.toString(e.particles()))
                    .distinct()
                    .collect(Collectors.joining(" or "));
            lines.add(arrived + " of " + explorers.size() + " exploring runs of " + particles
                    + " particles arrived; they start from t_5 distributions " + TwoDigits.number(narrow) + " to "
                    + TwoDigits.number(wide) + " times as wide as q and take up to " + temperatures
                    + " temperatures");
        }
        lines.add(search.starts() + " ascents from "
                + search.radii().stream().map(TwoDigits::number).collect(Collectors.joining(", "))
                + " standard deviations about q and "
                + (search.anchors() == 0
                        ? "no anchor"
                        : search.anchors() + (search.anchors() == 1 ? " anchor" : " anchors"))
                + ": " + search.arrived() + " arrived");
        if (search.stages() > 0) {
            lines.add(search.stages() + (search.stages() == 1 ? " learned density" : " learned densities") + " with "
                    + search.runs() + " runs and " + search.draws() + " importance draws each"
                    + (search.temperatures() > 0
                            ? "; then as many longer runs, of up to " + search.temperatures() + " temperatures"
                            : "; no longer runs"));
        }
        lines.add(evidence.counts().evaluations() + " evaluations of the density"
                + density.planted()
                        .map(p -> ", and " + p.counts().evaluations() + " for the planted modes")
                        .orElse(""));
        return lines;
    }

    private static List<String> unexamined(ExaminedDensity density, List<PlantedModes.Power> powers) {
        DensityEvidence evidence = density.evidence();
        List<String> sentences = new ArrayList<>();
        sentences.add(
                "Mass of the density that no run visited is not among the masses shown; evaluating a density cannot"
                        + " bound it.");
        long arrived = evidence.search().explorers().stream()
                .filter(Search.Explorer::arrived)
                .count();
        if (arrived > 0) {
            long once =
                    evidence.modes().stream().filter(m -> m.explorers() == 1).count();
            sentences.add(
                    once > 0
                            ? once + (once == 1 ? " mode was" : " modes were")
                                    + " met by one explorer only: by Good and Turing one more explorer would meet a new"
                                    + " one with a chance of about "
                                    + TwoDigits.percent(evidence.unseen()) + "."
                            : (evidence.modes().isEmpty()
                                            ? "Ascents found no mode to count: a region that an explorer meets with a"
                                                    + " chance of "
                                            : "No mode was met by one explorer only: one that an explorer meets with a"
                                                    + " chance of ")
                                    + TwoDigits.percent(evidence.catchability())
                                    + " or more would have been seen, with 95 % confidence. That bounds how easily it is"
                                    + " caught, not its mass.");
        }
        long anchored =
                evidence.modes().stream().filter(m -> m.explorers() == 0).count();
        if (anchored > 0) {
            sentences.add(anchored + (anchored == 1 ? " mode was" : " modes were")
                    + " met by no explorer, only by an ascent: others as narrow or as far may be missed; name such places"
                    + " with --anchor.");
        }
        if (powers.isEmpty()) {
            sentences.add("What the search would have found was not measured by planted modes: "
                    + density.whyNotPlanted() + ".");
        } else {
            sentences.add("Planted modes of mass 5 %, 5 to 9 standard deviations away, that the same search found: "
                    + powers.stream().map(SearchTable::power).collect(Collectors.joining(", "))
                    + ". Nothing else was examined.");
        }
        return sentences;
    }

    private static String power(PlantedModes.Power power) {
        double width = power.width();
        String words = width == 1
                ? "as wide as the posterior"
                : width == 0.5
                        ? "half as wide"
                        : width == 0.25
                                ? "a quarter as wide"
                                : width == 0.1 ? "a tenth as wide" : TwoDigits.number(width) + " times as wide";
        return words + " " + power.found() + " of " + power.planted();
    }

    private static List<String> statements(
            DensityEvidence evidence,
            boolean converged,
            List<String> doubts,
            List<RegionBySearch> regions,
            List<String> foreign,
            boolean alone) {
        List<String> statements = new ArrayList<>();
        statements.add(
                converged
                        ? "The search's estimators, stages and runs agree. Agreement of its own checks may withhold a"
                                + " verdict; it does not prove that nothing was missed."
                        : "The search did not pass its own checks: the masses are not settled.");
        if (converged || !alone) {
            // else they are among the report's first doubts
            doubts.forEach(d -> statements.add("Doubt: " + d + "."));
        }
        if (!alone) {
            failures(evidence.counts()).ifPresent(statements::add);
        }
        if (alone && !regions.isEmpty()) {
            statements.add(met(regions));
        }
        List<Mode> modes = evidence.modes();
        if (!modes.isEmpty()) {
            statements.add("Ascents found " + modes.size() + (modes.size() == 1 ? " maximum" : " maxima")
                    + ", with "
                    + modes.stream()
                            .limit(MOST_MODES)
                            .map(m -> TwoDigits.percent(m.share()))
                            .collect(Collectors.joining(", "))
                    + (modes.size() > MOST_MODES ? ", ..." : "") + " of the mass found.");
        }
        if (evidence.funnelled()) {
            statements.add(
                    "The target has a scale that drives others, as in a funnel: the mass of such a neck may be up"
                            + " to 15 % low.");
        }
        if (!foreign.isEmpty()) {
            statements.add("Not of the model's parameters, and not measured by the search: " + Conclusions.list(foreign)
                    + ".");
        }
        if (!alone && !regions.isEmpty()) {
            List<String> differ = regions.stream()
                    .filter(r -> r.agreement() == Agreement.DISAGREES)
                    .map(RegionBySearch::id)
                    .toList();
            statements.add(
                    differ.isEmpty()
                            ? "The search and the reference agree about every region of this report."
                            : "The search and the reference disagree about " + Conclusions.list(differ)
                                    + ": the reference's chains or the search missed a part of the target, or the model"
                                    + " is another.");
        }
        return statements;
    }

    /** Who met the regions: those that all met in one go. */
    private static String met(List<RegionBySearch> regions) {
        List<String> parts = new ArrayList<>();
        List<String> moving = new ArrayList<>();
        int all = 0;
        for (RegionBySearch r : regions) {
            if (r.explorers() == r.ofExplorers() && r.runs() == r.ofRuns()) {
                all++;
            } else {
                parts.add(r.id() + " by " + r.explorers() + " of " + r.ofExplorers() + " explorers and " + r.runs()
                        + " of " + r.ofRuns() + " runs");
            }
            if (r.drifting()) {
                moving.add(r.id());
            }
        }
        RegionBySearch first = regions.get(0);
        String whole = "all " + first.ofExplorers() + " explorers and all " + first.ofRuns() + " runs";
        return (parts.isEmpty()
                        ? "Every region of this report was met by " + whole
                        : "Met by independent runs: " + String.join("; ", parts)
                                + (all > 0 ? "; every other region by " + whole : ""))
                + "."
                + (moving.isEmpty()
                        ? ""
                        : " Still moving in one direction, the interval extended: " + String.join(", ", moving) + ".");
    }

    /** What is added to the explanation of a region where absolute masses are not settled, by its id. */
    static Map<String, String> relative(SearchEvidence search) {
        Map<String, String> additions = new HashMap<>();
        for (RegionBySearch r : search.regions()) {
            r.againstBulk()
                    .filter(x -> !Double.isNaN(x.estimate()))
                    .ifPresent(x -> additions.put(
                            r.id(),
                            "; relative to q's central half q/p is " + TwoDigits.number(x.estimate()) + " ("
                                    + TwoDigits.number(x.lower()) + " to "
                                    + (Double.isInfinite(x.upper()) ? "infinite" : TwoDigits.number(x.upper()))
                                    + ")"));
        }
        return additions;
    }

    /** What the density answered where that was no finite number. */
    static Optional<String> failures(EvaluationCounts counts) {
        List<String> parts = new ArrayList<>();
        add(parts, counts.nan(), "NaN");
        add(parts, counts.infinite(), "+Infinity");
        for (Map.Entry<String, Long> e : counts.exceptions().entrySet()) {
            add(parts, e.getValue(), e.getKey());
        }
        add(parts, counts.badGradients(), "a gradient that is not finite");
        return parts.isEmpty()
                ? Optional.empty()
                : Optional.of("The density failed in some of its " + counts.evaluations() + " evaluations: "
                        + String.join(", ", parts) + ". Such points count as a density of zero"
                        + (counts.badGradients() > 0 ? ", such gradients as zero." : "."));
    }

    private static void add(List<String> parts, long count, String what) {
        if (count > 0) {
            parts.add(what + (count == 1 ? " once" : " " + count + " times"));
        }
    }
}
