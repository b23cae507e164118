package org.localmass.cli;

import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Map;
import org.localmass.report.TextStyle;

/** What the terminal can show. The launcher says which streams are terminals. */
final class Terminal {
    private Terminal() {}

    static TextStyle style() {
        return style(Boolean.getBoolean("localmass.stdout.terminal"), System.getenv());
    }

    /** Colours only on a terminal that has them, and not where NO_COLOR says so; Unicode bars only in a UTF-8 locale. */
    static TextStyle style(boolean terminal, Map<String, String> environment) {
        boolean colour = terminal
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "").equals("dumb");
        return (colour ? TextStyle.ansi() : TextStyle.plain()).withUnicode(unicode(environment));
    }

    private static boolean unicode(Map<String, String> environment) {
        for (String name : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
            String value = environment.getOrDefault(name, "");
            if (!value.isEmpty()) {
                return value.toLowerCase(Locale.ROOT).replace("-", "").contains("utf8");
            }
        }
        return Charset.defaultCharset().name().startsWith("UTF");
    }

    /** Whether progress may be shown on standard error. */
    static boolean showsProgress() {
        return Boolean.getBoolean("localmass.stderr.terminal");
    }
}
