package org.localmass.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.localmass.check.WeightsEvidence.Agreement;
import org.localmass.check.WeightsEvidence.RegionByWeights;
import org.localmass.core.draws.ParetoDiagnostic;
import org.localmass.core.internal.TwoDigits;
import org.localmass.core.mass.Caution;
import org.localmass.core.mass.MassEstimate;
import org.localmass.core.region.Region;
import org.localmass.estimate.ImportanceWeights;
import org.localmass.estimate.ScoreEstimate;
import org.localmass.estimate.WeightedMass;

/** Puts the importance weights of q's draws beside the regions of a report. */
final class WeightsTable {
    private record Row(String id, String text, Region region, MassEstimate reference) {}

    private WeightsTable() {}

    /**
     * The table.
     *
     * @param weighted masses by these weights; empty where no weight is positive
     * @param named    findings and named regions
     * @param source   where the report's masses of p come from
     */
    static WeightsEvidence of(
            ImportanceWeights weights,
            Optional<WeightedMass> weighted,
            List<Finding> named,
            List<Mode> modes,
            Evidence.Source source,
            double level,
            Workers workers) {
        boolean alone = source == Evidence.Source.WEIGHTS;
        List<Row> rows = new ArrayList<>();
        for (Finding f : named) {
            rows.add(new Row(f.id(), f.regionText(), f.region(), f.referenceMass()));
        }
        for (Mode m : modes) {
            rows.add(new Row(m.id(), "mode at " + m.label(), m.basin(), m.referenceMass()));
        }
        List<RegionByWeights> regions = weighted.isEmpty()
                ? List.of()
                : workers.map(rows.size(), i -> {
                    Row row = rows.get(i);
                    WeightedMass.Estimate e = weighted.get()
                            .withLevel(1 - (1 - level) / rows.size())
                            .estimate(row.region);
                    return new RegionByWeights(
                            row.id, row.text, e.mass(), e.diagnostic(), agreement(e.mass(), row.reference, alone));
                });
        boolean heavy = !weights.positive() || WeightedMass.tooHeavy(weights.diagnostic());
        ScoreEstimate unknown = new ScoreEstimate(Double.NaN, Double.NaN);
        return new WeightsEvidence(
                weights.source(),
                weights.diagnostic(),
                weights.unusable(),
                weights.complete(),
                weights.elbo(),
                heavy ? unknown : weights.kl(),
                heavy ? unknown : weights.logZ(),
                regions,
                statements(weights, regions, named, source));
    }

    private static Agreement agreement(MassEstimate mass, MassEstimate reference, boolean alone) {
        if (mass.cautions().contains(Caution.UNSEEN)) {
            return Agreement.UNSEEN;
        }
        if (alone) {
            return Agreement.ALONE;
        }
        return mass.lower() > reference.upper() || mass.upper() < reference.lower()
                ? Agreement.DISAGREES
                : Agreement.AGREES;
    }

    private static List<String> statements(
            ImportanceWeights weights, List<RegionByWeights> regions, List<Finding> named, Evidence.Source source) {
        String other = source == Evidence.Source.DENSITY ? "search" : "reference";
        List<String> statements = new ArrayList<>();
        ParetoDiagnostic all = weights.diagnostic();
        String khat = all.status() == ParetoDiagnostic.Status.FITTED ? "k-hat " + TwoDigits.number(all.kHat()) : "";
        if (all.status() == ParetoDiagnostic.Status.FLAT) {
            statements.add("All weights are equal: where q's draws reach, q has the target's shape. That proves nothing"
                    + " about where they do not reach.");
        }
        if (weights.unusable() > 0) {
            statements.add(weights.unusable() + " draws have no usable weight and count as weight zero.");
        }
        List<String> unseen = ids(regions, Agreement.UNSEEN);
        List<String> differ = ids(regions, Agreement.DISAGREES);
        if (!unseen.isEmpty()) {
            statements.add("q's draws lie on one side only of " + Conclusions.list(unseen)
                    + ": the weights cannot see what the target gives to "
                    + (unseen.size() == 1 ? "it" : "them") + ".");
        }
        if (!differ.isEmpty()) {
            statements.add("Weights and " + other + " disagree about " + Conclusions.list(differ)
                    + ": q's draws miss a part of the target, or the " + other + " does.");
        }
        boolean fine = all.reliable();
        long wrong = named.stream().filter(f -> f.kind() != Kind.REQUESTED).count();
        if (fine && !(unseen.isEmpty() && differ.isEmpty())) {
            statements.add(khat + " looks fine all the same: it judges the draws that were made, not those that are"
                    + " missing.");
        } else if (fine && wrong > 0) {
            statements.add(khat + " looks fine although " + wrong + (wrong == 1 ? " region is" : " regions are")
                    + " wrong: it says that the weights can correct q there, not that q is right.");
        }
        return statements;
    }

    private static List<String> ids(List<RegionByWeights> regions, Agreement agreement) {
        return regions.stream()
                .filter(r -> r.agreement() == agreement)
                .map(RegionByWeights::id)
                .toList();
    }
}
