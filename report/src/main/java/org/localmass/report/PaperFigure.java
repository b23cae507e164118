package org.localmass.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * A figure for one column of a paper, 3.35 inches wide: panels side by side, one legend below, text of 6 to 7 points, the
 * colours of Okabe and Ito, which colour-blind readers tell apart, and dashes besides.
 *
 * @param panels one or two, from left to right
 */
public record PaperFigure(List<Panel> panels) {
    /** Width in points: 3.35 inches. */
    public static final int WIDTH = 241;

    private static final int PANEL_HEIGHT = 112;
    private static final int LEGEND_LINE = 9;
    private static final double DOTS = 600 / 72.0;
    private static final Font SMALL = new Font(Font.SANS_SERIF, Font.PLAIN, 6);
    private static final Font LABEL = new Font(Font.SANS_SERIF, Font.PLAIN, 7);
    private static final Color GRID = new Color(0xe3e6ea);
    private static final Color FRAME = new Color(0x59626e);
    private static final Color[] COLOURS = {
        new Color(0x000000),
        new Color(0xd55e00),
        new Color(0x0072b2),
        new Color(0x009e73),
        new Color(0xcc79a7),
        new Color(0xe69f00),
        new Color(0x56b4e9)
    };
    private static final float STROKE = 0.9f;
    private static final float[] DASHES = {3f, 1.6f};
    /** Points along a dashed curve, drawn in stretches of {@link #DASH} of every {@link #PERIOD}. */
    private static final int DASHED_POINTS = 180;

    private static final int PERIOD = 9;
    private static final int DASH = 6;
    /** Labels that an axis has room for; of more decades every second or third one is labelled. */
    private static final double LABELS_ACROSS = 4.5;

    private static final double LABELS_UP = 7;

    public PaperFigure {
        panels = List.copyOf(panels);
        if (panels.isEmpty() || panels.size() > 2) {
            throw new IllegalArgumentException("panels must number 1 or 2, was " + panels.size());
        }
    }

    /**
     * One panel.
     *
     * @param title  above it
     * @param xLabel of the horizontal axis
     * @param yLabel of the vertical axis
     * @param logX   whether the horizontal axis is logarithmic
     * @param logY   whether the vertical axis is logarithmic
     * @param curves what is drawn; curves of one name share colour and legend over the panels
     */
    public record Panel(String title, String xLabel, String yLabel, boolean logX, boolean logY, List<Curve> curves) {
        public Panel {
            curves = List.copyOf(curves);
        }
    }

    /**
     * A curve.
     *
     * @param name   in the legend
     * @param x      values
     * @param y      values; NaN where there is a gap
     * @param dashed whether it is drawn dashed
     */
    public record Curve(String name, double[] x, double[] y, boolean dashed) {}

    /** Writes the figure in a format. The stream stays open. */
    public void write(FigureFormat format, OutputStream out) throws IOException {
        picture().write(format, out);
    }

    /** The figure as an SVG document. */
    public String svg() throws IOException {
        return picture().svg();
    }

    private Picture picture() {
        Map<String, Style> styles = new LinkedHashMap<>();
        for (Panel panel : panels) {
            for (Curve curve : panel.curves) {
                styles.computeIfAbsent(
                        curve.name, name -> new Style(COLOURS[styles.size() % COLOURS.length], curve.dashed));
            }
        }
        int lines = legendLines(styles);
        int height = PANEL_HEIGHT + lines * LEGEND_LINE + 3;
        return new Picture(WIDTH, height, DOTS, graphics -> paint(graphics, styles, height));
    }

    private record Style(Color colour, boolean dashed) {
        BasicStroke stroke() {
            return dashed
                    ? new BasicStroke(STROKE, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10f, DASHES, 0f)
                    : new BasicStroke(STROKE, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND);
        }
    }

    /** Width of a name at the size of the legend, from the average width of its letters: the same on every machine. */
    private static double entryWidth(String name) {
        return 18 + 3.3 * name.length();
    }

    private static int legendLines(Map<String, Style> styles) {
        if (styles.size() < 2) {
            return 0;
        }
        int lines = 1;
        double x = 4;
        for (String name : styles.keySet()) {
            if (x > 4 && x + entryWidth(name) > WIDTH) {
                lines++;
                x = 4;
            }
            x += entryWidth(name);
        }
        return lines;
    }

