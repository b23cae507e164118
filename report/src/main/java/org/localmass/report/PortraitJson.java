package org.localmass.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.localmass.check.MassMap;
import org.localmass.check.ParameterQuality;
import org.localmass.check.Portrait;

/** The mass map and the quality of each parameter, as members of report.json. */
final class PortraitJson {
    private PortraitJson() {}

    static void write(JsonGenerator json, Portrait portrait) throws IOException {
        MassMap map = portrait.massMap();
        if (map.rows().isEmpty()) {
            json.writeNullField("massMap");
        } else {
            json.writeObjectFieldStart("massMap");
            JsonReport.numbers(json, "levels", map.levels(), x -> x);
            json.writeArrayFieldStart("rows");
            for (MassMap.Row row : map.rows()) {
                row(json, row);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeArrayFieldStart("parameters");
        for (ParameterQuality parameter : portrait.parameters()) {
            json.writeStartObject();
            json.writeStringField("parameter", parameter.parameter());
            JsonReport.number(json, "referenceEss", parameter.referenceEss());
            JsonReport.number(json, "referenceRhat", parameter.referenceRhat());
            JsonReport.number(json, "approximationEss", parameter.approximationEss());
            JsonReport.number(json, "approximationRhat", parameter.approximationRhat());
            json.writeBooleanField("constant", parameter.constant());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void row(JsonGenerator json, MassMap.Row row) throws IOException {
        List<MassMap.Cell> cells = row.cells();
        json.writeStartObject();
        json.writeStringField("parameter", row.parameter());
        values(json, "from", cells, MassMap.Cell::from);
        values(json, "to", cells, MassMap.Cell::to);
        values(json, "referenceMass", cells, MassMap.Cell::referenceMass);
        values(json, "approximationMass", cells, MassMap.Cell::approximationMass);
        values(json, "ratio", cells, c -> c.ratio().estimate());
        values(json, "lower", cells, c -> c.ratio().lower());
        values(json, "upper", cells, c -> c.ratio().upper());
        Function<MassMap.Cell, String> label = c -> c.evidence().label();
        JsonReport.strings(json, "evidence", cells.stream().map(label).toList());
        json.writeEndObject();
    }

    private static void values(
            JsonGenerator json, String name, List<MassMap.Cell> cells, ToDoubleFunction<MassMap.Cell> value)
            throws IOException {
        JsonReport.numbers(json, name, cells, value);
    }
}
