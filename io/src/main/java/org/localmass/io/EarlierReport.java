package org.localmass.io;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.localmass.core.mass.RatioEstimate;

/**
 * What an earlier report.json said, to compare with.
 *
 * @param verdict  its verdict: no-finding, finding or inconclusive
 * @param headline its verdict in one sentence
 * @param regions  its findings, then the requested regions that are not findings
 */
public record EarlierReport(String verdict, String headline, List<Row> regions) {
    public EarlierReport {
        regions = List.copyOf(regions);
    }

    /**
     * A region of the earlier report.
     *
     * @param id         its name there
     * @param text       the region in words
     * @param definition the exact region; empty if it cannot be read back
     * @param under      whether q gave too little
     * @param finding    whether it was a finding
     * @param ratio      q/p
     */
    public record Row(
            String id,
            String text,
            Optional<RegionDefinitions.Definition> definition,
            boolean under,
            boolean finding,
            RatioEstimate ratio) {}

    /**
     * Reads a report.json.
     *
     * @throws DrawsFormatException if the file is no report
     * @throws IOException if the file cannot be read
     */
    public static EarlierReport read(Path path) throws IOException {
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
        List<Row> rows = new ArrayList<>();
        for (String part : List.of("findings", "requested")) {
            for (JsonNode row : report.path(part)) {
                String id = row.path("id").asText();
                if (rows.stream().noneMatch(r -> r.id().equals(id))) {
                    rows.add(row(path, part, id, row));
                }
            }
        }
        return new EarlierReport(
                report.path("verdict").asText(), report.path("headline").asText(), rows);
    }

    private static Row row(Path path, String part, String id, JsonNode row) throws DrawsFormatException {
        JsonNode ratio = row.path("ratio");
        if (!row.path("region").isTextual() || !ratio.isObject()) {
            throw DrawsFormatException.of(path.toString(), "region " + id + " has no text or no ratio");
        }
        return new Row(
                id,
                row.path("region").asText(),
                definition(id, row),
                row.path("direction").asText().equals("under"),
                part.equals("findings"),
                new RatioEstimate(
                        number(ratio.path("estimate")), number(ratio.path("lower")), number(ratio.path("upper"))));
    }

    private static Optional<RegionDefinitions.Definition> definition(String id, JsonNode row) {
        try {
            return Optional.of(RegionDefinitions.definition(id, row, row.path("definition")));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // a later version's region: the comparison says that it cannot be measured
        }
    }

    private static double number(JsonNode node) {
        if (node.isNumber()) {
            return node.doubleValue();
        }
        return switch (node.asText()) {
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> Double.NaN;
        };
    }
}
