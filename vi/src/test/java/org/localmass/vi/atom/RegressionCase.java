package org.localmass.vi.atom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The regression of the tests with its reference values. */
final class RegressionCase {
    final JsonNode json;
    final SpikeSlabRegression model;
    final ExactSpikeSlab exact;

    private RegressionCase(JsonNode json) {
        this.json = json;
        this.model = SpikeSlabRegression.of(
                matrix(json.get("X")),
                vector(json.get("y")),
                json.get("noiseVariance").asDouble(),
                json.get("inclusion").asDouble(),
                json.get("slabVariance").asDouble());
        this.exact = ExactSpikeSlab.of(model);
    }

    static RegressionCase load() {
        try (InputStream in = RegressionCase.class.getResourceAsStream("spike-slab-regression.json")) {
            return new RegressionCase(new ObjectMapper().readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    double[] vector(String name) {
        return vector(json.get(name));
    }

    static double[] vector(JsonNode node) {
        double[] values = new double[node.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = node.get(i).asDouble();
        }
        return values;
    }

    static double[][] matrix(JsonNode node) {
        double[][] rows = new double[node.size()][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = vector(node.get(i));
        }
        return rows;
    }
}
