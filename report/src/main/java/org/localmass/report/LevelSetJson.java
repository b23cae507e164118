package org.localmass.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.localmass.core.region.DistanceScore;
import org.localmass.core.region.ForestScore;
import org.localmass.core.region.LevelSet;
import org.localmass.core.region.NormalScoreMap;
import org.localmass.core.region.ProjectionScore;
import org.localmass.core.region.Triangle;

/**
 * The exact definition of a level set in JSON, full precision: map to normal scores, weights or whitening and centre or
 * trees, and the interval.
 */
final class LevelSetJson {
    private LevelSetJson() {}

    /** The members of a definition, into an object that is open. */
    static void write(JsonGenerator json, LevelSet set) throws IOException {
        json.writeStringField("type", set.score().label());
        JsonReport.strings(json, "coordinates", set.coordinateNames());
        if (set.score() instanceof ProjectionScore projection) {
            map(json, projection.map());
            array(json, "weights", projection.weights());
        } else if (set.score() instanceof DistanceScore distance) {
            map(json, distance.map());
            Triangle triangle = distance.triangle();
            json.writeArrayFieldStart("triangle");
            for (int i = 0; i < triangle.dimension(); i++) {
                array(json, triangle.row(i));
            }
            json.writeEndArray();
            array(json, "centre", distance.centre());
        } else if (set.score() instanceof ForestScore forest) {
            array(json, "influence", forest.influence());
            forest(json, forest);
        }
        JsonReport.number(json, "lower", set.lower());
        JsonReport.number(json, "upper", set.upper());
    }

    private static void map(JsonGenerator json, NormalScoreMap map) throws IOException {
        json.writeArrayFieldStart("knots");
        for (int i = 0; i < map.size(); i++) {
            array(json, map.knots(i));
        }
        json.writeEndArray();
        json.writeArrayFieldStart("scores");
        for (int i = 0; i < map.size(); i++) {
            array(json, map.scores(i));
        }
        json.writeEndArray();
    }

    /** Tested columns are written as places in "coordinates", so that other draws may order their columns differently. */
    private static void forest(JsonGenerator json, ForestScore forest) throws IOException {
        List<Integer> coordinates = Arrays.stream(forest.coordinates()).boxed().toList();
        json.writeArrayFieldStart("trees");
        for (ForestScore.Tree tree : forest.trees()) {
            json.writeStartObject();
            json.writeArrayFieldStart("test");
            for (int column : tree.column()) {
                json.writeNumber(coordinates.indexOf(column));
            }
            json.writeEndArray();
            array(json, "threshold", tree.threshold());
            json.writeArrayFieldStart("low");
            for (int node : tree.low()) {
                json.writeNumber(node);
            }
            json.writeEndArray();
            array(json, "value", tree.value());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void array(JsonGenerator json, String name, double[] values) throws IOException {
        json.writeFieldName(name);
        array(json, values);
    }

    private static void array(JsonGenerator json, double[] values) throws IOException {
        json.writeStartArray();
        for (double value : values) {
            JsonReport.number(json, value);
        }
        json.writeEndArray();
    }
}
