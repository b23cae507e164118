package org.localmass.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.IChart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws a {@link Chart} with XChart, black on white: for papers, and for readers without JavaScript. */
final class StaticFigure {
    private static final int WIDTH = 760;
    private static final int HEIGHT = 360;
    private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
    private static final Color INK = new Color(0x1b1f24);
    private static final Color SOFT = new Color(0x8a929c);
    private static final Color GRID = new Color(0xd5dae1);
    private static final Color SHADE = new Color(0xb3, 0x47, 0x00, 40);
    /** A log axis does not show less than this share of its largest value. */
    private static final double DEEPEST = 1e-12;

    private final int width;
    private final int height;
    private final IChart chart;

    private StaticFigure(int width, int height, IChart chart) {
        this.width = width;
        this.height = height;
        this.chart = chart;
    }

    static StaticFigure of(Chart chart) {
        if (chart instanceof Chart.Grid grid) {
            int height = 130 + 22 * grid.rows().size();
            return new StaticFigure(WIDTH, height, heatMap(grid, height));
        }
        Chart.Plot plot = (Chart.Plot) chart;
        int height = plot.rows().isEmpty() ? HEIGHT : 90 + 44 * plot.rows().size();
        return new StaticFigure(WIDTH, height, plane(plot, height));
    }

    /**
     * The figure as the address of an image that needs no file; empty where this Java cannot draw text, as in a container
     * without fonts.
     */
    static Optional<String> dataUri(Chart chart) {
        try {
            byte[] bytes = of(chart).svg().getBytes(StandardCharsets.UTF_8);
            return Optional.of(
                    "data:image/svg+xml;base64," + Base64.getEncoder().encodeToString(bytes));
        } catch (IOException | RuntimeException | InternalError | LinkageError e) {
            return Optional.empty();
        }
    }

    /** Writes the figure in a format. The stream stays open. */
    void write(FigureFormat format, OutputStream out) throws IOException {
        picture().write(format, out);
    }

    /** The figure as an SVG document. */
    String svg() throws IOException {
        return picture().svg();
    }

    private Picture picture() {
        return new Picture(width, height, 2, graphics -> chart.paint(graphics, width, height));
    }

