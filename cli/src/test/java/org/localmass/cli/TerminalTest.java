package org.localmass.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.localmass.report.TextStyle;

class TerminalTest {
    @ParameterizedTest
    @CsvSource({
        "true, '', xterm-256color, true",
        "false, '', xterm-256color, false",
        "true, 1, xterm-256color, false",
        "true, '', dumb, false"
    })
    void style_colours_onlyOnATerminalThatWantsThem(boolean terminal, String noColor, String term, boolean expected) {
        TextStyle style = Terminal.style(terminal, Map.of("NO_COLOR", noColor, "TERM", term, "LANG", "C.UTF-8"));
        assertEquals(expected, style.colour());
        assertTrue(style.unicode());
    }

    @ParameterizedTest
    @CsvSource({"C, C.UTF-8, false", "'', C.UTF-8, true", "de_DE.utf8, C, true", "'', C, false"})
    void style_unicode_asTheFirstLocaleSays(String lcAll, String lang, boolean expected) {
        assertEquals(
                expected,
                Terminal.style(true, Map.of("LC_ALL", lcAll, "LANG", lang)).unicode());
    }

    @Test
    void check_withoutATerminal_hasNoEscapeAndEightyColumns() {
        CommandRun run = CommandRun.of(
                "check",
                "--approx",
                CommandRun.example("screening/meanfield.csv"),
                "--reference",
                CommandRun.example("screening/mcmc_1.csv"));
        assertFalse(run.out().contains("\u001b"));
        assertTrue(run.out().lines().allMatch(l -> l.codePointCount(0, l.length()) <= 80), run.out());
    }
}
