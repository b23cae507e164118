package org.localmass.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.localmass.check.BallCurve;
import org.localmass.check.CheckReport;
import org.localmass.check.Direction;
import org.localmass.check.Finding;
import org.localmass.check.MassMap;
import org.localmass.check.RegionPicture;
import org.localmass.check.RequestedOutcome;
import org.localmass.check.RequestedRegion;
import org.localmass.core.mass.MassEstimate;

/** The figures of a check as charts. */
final class ReportCharts {
    static final String P = "reference p";
    static final String Q = "approximation q";

    /** Rows of the mass map in a figure of fixed size. */
    private static final int MOST_ROWS = 40;

    private ReportCharts() {}

    /** All figures of a report: forest, mass map, regions, balls. */
    static List<Chart> all(CheckReport report) {
        List<Chart> charts = new ArrayList<>();
        forest(report).ifPresent(charts::add);
        map(report.portrait().massMap()).ifPresent(charts::add);
        Words.rows(report).forEach(f -> region(report, f).ifPresent(charts::add));
        for (int i = 0; i < report.balls().size(); i++) {
            charts.addAll(ball(report.balls().get(i), i));
        }
        return List.copyOf(charts);
    }

    /** Ratios of all regions with their intervals; empty if there is no region. */
    static Optional<Chart.Plot> forest(CheckReport report) {
        List<String> labels = new ArrayList<>();
        List<Chart.Series> series = new ArrayList<>();
        for (Finding finding : Words.found(report)) {
            row(finding, role(finding), labels, series);
        }
        for (RequestedRegion requested : report.requested()) {
            Chart.Role role = requested.outcome() == RequestedOutcome.FINDING
                    ? role(requested.finding())
                    : requested.outcome() == RequestedOutcome.AGREES ? Chart.Role.AGREES : Chart.Role.OPEN;
            row(requested.finding(), role, labels, series);
        }
        if (labels.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Chart.Plot(
                "forest",
                "Approximation over reference",
                "Ratio q/p of each region with its interval on a log axis; at 1 both agree",
                Chart.Axis.log("ratio q/p"),
                Chart.Axis.linear(""),
                series,
                List.of(),
                labels));
    }

    private static Chart.Role role(Finding finding) {
        return finding.direction() == Direction.UNDER ? Chart.Role.UNDER : Chart.Role.OVER;
    }

    private static void row(Finding finding, Chart.Role role, List<String> labels, List<Chart.Series> series) {
        series.add(new Chart.Series(
                finding.id(),
                role,
                Chart.Form.INTERVALS,
                List.of(finding.ratio().estimate()),
                List.of((double) labels.size()),
                List.of(finding.ratio().lower()),
                List.of(finding.ratio().upper())));
        labels.add(finding.id() + "  " + finding.regionText());
    }

    /** The mass map, the rows that differ most first; empty if there is none. */
    static Optional<Chart.Grid> map(MassMap map) {
        if (map.rows().isEmpty()) {
            return Optional.empty();
        }
        List<MassMap.Row> rows = map.rows().stream()
                .sorted(Comparator.comparingDouble(MassMapTable::deviation).reversed())
                .limit(MOST_ROWS)
                .toList();
        return Optional.of(new Chart.Grid(
                "mass-map",
                "Mass map: log10 of q/p in cells between quantiles of p",
                "For each parameter the ratio q/p in cells between quantiles of p, from the lower tail to the upper;"
                        + " cells without evidence are left empty",
                MassMapTable.columns(map),
                rows.stream().map(MassMap.Row::parameter).toList(),
                rows.stream()
                        .map(r -> r.cells().stream()
                                .map(c -> c.evidence() == MassMap.Evidence.DIFFERS
                                                || c.evidence() == MassMap.Evidence.AGREES
                                        ? Math.log10(c.ratio().estimate())
                                        : Double.NaN)
                                .toList())
                        .toList()));
    }

    /** The picture of a region; empty if the report has none. */
    static Optional<Chart.Plot> region(CheckReport report, Finding finding) {
        return report.portrait().picture(finding.id()).map(p -> region(p, finding));
    }

