package org.localmass.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Map;
import org.localmass.check.SearchEvidence;
import org.localmass.estimate.explore.EvaluationCounts;
import org.localmass.estimate.explore.NormalisingConstant;
import org.localmass.estimate.explore.PlantedModes;

/** The member "density" of a report: what a search of the target's density found. */
final class SearchJson {
    private SearchJson() {}

    static void write(JsonGenerator json, SearchEvidence search) throws IOException {
        json.writeObjectFieldStart("density");
        json.writeStringField("target", search.target());
        json.writeBooleanField("converged", search.converged());
        JsonReport.strings(json, "doubts", search.doubts());
        double[] logZ = search.logZ()
                .map(SearchJson::values)
                .orElse(new double[] {Double.NaN, Double.NaN, Double.NaN, Double.NaN});
        json.writeObjectFieldStart("logZ");
        JsonReport.number(json, "estimate", logZ[0]);
        JsonReport.number(json, "standardError", logZ[1]);
        JsonReport.number(json, "lower", logZ[2]);
        JsonReport.number(json, "upper", logZ[3]);
        json.writeEndObject();
        json.writeArrayFieldStart("regions");
        for (SearchEvidence.RegionBySearch region : search.regions()) {
            json.writeStartObject();
            json.writeStringField("id", region.id());
            json.writeStringField("region", region.regionText());
            JsonReport.mass(json, "mass", region.mass());
            json.writeNumberField("explorers", region.explorers());
            json.writeNumberField("ofExplorers", region.ofExplorers());
            json.writeNumberField("runs", region.runs());
            json.writeNumberField("ofRuns", region.ofRuns());
            json.writeBooleanField("drifting", region.drifting());
            if (region.againstBulk().isPresent()) {
                JsonReport.ratio(json, "ratioAgainstBulk", region.againstBulk().get());
            } else {
                json.writeNullField("ratioAgainstBulk");
            }
            json.writeStringField("agreement", region.agreement().label());
            json.writeEndObject();
        }
        json.writeEndArray();
        counts(json, search.counts(), search.plantedEvaluations());
        json.writeArrayFieldStart("planted");
        for (PlantedModes.Power power : search.planted()) {
            json.writeStartObject();
            JsonReport.number(json, "width", power.width());
            json.writeNumberField("planted", power.planted());
            json.writeNumberField("found", power.found());
            json.writeNumberField("byAscents", power.byAscents());
            json.writeArrayFieldStart("explorers");
            for (int explorers : power.explorers()) {
                json.writeNumber(explorers);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
        JsonReport.strings(json, "searched", search.searched());
        JsonReport.strings(json, "unexamined", search.unexamined());
        JsonReport.strings(json, "statements", search.statements());
        json.writeEndObject();
    }

    private static double[] values(NormalisingConstant z) {
        return new double[] {z.logZ(), z.standardError(), z.lower(), z.upper()};
    }

    private static void counts(JsonGenerator json, EvaluationCounts counts, long planted) throws IOException {
        json.writeObjectFieldStart("evaluations");
        json.writeNumberField("search", counts.evaluations());
        json.writeNumberField("planted", planted);
        json.writeNumberField("zero", counts.zero());
        json.writeNumberField("nan", counts.nan());
        json.writeNumberField("infinite", counts.infinite());
        json.writeNumberField("badGradients", counts.badGradients());
        json.writeObjectFieldStart("exceptions");
        for (Map.Entry<String, Long> exception : counts.exceptions().entrySet()) {
            json.writeNumberField(exception.getKey(), exception.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }
}
