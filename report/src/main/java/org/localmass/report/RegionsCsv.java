package org.localmass.report;

import com.fasterxml.jackson.core.io.NumberOutput;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.localmass.check.CheckReport;
import org.localmass.check.Finding;
import org.localmass.check.RequestedRegion;
import org.localmass.check.Side;
import org.localmass.core.mass.Caution;
import org.localmass.core.mass.MassEstimate;

/**
 * {@code regions.csv}: one row for each finding and each requested region, a requested one that is a
 * finding once, in the form of RFC 4180.
 *
 * <p>Numbers have full precision; infinite ones are {@code Infinity} and {@code -Infinity}; what is not known is empty.
 */
public final class RegionsCsv {
    private static final List<String> HEADER = List.of(
            "id",
            "kind",
            "region",
            "definition",
            "direction",
            "side",
            "referenceMass",
            "referenceLower",
            "referenceUpper",
            "referenceEffectiveDraws",
            "approximationMass",
            "approximationLower",
            "approximationUpper",
            "approximationEffectiveDraws",
            "ratio",
            "ratioLower",
            "ratioUpper",
            "importance",
            "localDivergence",
            "pValue",
            "adjustedPValue",
            "eValue",
            "outcome",
            "cautions");

    private RegionsCsv() {}

    /** Writes the rows. The writer is flushed, not closed. */
    public static void write(CheckReport report, Writer out) throws IOException {
        line(HEADER, out);
        for (Finding finding : Words.found(report)) {
            line(row(finding, "finding"), out);
        }
        for (RequestedRegion requested : report.requested()) {
            line(row(requested.finding(), requested.outcome().label()), out);
        }
        out.flush();
    }

    private static List<String> row(Finding finding, String outcome) {
        List<String> cells = new ArrayList<>(List.of(
                finding.id(),
                finding.kind().label(),
                finding.regionText(),
                finding.region().description(),
                finding.direction().label(),
                finding.side().map(Side::label).orElse("")));
        mass(cells, finding.referenceMass());
        mass(cells, finding.approximationMass());
        cells.add(number(finding.ratio().estimate()));
        cells.add(number(finding.ratio().lower()));
        cells.add(number(finding.ratio().upper()));
        cells.add(number(finding.importance()));
        cells.add(number(finding.localDivergence()));
        cells.add(number(finding.pValue()));
        cells.add(number(finding.adjustedPValue()));
        cells.add(number(finding.eValue()));
        cells.add(outcome);
        cells.add(finding.cautions().stream().map(Caution::sentence).collect(Collectors.joining("; ")));
        return cells;
    }

    private static void mass(List<String> cells, MassEstimate mass) {
        cells.add(number(mass.estimate()));
        cells.add(number(mass.lower()));
        cells.add(number(mass.upper()));
        cells.add(number(mass.effectiveHits()));
    }

    private static String number(double x) {
        return Double.isNaN(x) ? "" : NumberOutput.toString(x, true);
    }

    private static void line(List<String> cells, Writer out) throws IOException {
        for (int i = 0; i < cells.size(); i++) {
            if (i > 0) {
                out.write(',');
            }
            out.write(quote(cells.get(i)));
        }
        out.write("\r\n");
    }

    private static String quote(String cell) {
        boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}
