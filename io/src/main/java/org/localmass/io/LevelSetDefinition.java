package org.localmass.io;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.localmass.core.region.DistanceScore;
import org.localmass.core.region.ForestScore;
import org.localmass.core.region.LevelSet;
import org.localmass.core.region.NormalScoreMap;
import org.localmass.core.region.ProjectionScore;
import org.localmass.core.region.Region;
import org.localmass.core.region.Score;
import org.localmass.core.region.Triangle;

/** The definition of a level set in a report: of a projection, a distance or trees. */
final class LevelSetDefinition implements RegionDefinitions.Binding {
    private final String type;
    private final JsonNode json;
    private final List<String> names;

    private LevelSetDefinition(String type, JsonNode json, List<String> names) {
        this.type = type;
        this.json = json;
        this.names = names;
    }

    /** Whether a definition of this type is a level set. */
    static boolean reads(String type) {
        return List.of("projection", "distance", "trees").contains(type);
    }

    /**
     * Reads a definition.
     *
     * @throws IllegalArgumentException if a member is missing or breaks a rule
     */
    static LevelSetDefinition of(JsonNode json) {
        List<String> names = new ArrayList<>();
        for (JsonNode name : array(json, "coordinates")) {
            names.add(name.asText());
        }
        LevelSetDefinition definition = new LevelSetDefinition(json.path("type").asText(), json, List.copyOf(names));
        definition.bind(names);
        return definition;
    }

    /**
     * The region among points whose coordinates have the given names.
     *
     * @throws IllegalArgumentException if a coordinate of the region is not among them
     */
    @Override
    public Region bind(List<String> columns) {
        int[] coordinates = new int[names.size()];
        for (int i = 0; i < coordinates.length; i++) {
            coordinates[i] = columns.indexOf(names.get(i));
            if (coordinates[i] < 0) {
                throw new IllegalArgumentException(
                        "the region needs " + names.get(i) + ", which the draws do not have");
            }
        }
        return LevelSet.of(columns, score(columns.size(), coordinates), number(json, "lower"), number(json, "upper"));
    }

    private Score score(int dimension, int[] coordinates) {
        if (type.equals("trees")) {
            return ForestScore.of(dimension, coordinates, numbers(array(json, "influence")), trees(coordinates));
        }
        NormalScoreMap map = NormalScoreMap.of(coordinates, rows(array(json, "knots")), rows(array(json, "scores")));
        return type.equals("projection")
                ? ProjectionScore.of(map, numbers(array(json, "weights")))
                : DistanceScore.of(map, Triangle.of(rows(array(json, "triangle"))), numbers(array(json, "centre")));
    }

    private List<ForestScore.Tree> trees(int[] coordinates) {
        List<ForestScore.Tree> trees = new ArrayList<>();
        for (JsonNode tree : array(json, "trees")) {
            int[] tests = whole(array(tree, "test"));
            for (int i = 0; i < tests.length; i++) {
                if (tests[i] >= coordinates.length) {
                    throw new IllegalArgumentException(
                            "test must be from -1 to " + (coordinates.length - 1) + ", was " + tests[i]);
                }
                tests[i] = tests[i] < 0 ? -1 : coordinates[tests[i]];
            }
            trees.add(new ForestScore.Tree(
                    tests,
                    numbers(array(tree, "threshold")),
                    whole(array(tree, "low")),
                    numbers(array(tree, "value"))));
        }
        return trees;
    }

    private static JsonNode array(JsonNode json, String name) {
        JsonNode array = json.path(name);
        if (!array.isArray() || array.isEmpty()) {
            throw new IllegalArgumentException(name + " must be a list");
        }
        return array;
    }

    private static double[][] rows(JsonNode array) {
        double[][] rows = new double[array.size()][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = numbers(array.get(i));
        }
        return rows;
    }

    private static double[] numbers(JsonNode array) {
        double[] numbers = new double[array.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number(array.get(i));
        }
        return numbers;
    }

    private static int[] whole(JsonNode array) {
        int[] numbers = new int[array.size()];
        for (int i = 0; i < numbers.length; i++) {
            if (!array.get(i).isInt()) {
                throw new IllegalArgumentException("whole number expected, was " + array.get(i));
            }
            numbers[i] = array.get(i).asInt();
        }
        return numbers;
    }

    private static double number(JsonNode json, String name) {
        return number(json.path(name));
    }

    /** A number, or one of the strings "Infinity" and "-Infinity". */
    private static double number(JsonNode json) {
        if (json.isNumber()) {
            return json.asDouble();
        }
        return switch (json.asText()) {
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> throw new IllegalArgumentException("number expected, was " + json);
        };
    }
}
