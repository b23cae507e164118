package org.localmass.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeterminismTest {
    private static Map<String, String> everything() {
        Map<String, String> texts = new TreeMap<>();
        Reports.all().forEach((name, report) -> {
            Provenance provenance = Reports.provenance();
            texts.put(name + ".json", Reports.print(out -> JsonReport.write(report, provenance, out)));
            texts.put(name + ".txt", Reports.print(out -> TextReport.write(report, provenance, TextStyle.ansi(), out)));
            texts.put(name + ".md", Reports.print(out -> MarkdownReport.write(report, provenance, out)));
            texts.put(name + ".csv", Reports.print(out -> RegionsCsv.write(report, out)));
            texts.put(name + ".html", Reports.print(out -> HtmlReport.write(report, provenance, out)));
            List<Comparison> two = List.of(new Comparison("a", report), new Comparison("b", Reports.finding()));
            texts.put(name + " comparison", Reports.print(out -> ComparisonReport.writeHtml(two, out)));
            texts.put(name + " comparison.json", Reports.print(out -> ComparisonReport.writeJson(two, out)));
        });
        return texts;
    }

    @ParameterizedTest
    @ValueSource(strings = {"en-US", "de-DE", "ar-EG-u-nu-arab", "hi-IN-u-nu-deva", "tr-TR"})
    void write_anyLocale_givesSameText(String tag) {
        Map<String, String> expected = everything();
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag(tag));
            assertEquals(expected, everything());
        } finally {
            Locale.setDefault(before);
        }
    }
}
