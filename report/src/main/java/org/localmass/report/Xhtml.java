package org.localmass.report;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/**
 * Markup that browsers read as HTML and parsers as XML. Every text and attribute is escaped; tags always match. A number stays
 * with its percent sign.
 */
final class Xhtml {
    private static final Set<String> VOID =
            Set.of("meta", "link", "br", "hr", "img", "input", "line", "circle", "rect", "path", "ellipse");

    private static final Set<String> INLINE = Set.of("a", "code", "span", "strong");

    private final StringBuilder out = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();

    /** A new page up to {@code <html lang="en">}. */
    static Xhtml page() {
        Xhtml page = new Xhtml();
        page.out.append("<!DOCTYPE html>\n");
        return page.open("html", "xmlns", "http://www.w3.org/1999/xhtml", "lang", "en", "xml:lang", "en");
    }

    /** Opens an element; the attributes are names and values by turns. */
    Xhtml open(String tag, String... attributes) {
        start(tag, attributes);
        open.push(tag);
        return this;
    }

    /** Closes the element that was opened last. */
    Xhtml close() {
        out.append("</").append(open.pop()).append(">\n");
        return this;
    }

    /** Closes elements until {@code count} have been closed. */
    Xhtml close(int count) {
        for (int i = 0; i < count; i++) {
            close();
        }
        return this;
    }

    /** An element that holds text. */
    Xhtml leaf(String tag, String text, String... attributes) {
        start(tag, attributes);
        text(text);
        out.append("</").append(tag).append(INLINE.contains(tag) ? ">" : ">\n");
        return this;
    }

    /** An element without content. */
    Xhtml empty(String tag, String... attributes) {
        start(tag, attributes);
        if (VOID.contains(tag)) {
            out.insert(out.length() - 1, " /");
        } else {
            out.append("</").append(tag).append('>');
        }
        out.append('\n');
        return this;
    }

    Xhtml text(String text) {
        escape(text);
        return this;
    }

    /** The style sheet, which is ours and holds no markup. */
    Xhtml style(String css) {
        out.append("<style>\n").append(css).append("</style>\n");
        return this;
    }

    /**
     * A script, whose text must be covered by the page's policy. To a parser of XML it is character data.
     *
     * @throws IllegalArgumentException if the text could end the element
     */
    Xhtml script(String text) {
        String lower = text.toLowerCase(java.util.Locale.ROOT);
        if (lower.contains("</script") || text.contains("]]>") || lower.contains("<!--")) {
            throw new IllegalArgumentException("text must not hold </script, ]]> or <!--");
        }
        out.append("<script>").append(scriptText(text)).append("</script>\n");
        return this;
    }

    /** What a script element holds, for the hash in the page's policy. */
    static String scriptText(String text) {
        return "//<![CDATA[\n" + text + "\n//]]>";
    }

    /** JSON for the script to read; it must hold no character that markup gives a meaning. */
    Xhtml json(String id, String json) {
        if (json.indexOf('<') >= 0 || json.indexOf('>') >= 0 || json.indexOf('&') >= 0) {
            throw new IllegalArgumentException("json must hold none of <, > and &");
        }
        out.append("<script type=\"application/json\" id=\"")
                .append(id)
                .append("\">")
                .append(json)
                .append("</script>\n");
        return this;
    }

    private void start(String tag, String... attributes) {
        out.append('<').append(tag);
        for (int i = 0; i + 1 < attributes.length; i += 2) {
            out.append(' ').append(attributes[i]).append("=\"");
            escape(attributes[i + 1]);
            out.append('"');
        }
        out.append('>');
    }

    private void escape(String text) {
        String clean = Words.safe(text).replace(" %", "\u00a0%");
        for (int i = 0; i < clean.length(); i++) {
            char c = clean.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(c);
            }
        }
    }

    /** The page; every element must be closed. */
    @Override
    public String toString() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("element " + open.peek() + " is open");
        }
        return out.toString();
    }
}
