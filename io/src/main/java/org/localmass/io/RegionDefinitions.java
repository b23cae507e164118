package org.localmass.io;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.localmass.core.region.Region;
import org.localmass.core.region.RegionExpression;

/** Reads the exact definitions of regions from a report, so that they can be examined on other draws. */
public final class RegionDefinitions {
    private RegionDefinitions() {}

    /** Makes a region for points whose coordinates have given names. */
    interface Binding {
        Region bind(List<String> columns);
    }

    /** One region of a report. */
    public static final class Definition {
        private final String id;
        private final String text;
        private final Binding binding;

        private Definition(String id, String text, Binding binding) {
            this.id = id;
            this.text = text;
            this.binding = binding;
        }

        /** Its name within the report, such as {@code F1}. */
        public String id() {
            return id;
        }

        /** The exact expression, or for a region that no expression gives its words in the report. */
        public String text() {
            return text;
        }

        /**
         * The exact region among points whose coordinates have the given names.
         *
         * @throws IllegalArgumentException if the region names a quantity that is not among them
         */
        public Region bind(List<String> columns) {
            return binding.bind(columns);
        }
    }

    /**
     * The regions of a report.json: its findings, then the requested regions that are not findings.
     *
     * @throws DrawsFormatException if the file is no report, or holds no region
     * @throws IOException if the file cannot be read
     */
    public static List<Definition> read(Path path) throws IOException {
        return read(path, List.of("findings", "requested"));
    }

    /**
     * Every region of a report.json: those of {@link #read(Path)}, the regions that were not confirmed, the modes.
     *
     * @throws DrawsFormatException if the file is no report, or holds no region
     * @throws IOException if the file cannot be read
     */
    public static List<Definition> readEvery(Path path) throws IOException {
        return read(path, List.of("findings", "requested", "unconfirmed", "modes"));
    }

    private static List<Definition> read(Path path, List<String> parts) throws IOException {
        if (!Files.isRegularFile(path)) {
            throw DrawsFormatException.of(path.toString(), "no such file");
        }
        JsonNode report;
        try {
            report = new ObjectMapper().readTree(Files.readAllBytes(path));
        } catch (JsonProcessingException e) {
            long line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw DrawsFormatException.of(path.toString(), line, "not JSON: " + e.getOriginalMessage());
        }
        if (report == null || !"localmass.report/1".equals(report.path("schema").asText())) {
            throw DrawsFormatException.of(path.toString(), "no report: its schema is not localmass.report/1");
        }
        List<Definition> definitions = new ArrayList<>();
        for (String part : parts) {
            for (JsonNode row : report.path(part)) {
                String id = row.path("id").asText();
                JsonNode definition = row.path("definition");
                if (definitions.stream().anyMatch(d -> d.id().equals(id))) {
                    continue;
                }
                try {
                    definitions.add(definition(id, row, definition));
                } catch (IllegalArgumentException e) {
                    throw DrawsFormatException.of(path.toString(), "region " + id + ": " + e.getMessage());
                }
            }
        }
        if (definitions.isEmpty()) {
            throw DrawsFormatException.of(path.toString(), "the report holds no region");
        }
        return List.copyOf(definitions);
    }

    /** @throws IllegalArgumentException if the row holds no exact region */
    static Definition definition(String id, JsonNode row, JsonNode json) {
        if (LevelSetDefinition.reads(json.path("type").asText())) {
            return new Definition(id, row.path("region").asText(), LevelSetDefinition.of(json));
        }
        if (!json.path("expression").isTextual()) {
            throw new IllegalArgumentException("no expression");
        }
        RegionExpression expression =
                RegionExpression.parse(json.path("expression").asText());
        return new Definition(id, json.path("expression").asText(), expression::bind);
    }
}
