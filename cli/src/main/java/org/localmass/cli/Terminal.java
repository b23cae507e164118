package org.localmass.cli;

import java.nio.charset.Charset;
import java.util.Locale;
import org.localmass.report.TextStyle;

/** What the terminal can show. The launcher says which streams are terminals. */
final class Terminal {
    private Terminal() {}

    static TextStyle style() {
        boolean colour = Boolean.getBoolean("localmass.stdout.terminal") && System.getenv("NO_COLOR") == null;
        return (colour ? TextStyle.ansi() : TextStyle.plain()).withUnicode(unicode());
    }

    private static boolean unicode() {
        for (String name : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
            String value = System.getenv(name);
            if (value != null && !value.isEmpty()) {
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
