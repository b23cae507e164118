package org.localmass.report;

/** Markdown as GitHub reads it, from text that may hold anything. */
final class Markdown {
    private static final String SPECIAL = "\\`*_{}[]<>#|~!$&";

    private Markdown() {}

    /** Running text: what would be markup is escaped, and a name does not call a person. */
    static String text(String text) {
        StringBuilder escaped = new StringBuilder();
        String clean = Words.safe(text);
        for (int i = 0; i < clean.length(); i++) {
            char c = clean.charAt(i);
            if (SPECIAL.indexOf(c) >= 0) {
                escaped.append('\\');
            }
            escaped.append(c);
            if (c == '@') {
                escaped.append("<!-- -->");
            }
        }
        return escaped.toString();
    }

    /** Code that stands in a table cell. */
    static String code(String text) {
        String clean = Words.safe(text);
        int run = 0;
        int longest = 0;
        for (int i = 0; i < clean.length(); i++) {
            run = clean.charAt(i) == '`' ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        String fence = "`".repeat(longest + 1);
        String pad = clean.startsWith("`") || clean.endsWith("`") ? " " : "";
        return fence + pad + clean.replace("|", "\\|") + pad + fence;
    }

    /** A table row. */
    static String row(String... cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }
}
