package org.localmass.quality;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.localmass.core.bound.BoundsCases;
import org.localmass.core.divergence.GeneratorCases;
import org.localmass.core.divergence.ReklCases;
import org.localmass.core.measure.AccuracySection;
import org.localmass.core.measure.CatalogueCases;
import org.localmass.core.measure.Errors;
import org.localmass.core.measure.GaussianBallCases;
import org.localmass.core.measure.LogScaleCases;
import org.localmass.core.updating.UpdatingCases;

/**
 * Errors of every exact quantity against its reference values: docs/quality/accuracy.md.
 *
 * <p>The cases are those of the tests of core, whose classes this module reads. To add a section: write a class without
 * JUnit beside the tests, such as {@code org.localmass.core.measure.CatalogueCases}, with a public static method
 * {@code section()} that fills one {@link Errors} for each quantity; let the test of that quantity use the same rows
 * and assert {@link Errors#holds()}; and add a line to {@link #sections()}. The study's test holds every limit.
 */
public final class AccuracyStudy {
    private AccuracyStudy() {}

    /** The sections, in the order of the page. */
    static List<AccuracySection> sections() {
        return List.of(
                CatalogueCases.section(),
                GaussianBallCases.section(),
                LogScaleCases.section(),
                UpdatingCases.section(),
                GeneratorCases.section(),
                ReklCases.section(),
                BoundsCases.section());
    }

    /** A section in Markdown. */
    static List<String> page(AccuracySection section) {
        List<String> lines = new ArrayList<>();
        lines.add("## " + section.title());
        lines.add("");
        if (!section.text().isEmpty()) {
            lines.add(section.text());
            lines.add("");
        }
        lines.add("| quantity | cases | median | largest | allowed | RMS, ulps | largest, ulps | the largest is at |");
        lines.add("|:--|--:|--:|--:|--:|--:|--:|:--|");
        for (Errors row : section.rows()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "| %s | %d | %s | %s | %s | %s | %s | %s |",
                    row.quantity(),
                    row.count(),
                    row.isOfLogs() ? "" : error(row.median()),
                    row.isOfLogs() ? "" : error(row.max()),
                    row.allowed(),
                    ulps(row.rmsUlps()),
                    ulps(row.maxUlps()),
                    row.where()));
        }
        return lines;
    }

    private static String error(double relative) {
        return relative == 0 ? "0" : String.format(Locale.ROOT, "%.1e", relative);
    }

    private static String ulps(double ulps) {
        return Double.isNaN(ulps) ? "" : String.format(Locale.ROOT, "%.1f", ulps);
    }

    /** Prints the sections. */
    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        String between = "";
        for (AccuracySection section : sections()) {
            out.print(between);
            page(section).forEach(out::println);
            between = System.lineSeparator();
        }
    }
}
