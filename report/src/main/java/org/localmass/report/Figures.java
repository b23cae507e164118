package org.localmass.report;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.localmass.check.CheckReport;

/** The figures of a report as files for papers and slides. */
public final class Figures {
    private final List<Chart> charts;

    private Figures(List<Chart> charts) {
        this.charts = List.copyOf(charts);
    }

    /** The forest plot, the mass map, every region and every ball of a check. */
    public static Figures of(CheckReport report) {
        return new Figures(ReportCharts.all(report));
    }

    /** Names of the figures, which are file names without ending. */
    public List<String> names() {
        return charts.stream().map(Chart::id).toList();
    }

    /**
     * Writes one figure. The stream stays open.
     *
     * @throws IllegalArgumentException if there is no figure of that name
     */
    public void write(String name, FigureFormat format, OutputStream out) throws IOException {
        Chart chart = charts.stream()
                .filter(c -> c.id().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("name must be one of " + names() + ", was " + name));
        StaticFigure.of(chart).write(format, out);
    }
}