    private void paint(Graphics2D graphics, Map<String, Style> styles, int height) {
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, WIDTH, height);
        int width = WIDTH / panels.size();
        for (int i = 0; i < panels.size(); i++) {
            Graphics2D part = (Graphics2D) graphics.create(i * width, 0, width, PANEL_HEIGHT);
            chart(panels.get(i), styles, width).paint(part, width, PANEL_HEIGHT);
            part.dispose();
        }
        if (styles.size() < 2) {
            return;
        }
        graphics.setFont(SMALL);
        FontMetrics metrics = graphics.getFontMetrics();
        double x = 4;
        double y = PANEL_HEIGHT + 6;
        for (Map.Entry<String, Style> entry : styles.entrySet()) {
            double wide = entryWidth(entry.getKey());
            if (x > 4 && x + wide > WIDTH) {
                x = 4;
                y += LEGEND_LINE;
            }
            graphics.setColor(entry.getValue().colour);
            graphics.setStroke(entry.getValue().stroke());
            graphics.draw(new Line2D.Double(x, y, x + 11, y));
            graphics.setColor(Color.BLACK);
            graphics.drawString(entry.getKey(), (float) (x + 13), (float) (y + 0.35 * metrics.getAscent()));
            x += wide;
        }
    }

    private static XYChart chart(Panel panel, Map<String, Style> styles, int width) {
        XYChart chart = new XYChartBuilder()
                .width(width)
                .height(PANEL_HEIGHT)
                .title(panel.title)
                .xAxisTitle(panel.xLabel)
                .yAxisTitle(panel.yLabel)
                .build();
        XYStyler styler = chart.getStyler();
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setPlotBackgroundColor(Color.WHITE)
                .setPlotBorderVisible(false)
                .setChartFontColor(Color.BLACK)
                .setBaseFont(SMALL)
                .setChartTitleFont(LABEL.deriveFont(Font.BOLD))
                .setChartTitlePadding(1)
                .setChartPadding(2)
                .setLegendVisible(false)
                .setLocale(Locale.ROOT);
        styler.setAxisTickLabelsFont(SMALL)
                .setAxisTitleFont(LABEL)
                .setAxisTitlePadding(3)
                .setAxisTickPadding(2)
                .setYAxisLabelAlignment(AxesChartStyler.TextAlignment.Right)
                .setAxisTickMarkLength(2)
                .setAxisTickMarksStroke(new BasicStroke(0.4f))
                .setAxisTickMarksColor(FRAME)
                .setPlotGridLinesColor(GRID)
                .setPlotGridLinesStroke(new BasicStroke(0.4f))
                .setXAxisTickMarkSpacingHint(24)
                .setYAxisTickMarkSpacingHint(14)
                .setPlotMargin(0);
        styler.setXAxisLogarithmic(panel.logX).setYAxisLogarithmic(panel.logY);
        if (panel.logX) {
            int every = every(panel.curves.stream().map(Curve::x).toList(), LABELS_ACROSS);
            styler.setXAxisTickLabelsFormattingFunction(value -> tick(value, every));
        }
        if (panel.logY) {
            int every = every(panel.curves.stream().map(Curve::y).toList(), LABELS_UP);
            styler.setYAxisTickLabelsFormattingFunction(value -> tick(value, every));
        }
        int count = 0;
        for (Curve curve : panel.curves) {
            Curve drawn = curve.dashed ? dashes(curve, panel) : curve;
            double[] y = drawn.y.clone();
            for (int k = 0; k < y.length; k++) {
                boolean shown = Double.isFinite(y[k]) && (!panel.logY || y[k] > 0);
                y[k] = shown ? y[k] : Double.NaN;
            }
            XYSeries series = chart.addSeries(curve.name + '\u200b' + count++, drawn.x, y);
            Style style = styles.getOrDefault(curve.name, new Style(Color.BLACK, false));
            series.setMarker(SeriesMarkers.NONE);
            series.setLineColor(style.colour);
            series.setLineStyle(new Style(style.colour, false).stroke());
        }
        return chart;
    }

    /** The curve with gaps: XChart begins a dash pattern anew at each point. */
    private static Curve dashes(Curve curve, Panel panel) {
        double[] x = new double[DASHED_POINTS];
        double[] y = new double[DASHED_POINTS];
        double from = axis(curve.x[0], panel.logX);
        double to = axis(curve.x[curve.x.length - 1], panel.logX);
        int k = 0;
        for (int i = 0; i < DASHED_POINTS; i++) {
            double at = from + (to - from) * i / (DASHED_POINTS - 1.0);
            while (k + 2 < curve.x.length && axis(curve.x[k + 1], panel.logX) < at) {
                k++;
            }
            double left = axis(curve.x[k], panel.logX);
            double share = (at - left) / (axis(curve.x[k + 1], panel.logX) - left);
            double height = (1 - share) * axis(curve.y[k], panel.logY) + share * axis(curve.y[k + 1], panel.logY);
            x[i] = panel.logX ? Math.exp(at) : at;
            y[i] = i % PERIOD >= DASH ? Double.NaN : panel.logY ? Math.exp(height) : height;
        }
        return new Curve(curve.name, x, y, true);
    }

    private static double axis(double value, boolean log) {
        return log ? Math.log(value) : value;
    }

    /** Which decades are labelled: each one, or every second, third ... where there are many. */
    private static int every(List<double[]> values, double room) {
        double low = Double.POSITIVE_INFINITY;
        double high = 0;
        for (double[] list : values) {
            for (double v : list) {
                if (v > 0 && v < Double.POSITIVE_INFINITY) {
                    low = Math.min(low, v);
                    high = Math.max(high, v);
                }
            }
        }
        return (int) Math.max(1, Math.ceil(Math.log10(high / low) / room));
    }

    /** A power of ten as 1e-3, other numbers shortly. */
    private static String tick(double value, int every) {
        double power = Math.log10(value);
        if (Math.abs(power - Math.rint(power)) > 1e-9) {
            return Digits.number(value);
        }
        int exponent = (int) Math.rint(power);
        if (exponent % every != 0) {
            return " ";
        }
        return exponent >= -2 && exponent <= 2
                ? Digits.number(value).replaceAll("(\\.[0-9]*?[1-9])0+$|\\.0+$", "$1")
                : "1e" + exponent;
    }
}
