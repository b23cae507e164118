package org.localmass.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.localmass.check.Verdict;

/** What the HTML pages share: head, style sheet, tables. A page loads nothing and runs nothing. */
final class Page {
    private static final String POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

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
                .style(css())
                .close()
                .open("body");
    }

    /** The class of a verdict in the style sheet. */
    static String look(Verdict verdict) {
        return "verdict " + verdict.label();
    }

    /** A cell: its text, which may be code, and smaller lines below it. */
    record Cell(String text, List<String> details, boolean code) {
        static Cell of(String text, String... details) {
            return new Cell(text, Stream.of(details).filter(d -> !d.isEmpty()).toList(), false);
        }

        static Cell of(String text, List<String> details) {
            return new Cell(text, List.copyOf(details), false);
        }

        static Cell code(String text) {
            return new Cell(text, List.of(), true);
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
        page.open("span", "class", "value");
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

    private static String css() {
        try (InputStream in = Page.class.getResourceAsStream("page.css")) {
            if (in == null) {
                throw new IllegalStateException("resource page.css is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
