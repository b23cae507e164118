package org.localmass.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.localmass.check.CheckReport;

class RegionsCsvTest {
    private static String csv(CheckReport report) {
        return Reports.print(out -> RegionsCsv.write(report, out));
    }

    @ParameterizedTest
    @ValueSource(strings = {"finding", "inconclusive"})
    void write_report_matchesGolden(String name) throws IOException {
        Golden.check(
                name + ".csv",
                csv(java.util.Objects.requireNonNull(Reports.all().get(name))));
    }

    @Test
    void write_hostile_readsBack() {
        CheckReport report = Reports.hostile();
        List<List<String>> rows = parse(csv(report));
        assertEquals(1 + report.findings().size() + 1, rows.size());
        for (int i = 0; i < report.findings().size(); i++) {
            assertEquals(24, rows.get(i + 1).size());
            assertEquals(report.findings().get(i).regionText(), rows.get(i + 1).get(2));
            assertEquals(
                    report.findings().get(i).region().description(),
                    rows.get(i + 1).get(3));
        }
    }

    @Test
    void write_namedFinding_hasOneRow() {
        List<String> ids =
                parse(csv(Reports.named())).stream().map(r -> r.get(0)).toList();
        assertEquals(List.of("id", "F1", "R1"), ids);
    }

    @Test
    void write_numbers_keepFullPrecision() {
        List<List<String>> rows = parse(csv(Reports.finding()));
        int ratio = rows.get(0).indexOf("ratio");
        assertEquals(0.0203 / 0.0965, Double.parseDouble(rows.get(1).get(ratio)));
        assertEquals("Infinity", rows.get(3).get(ratio));
        assertEquals("", parse(csv(Reports.inconclusive())).get(1).get(ratio));
    }

    /** A reader of RFC 4180 by its grammar. */
    private static List<List<String>> parse(String csv) {
        List<List<String>> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < csv.length(); i++) {
            char c = csv.charAt(i);
            if (quoted) {
                if (c != '"') {
                    cell.append(c);
                } else if (i + 1 < csv.length() && csv.charAt(i + 1) == '"') {
                    cell.append(c);
                    i++;
                } else {
                    quoted = false;
                }
            } else if (c == '"') {
                quoted = true;
            } else if (c == ',' || c == '\r') {
                row.add(cell.toString());
                cell.setLength(0);
                if (c == '\r') {
                    rows.add(row);
                    row = new ArrayList<>();
                    i++;
                }
            } else {
                cell.append(c);
            }
        }
        return rows;
    }
}