    private static XYChart plane(Chart.Plot plot, int height) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(height)
                .title(Words.safe(Lines.shorten(plot.title(), 90)))
                .xAxisTitle(Words.safe(plot.x().label()))
                .yAxisTitle(Words.safe(plot.y().label()))
                .build();
        style(chart.getStyler());
        AxesChartStyler styler = chart.getStyler();
        chart.getStyler()
                .setXAxisLogarithmic(plot.x().log())
                .setYAxisLogarithmic(plot.y().log());
        if (plot.x().log()) {
            styler.setXAxisTickLabelsFormattingFunction(Digits::number);
        }
        if (plot.y().log()) {
            styler.setYAxisTickLabelsFormattingFunction(Digits::number);
        }
        Window window = Window.of(plot);
        styler.setXAxisMin(window.left).setXAxisMax(window.right);
        styler.setYAxisMin(window.bottom).setYAxisMax(window.top);
        if (!plot.rows().isEmpty()) {
            styler.setYAxisTicksVisible(false)
                    .setYAxisTitleVisible(false)
                    .setPlotGridHorizontalLinesVisible(false)
                    .setLegendVisible(false);
        }
        for (Chart.Shade shade : plot.shades()) {
            double from = Math.max(window.left, shade.from());
            double to = Math.min(window.right, shade.to());
            if (from < to) {
                XYSeries box = chart.addSeries(
                        name(chart, "region"), new double[] {from, to}, new double[] {window.top, window.top});
                box.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Area);
                box.setFillColor(SHADE);
                box.setLineColor(SHADE);
                box.setMarker(SeriesMarkers.NONE);
            }
        }
        Set<String> named = new HashSet<>();
        for (Chart.Series series : plot.series()) {
            add(chart, series, window, named, plot);
        }
        if (window.left < 1 && window.right > 1 && !plot.rows().isEmpty()) {
            line(chart, new double[] {1, 1}, new double[] {window.bottom, window.top}, SOFT, 1.5f, false);
        }
        return chart;
    }

    private static void style(AxesChartStyler styler) {
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setPlotBackgroundColor(Color.WHITE)
                .setPlotBorderColor(GRID)
                .setChartFontColor(INK)
                .setBaseFont(FONT)
                .setChartTitleFont(FONT.deriveFont(Font.BOLD, 13f))
                .setLegendFont(FONT)
                .setLegendPosition(Styler.LegendPosition.OutsideS)
                .setLegendLayout(Styler.LegendLayout.Horizontal)
                .setLegendBorderColor(Color.WHITE)
                .setAnnotationTextFont(FONT)
                .setAnnotationTextFontColor(INK)
                .setLocale(Locale.ROOT);
        styler.setAxisTickLabelsFont(FONT)
                .setAxisTitleFont(FONT)
                .setPlotGridLinesColor(GRID)
                .setPlotGridLinesStroke(new BasicStroke(0.7f))
                .setAxisTickMarksColor(SOFT)
                .setPlotMargin(0);
    }

    private static void add(XYChart chart, Chart.Series series, Window window, Set<String> named, Chart.Plot plot) {
        Color colour = colour(series.role());
        boolean first = named.add(series.name()) && plot.rows().isEmpty();
        switch (series.form()) {
            case STEPS -> {
                int bins = series.y().size();
                double[] x = new double[2 * bins + 2];
                double[] y = new double[2 * bins + 2];
                for (int k = 0; k < bins; k++) {
                    x[2 * k + 1] = series.x().get(k);
                    x[2 * k + 2] = series.x().get(k + 1);
                    y[2 * k + 1] = series.y().get(k);
                    y[2 * k + 2] = series.y().get(k);
                }
                x[0] = series.x().get(0);
                x[2 * bins + 1] = series.x().get(bins);
                curve(chart, series.name(), x, y, colour, 1.8f, first);
            }
            case LINE -> {
                curve(chart, series.name(), array(series.x()), window.drawn(series.y()), colour, 2f, first);
                if (!series.low().isEmpty()) {
                    curve(chart, "", array(series.x()), window.inside(series.low()), colour, 0.8f, false);
                    curve(chart, "", array(series.x()), window.inside(series.high()), colour, 0.8f, false);
                }
            }
            case POINTS, FAINT_POINTS -> {
                if (series.x().isEmpty()) {
                    return;
                }
                boolean faint = series.form() == Chart.Form.FAINT_POINTS;
                XYSeries points = chart.addSeries(name(chart, series.name()), array(series.x()), array(series.y()));
                points.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
                points.setMarker(series.role() == Chart.Role.REFERENCE ? SeriesMarkers.CIRCLE : SeriesMarkers.DIAMOND);
                points.setMarkerColor(
                        faint ? new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), 70) : colour);
                points.setShowInLegend(first);
            }
            case INTERVALS -> interval(chart, series, window, colour, plot);
        }
    }

    private static void interval(XYChart chart, Chart.Series series, Window window, Color colour, Chart.Plot plot) {
        double row = plot.rows().size() - series.y().get(0);
        double low = series.low().get(0);
        double high = series.high().get(0);
        if (!Double.isNaN(low) && !Double.isNaN(high)) {
            double[] ends = {
                Math.min(window.right, Math.max(window.left, low)), Math.max(window.left, Math.min(window.right, high))
            };
            line(chart, ends, new double[] {row - 0.15, row - 0.15}, colour, 3f, false);
        }
        double estimate = series.x().get(0);
        if (estimate >= window.left && estimate <= window.right) {
            XYSeries mark =
                    chart.addSeries(name(chart, series.name()), new double[] {estimate}, new double[] {row - 0.15});
            mark.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
            mark.setMarker(series.role() == Chart.Role.OVER ? SeriesMarkers.DIAMOND : SeriesMarkers.CIRCLE);
            mark.setMarkerColor(colour);
        }
        String label =
                Words.safe(Lines.shorten(plot.rows().get(series.y().get(0).intValue()), 80));
        double middle = Math.sqrt(window.left * window.right);
        chart.addAnnotation(new AnnotationText(label, middle, row + 0.25, false));
    }

    private static void curve(
            XYChart chart, String name, double[] x, double[] y, Color colour, float stroke, boolean legend) {
        if (x.length == 0) {
            return;
        }
        XYSeries series = chart.addSeries(name(chart, name), x, y);
        series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Line);
        series.setLineColor(colour);
        series.setLineStyle(new BasicStroke(stroke));
        series.setMarker(SeriesMarkers.NONE);
        series.setShowInLegend(legend);
    }

    private static void line(XYChart chart, double[] x, double[] y, Color colour, float stroke, boolean legend) {
        curve(chart, "", x, y, colour, stroke, legend);
    }

    /** A name that the chart does not have yet. */
    private static String name(XYChart chart, String wanted) {
        String name = wanted.isEmpty() ? "-" : Words.safe(wanted);
        String free = name;
        for (int n = 2; chart.getSeries(free) != null; n++) {
            free = name + " " + n;
        }
        return free;
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static Color colour(Chart.Role role) {
        return switch (role) {
            case REFERENCE -> new Color(0x3b4451);
            case APPROXIMATION -> new Color(0xa3338a);
            case UNDER -> new Color(0x00609c);
            case OVER -> new Color(0xb34700);
            case AGREES, OPEN -> new Color(0x59626e);
        };
    }

    /** The part of the plane that is shown; finite, and positive where an axis is logarithmic. */
    private record Window(double left, double right, double bottom, double top, boolean logY) {
        static Window of(Chart.Plot plot) {
            List<Double> xs = new ArrayList<>();
            List<Double> ys = new ArrayList<>();
            for (Chart.Series series : plot.series()) {
                xs.addAll(series.x());
                if (plot.rows().isEmpty()) {
                    ys.addAll(series.y());
                    ys.addAll(series.low());
                    ys.addAll(series.high());
                } else {
                    xs.addAll(series.low());
                    xs.addAll(series.high());
                }
            }
            double[] x = ends(plot.x(), xs);
            double[] y = plot.rows().isEmpty()
                    ? ends(plot.y(), ys)
                    : new double[] {0.4, plot.rows().size() + 0.8};
            if (!plot.rows().isEmpty()) {
                x[0] = Math.max(1e-4, Math.min(x[0] / 1.3, 0.15));
                x[1] = Math.min(1e4, Math.max(x[1] * 1.3, 7));
            }
            boolean steps = plot.series().stream().anyMatch(s -> s.form() == Chart.Form.STEPS);
            if (steps) {
                y[0] = 0;
                y[1] *= 1.05;
            }
            return new Window(x[0], x[1], y[0], y[1], plot.y().log());
        }

        private static double[] ends(Chart.Axis axis, List<Double> values) {
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (double v : values) {
                if (Double.isFinite(v) && (!axis.log() || v > 0)) {
                    low = Math.min(low, v);
                    high = Math.max(high, v);
                }
            }
            if (axis.log()) {
                low = Math.max(low, high * DEEPEST);
            }
            if (!Double.isNaN(axis.from())) {
                low = axis.from();
                high = axis.to();
            }
            if (!(low < high)) {
                boolean none = !Double.isFinite(low) || !Double.isFinite(high);
                double at = none ? 1 : low;
                low = axis.log() ? at / 2 : at - 1;
                high = axis.log() ? at * 2 : at + 1;
            }
            return new double[] {low, high};
        }

        /** Values; a gap where a logarithm does not exist. */
        double[] drawn(List<Double> values) {
            return values.stream()
                    .mapToDouble(v -> logY && !(v > 0) ? Double.NaN : v)
                    .toArray();
        }

        /** Values moved into the window; NaN stays a gap. */
        double[] inside(List<Double> values) {
            return values.stream()
                    .mapToDouble(v -> Double.isNaN(v) ? Double.NaN : Math.max(bottom, Math.min(top, v)))
                    .toArray();
        }
    }

    private static HeatMapChart heatMap(Chart.Grid grid, int height) {
        HeatMapChart chart = new HeatMapChartBuilder()
                .width(WIDTH)
                .height(height)
                .title(Words.safe(grid.title()))
                .xAxisTitle("percentiles of p")
                .build();
        style(chart.getStyler());
        Function<Double, String> digits = Digits::number;
        chart.getStyler()
                .setRangeColors(new Color[] {
                    new Color(0x00, 0x60, 0x9c), new Color(0xf2, 0xf3, 0xf5), new Color(0xb3, 0x47, 0x00)
                })
                .setMin(-1.5)
                .setMax(1.5)
                .setDrawBorder(true)
                .setHeatMapDecimalValueFormatter(digits);
        chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideS);
        chart.getStyler().setYAxisTickMarkSpacingHint(10).setXAxisTickMarkSpacingHint(30);
        int rows = grid.rows().size();
        List<String> labels = new ArrayList<>();
        List<Number[]> cells = new ArrayList<>();
        for (int i = rows - 1; i >= 0; i--) {
            labels.add(Words.safe(Lines.shorten(grid.rows().get(i), 24)));
        }
        for (int i = rows - 1; i >= 0; i--) {
            for (int k = 0; k < grid.columns().size(); k++) {
                double value = grid.values().get(i).get(k);
                if (!Double.isNaN(value)) {
                    cells.add(new Number[] {k, rows - 1 - i, Math.max(-1.5, Math.min(1.5, value))});
                }
            }
        }
        if (cells.isEmpty()) {
            cells.add(new Number[] {0, 0, 0.0});
        }
        chart.addSeries("log10 q/p", grid.columns(), labels, cells);
        return chart;
    }
}
