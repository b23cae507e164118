package org.localmass.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/**
 * Charts as JSON for the page: five significant digits, null for what is not finite, no character that could end a script
 * element.
 */
final class ChartJson {
    private static final MathContext FIVE = new MathContext(5);

    private final StringBuilder out = new StringBuilder();

    /** A list of charts. */
    static String of(List<? extends Chart> charts) {
        ChartJson json = new ChartJson();
        json.out.append('[');
        for (int i = 0; i < charts.size(); i++) {
            json.out.append(i == 0 ? "" : ",\n");
            if (charts.get(i) instanceof Chart.Plot plot) {
                json.plot(plot);
            } else {
                throw new IllegalArgumentException(
                        "chart must be a plot, was " + charts.get(i).id());
            }
        }
        return json.out.append(']').toString();
    }

    private void plot(Chart.Plot plot) {
        out.append("{\"id\":");
        text(plot.id());
        out.append(",\"x\":");
        axis(plot.x());
        out.append(",\"y\":");
        axis(plot.y());
        out.append(",\"series\":[");
        for (int i = 0; i < plot.series().size(); i++) {
            Chart.Series series = plot.series().get(i);
            out.append(i == 0 ? "" : ",").append("{\"name\":");
            text(series.name());
            out.append(",\"role\":\"").append(series.role().label());
            out.append("\",\"form\":\"").append(series.form().label()).append('"');
            member("x", series.x());
            member("y", series.y());
            if (!series.low().isEmpty()) {
                member("low", series.low());
                member("high", series.high());
            }
            out.append('}');
        }
        out.append("],\"shades\":[");
        for (int i = 0; i < plot.shades().size(); i++) {
            out.append(i == 0 ? "[" : ",[");
            number(plot.shades().get(i).from());
            out.append(',');
            number(plot.shades().get(i).to());
            out.append(']');
        }
        out.append("]}");
    }

    private void axis(Chart.Axis axis) {
        out.append("{\"label\":");
        text(axis.label());
        out.append(",\"log\":").append(axis.log()).append(",\"from\":");
        number(axis.from());
        out.append(",\"to\":");
        number(axis.to());
        out.append('}');
    }

    private void member(String name, List<Double> values) {
        out.append(",\"").append(name).append("\":[");
        for (int i = 0; i < values.size(); i++) {
            out.append(i == 0 ? "" : ",");
            number(values.get(i));
        }
        out.append(']');
    }

    private void number(double x) {
        if (!Double.isFinite(x)) {
            out.append("null");
        } else if (x == 0) {
            out.append('0');
        } else if (x == Math.rint(x) && Math.abs(x) < 1e5) {
            out.append((long) x);
        } else {
            out.append(new BigDecimal(x).round(FIVE).stripTrailingZeros());
        }
    }

    private void text(String text) {
        quote(Words.safe(text), out);
    }

    /** A JSON string that may stand in a script element of HTML and of XML. */
    static void quote(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < 0x20 || c == '<' || c == '>' || c == '&' || c == '\'' || c > 0x7e) {
                out.append("\\u");
                String hex = Integer.toHexString(c);
                out.append("0".repeat(4 - hex.length())).append(hex);
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