    private static Chart.Plot region(RegionPicture picture, Finding finding) {
        String id = "region-" + finding.id() + "-figure";
        String title = finding.id() + ": " + finding.regionText();
        if (picture instanceof RegionPicture.Marginal m) {
            return new Chart.Plot(
                    id,
                    title,
                    "Density of " + m.parameter() + " under p and q; the region is shaded",
                    Chart.Axis.linear(m.parameter())
                            .within(m.edges().get(0), m.edges().get(m.edges().size() - 1)),
                    Chart.Axis.linear("density"),
                    List.of(
                            Chart.Series.of(P, Chart.Role.REFERENCE, Chart.Form.STEPS, m.edges(), m.reference()),
                            Chart.Series.of(
                                    Q, Chart.Role.APPROXIMATION, Chart.Form.STEPS, m.edges(), m.approximation())),
                    m.region().stream()
                            .map(r -> new Chart.Shade(r.from(), r.to()))
                            .toList(),
                    List.of());
        }
        RegionPicture.Pair pair = (RegionPicture.Pair) picture;
        List<Chart.Series> series = new ArrayList<>();
        points(pair.reference(), P, Chart.Role.REFERENCE, false, series);
        points(pair.approximation(), Q, Chart.Role.APPROXIMATION, false, series);
        points(pair.reference(), P + ", in the region", Chart.Role.REFERENCE, true, series);
        points(pair.approximation(), Q + ", in the region", Chart.Role.APPROXIMATION, true, series);
        return new Chart.Plot(
                id,
                title,
                "Draws of p and q in the plane of " + pair.x() + " and " + pair.y()
                        + "; those in the region are drawn strongly",
                Chart.Axis.linear(pair.x())
                        .within(pair.xRange().from(), pair.xRange().to()),
                Chart.Axis.linear(pair.y())
                        .within(pair.yRange().from(), pair.yRange().to()),
                series,
                List.of(),
                List.of());
    }

    private static void points(
            RegionPicture.Cloud cloud, String name, Chart.Role role, boolean inside, List<Chart.Series> series) {
        int from = inside ? 0 : cloud.inside();
        int to = inside ? cloud.inside() : cloud.x().size();
        series.add(Chart.Series.of(
                name,
                role,
                inside ? Chart.Form.POINTS : Chart.Form.FAINT_POINTS,
                cloud.x().subList(from, to),
                cloud.y().subList(from, to)));
    }

    /** What a reader must know to read the picture of a region. */
    static String caption(RegionPicture picture) {
        if (picture instanceof RegionPicture.Marginal m) {
            String outside = m.referenceOutside() > 0.01 || m.approximationOutside() > 0.01
                    ? " Outside this window: " + Digits.percent(m.referenceOutside()) + " of p, "
                            + Digits.percent(m.approximationOutside()) + " of q."
                    : "";
            return "Histogram of the draws; the region is shaded." + outside;
        }
        RegionPicture.Pair pair = (RegionPicture.Pair) picture;
        String others = pair.others() == 0
                ? ""
                : " " + Words.plural(pair.others(), "more parameter")
                        + (pair.others() == 1 ? " decides" : " decide")
                        + " too; shown are the two in which the region stands out most.";
        return "Draws, thinned; those in the region are drawn strongly and thinned less: compare masses by the numbers, not by"
                + " counting points." + others;
    }

    /** Mass curves of a ball, then the ratio. */
    static List<Chart.Plot> ball(BallCurve curve, int index) {
        String id = "ball-" + (index + 1);
        String name = Words.ball(curve.centre());
        return List.of(
                new Chart.Plot(
                        id + "-mass",
                        "Mass of balls, " + name,
                        "Mass of the ball under p and q over its radius, both axes logarithmic, with intervals",
                        Chart.Axis.log("radius"),
                        Chart.Axis.log("mass"),
                        List.of(
                                masses(P, Chart.Role.REFERENCE, curve.radii(), curve.reference()),
                                masses(Q, Chart.Role.APPROXIMATION, curve.radii(), curve.approximation())),
                        List.of(),
                        List.of()),
                new Chart.Plot(
                        id + "-slope",
                        "Slope of the mass curves, " + name,
                        "Finite-radius slope between neighbouring radii: d log mass / d log radius, under p and q",
                        Chart.Axis.log("radius"),
                        Chart.Axis.linear("slope"),
                        List.of(
                                slopes(P, Chart.Role.REFERENCE, curve.radii(), curve.reference()),
                                slopes(Q, Chart.Role.APPROXIMATION, curve.radii(), curve.approximation())),
                        List.of(),
                        List.of()));
    }

    private static Chart.Series masses(String name, Chart.Role role, List<Double> radii, List<MassEstimate> masses) {
        return new Chart.Series(
                name,
                role,
                Chart.Form.LINE,
                radii,
                masses.stream().map(m -> m.estimate()).toList(),
                masses.stream().map(m -> m.lower()).toList(),
                masses.stream().map(m -> m.upper()).toList());
    }

    private static Chart.Series slopes(String name, Chart.Role role, List<Double> radii, List<MassEstimate> masses) {
        List<Double> x = new ArrayList<>();
        List<Double> y = new ArrayList<>();
        for (int i = 1; i < radii.size(); i++) {
            x.add(Math.sqrt(radii.get(i - 1) * radii.get(i)));
            y.add(slope(radii, masses, i));
        }
        return Chart.Series.of(name, role, Chart.Form.LINE, x, y);
    }

    /** Slope in log-log axes between radius i-1 and i; NaN where a mass is zero. */
    static double slope(List<Double> radii, List<MassEstimate> masses, int i) {
        double low = masses.get(i - 1).estimate();
        double high = masses.get(i).estimate();
        return low > 0 && high > 0 ? Math.log(high / low) / Math.log(radii.get(i) / radii.get(i - 1)) : Double.NaN;
    }
}
