package org.localmass.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.localmass.check.Verdict;

/**
 * What the HTML pages share: head, style sheet, scripts, tables, figures. A page loads nothing, and runs only the two
 * scripts that it carries, uPlot and {@code page.js}, which its policy names by their hashes.
 */
final class Page {
    private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";
    private static final String CHARTS = resource(UPLOT + "uPlot.iife.min.js");
    private static final String BEHAVIOUR = resource("page.js");
    private static final String STYLE = resource(UPLOT + "uPlot.min.css") + "\n" + resource("page.css");
    private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src "
            + hash(CHARTS) + " " + hash(BEHAVIOUR) + "; base-uri 'none'; form-action 'none'";

    private Page() {}

    /** A page whose head is complete and whose body is open. */
    static Xhtml open(String title) {
        return Xhtml.page()
                .open("head")
                .empty("meta", "charset", "utf-8")
                .empty("meta", "http-equiv", "Content-Security-Policy", "content", POLICY)
                .empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
                .empty("meta", "name", "color-scheme", "content", "light dark")
                .empty("meta", "name", "referrer", "content", "no-referrer")
                .leaf("title", title)
                .style(STYLE)
                .open("noscript")
                .style(".plot, .readout, .script { display: none; }\n")
                .close(2)
                .open("body");
    }

    /** The class of a verdict in the style sheet. */
    static String look(Verdict verdict) {
        return "verdict " + verdict.label();
    }

    /** A cell: its text, which may be code, and smaller lines below it. */
    record Cell(String text, List<String> details, boolean code, String look) {
        static Cell of(String text, String... details) {
            return new Cell(text, Stream.of(details).filter(d -> !d.isEmpty()).toList(), false, "");
        }

        static Cell of(String text, List<String> details) {
            return new Cell(text, List.copyOf(details), false, "");
        }

        static Cell code(String text) {
            return new Cell(text, List.of(), true, "");
        }

        /** The cell with a class of the style sheet, such as a colour. */
        Cell looking(String value) {
            return new Cell(text, details, code, value);
        }
    }

    /** A table that scrolls in a box of its own, and becomes a list of cards on a narrow screen; the first cell heads its row. */
    static void table(Xhtml page, String caption, List<String> header, List<List<Cell>> rows) {
        page.open("div", "class", "scroll", "role", "region", "aria-label", caption, "tabindex", "0");
        page.open("table", "role", "table", "class", "cards");
        page.leaf("caption", caption);
        page.open("thead", "role", "rowgroup").open("tr", "role", "row");
        header.forEach(h -> page.leaf("th", h, "scope", "col", "role", "columnheader"));
        page.close(2).open("tbody", "role", "rowgroup");
        for (List<Cell> row : rows) {
            page.open("tr", "role", "row");
            for (int i = 0; i < row.size(); i++) {
                if (i == 0) {
                    page.open("th", "scope", "row", "role", "rowheader");
                } else {
                    page.open("td", "role", "cell", "data-label", header.get(i));
                }
                cell(page, row.get(i));
                page.close();
            }
            page.close();
        }
        page.close(3);
    }

    private static void cell(Xhtml page, Cell cell) {
        page.open("span", "class", cell.look().isEmpty() ? "value" : "value swab " + cell.look());
        if (cell.code()) {
            page.leaf("code", cell.text());
        } else {
            page.text(cell.text());
        }
        cell.details().forEach(d -> page.leaf("small", d));
        page.close();
    }

    static void list(Xhtml page, List<String> items) {
        page.open("ul");
        items.forEach(i -> page.leaf("li", i));
        page.close();
    }

    /** The box in which the script draws a chart, its legend and, without the script, the still figure, if given. */
    static void figure(Xhtml page, Chart.Plot plot, String caption, Optional<String> still) {
        page.open("figure", "class", "chart");
        page.empty("div", "class", "plot", "data-chart", plot.id(), "role", "img", "aria-label", plot.description());
        page.leaf("p", "\u00a0", "class", "readout", "aria-hidden", "true");
        still.ifPresent(uri -> page.open("noscript")
                .empty("img", "src", uri, "alt", plot.description())
                .close());
        page.open("figcaption");
        Set<String> named = new HashSet<>();
        for (Chart.Series series : plot.series()) {
            String name = series.role().label();
            if (named.add(name)) {
                page.open("span", "class", "key");
                boolean points = series.form() == Chart.Form.POINTS || series.form() == Chart.Form.FAINT_POINTS;
                page.leaf("span", "", "class", (points ? "ink dot " : "ink ") + name, "aria-hidden", "true");
                page.text(series.name()).close();
            }
        }
        page.text(" " + caption).close(2);
    }

    /** Ends the body: the data of the charts, the scripts, the footer's end. */
    static String close(Xhtml page, List<? extends Chart> charts) {
        page.json("charts", ChartJson.of(charts));
        page.script(CHARTS).script(BEHAVIOUR);
        return page.close(2).toString();
    }

    private static String resource(String name) {
        try (InputStream in = Page.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("resource " + name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(String script) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(Xhtml.scriptText(script).getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
