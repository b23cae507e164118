package org.localmass.io;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the exact definitions of regions from a report, so that they can be examined on other draws. */
public final class RegionDefinitions {
    private RegionDefinitions() {}

    /**
     * One region of a report.
     *
     * @param id         its name within the report, such as {@code F1}
     * @param expression the exact region in the region language
     */
    public record Definition(String id, String expression) {}

    /**
     * The regions of a report.json: its findings, then the requested regions that are not findings.
     *
     * @throws DrawsFormatException if the file is no report, or holds no region
     * @throws IOException if the file cannot be read
     */
    public static List<Definition> read(Path path) throws IOException {
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
        for (String part : List.of("findings", "requested")) {
            for (JsonNode row : report.path(part)) {
                String id = row.path("id").asText();
                JsonNode definition = row.path("definition");
                if (definitions.stream().anyMatch(d -> d.id().equals(id))) {
                    continue;
                }
                if (!definition.path("expression").isTextual()) {
                    throw DrawsFormatException.of(path.toString(), "region " + id + " has no expression");
                }
                definitions.add(new Definition(id, definition.path("expression").asText()));
            }
        }
        if (definitions.isEmpty()) {
            throw DrawsFormatException.of(path.toString(), "the report holds no region");
        }
        return List.copyOf(definitions);
    }
}
