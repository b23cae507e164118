package org.localmass.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.localmass.core.index.Exponent;
import org.localmass.core.index.MassIndex;
import org.localmass.core.index.RadiusWindow;
import org.localmass.core.mass.Caution;
import org.localmass.core.measure.LocalLaw;
import org.localmass.core.updating.Rule;
import org.localmass.core.updating.Update;

class IndexReportTest {
    private static final Place ZERO = new Place("0", new double[] {0}, "l2", 1);
    private static final LocalLaw SMOOTH = LocalLaw.of(1, 0, 0);

    private static IndexReport.Content prior(LocalLaw law) {
        return new IndexReport.Content("p", ZERO, MassIndex.of(law, 1), law, null);
    }

    private static IndexReport.Content proper(LocalLaw before, LocalLaw after, boolean normalised, Rule... rules) {
        return updated(before, new Update.Proper(after, Optional.empty(), normalised, List.of(rules)));
    }

    private static IndexReport.Content updated(LocalLaw before, Update update) {
        MassIndex index = update instanceof Update.Proper proper ? MassIndex.of(proper.law(), 1) : null;
        return new IndexReport.Content(
                "p", ZERO, MassIndex.of(before, 1), before, new IndexReport.Updated("factor", update, index));
    }

    private static String text(IndexReport.Content content) {
        return Reports.print(out -> IndexReport.writeText(content, TextStyle.plain(), out));
    }

    private static String markdown(IndexReport.Content content) {
        return Reports.print(out -> IndexReport.writeMarkdown(content, out));
    }

    private static JsonNode json(IndexReport.Content content) throws IOException {
        return new ObjectMapper().readTree(Reports.print(out -> IndexReport.writeJson(content, "1", out)));
    }

    static Stream<Arguments> changes() {
        LocalLaw atom = LocalLaw.atom(0.5);
        return Stream.of(
                Arguments.of(SMOOTH, LocalLaw.of(0.5, 0, 0), "The update draws mass to the point. More mass than a"),
                Arguments.of(SMOOTH, LocalLaw.of(2, 0, 0), "The update drives mass away. Less mass than a positive"),
                Arguments.of(SMOOTH, LocalLaw.of(1, 0, 5), "The exponents stay. As much as a positive density gives."),
                Arguments.of(atom, SMOOTH, "The update removes the atom. As much as a positive density gives."),
                Arguments.of(
                        atom, LocalLaw.vanishing(), "The update removes the atom. There is no mass near the point"),
                Arguments.of(atom, LocalLaw.atom(0.25), "The point stays an atom."),
                Arguments.of(LocalLaw.vanishing(), LocalLaw.vanishing(), "There is no mass near the point, or less"));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void text_saysWhatTheUpdateDoes(LocalLaw before, LocalLaw after, String start) {
        String printed = text(proper(before, after, false, Rule.POWER_LOG_A));
        assertTrue(printed.replace('\n', ' ').contains("  " + start), printed);
        assertTrue(printed.endsWith("T4.2 (a): kappa + g is positive: kappa gains g and beta gains h.\n"), printed);
        assertTrue(markdown(proper(before, after, false)).contains("\n" + Markdown.text(start)), printed);
    }

    /** Without Z what is printed is Z times the posterior, and says so. */
    @ParameterizedTest
    @CsvSource({"false, 1, 1", "true, 0, 0"})
    void text_namesTheNormaliser(boolean normalised, int lines, int cells) {
        LocalLaw after = LocalLaw.of(2, 0, 0);
        String printed = text(proper(SMOOTH, after, normalised));
        assertEquals(lines, printed.split("r\\^2 / Z", -1).length - 1, printed);
        assertEquals(lines, printed.split("Z is the integral", -1).length - 1, printed);
        assertEquals(cells, markdown(proper(SMOOTH, after, normalised)).split(" / Z", -1).length - 1);
        String atom = text(proper(LocalLaw.atom(0.5), LocalLaw.atom(0.2), normalised));
        assertTrue(atom.contains(normalised ? "atom  0.20\n" : "atom  0.20 / Z\n"), atom);
        assertFalse(text(proper(SMOOTH, LocalLaw.vanishing(), false)).contains("Z"));
    }

    @Test
    void text_withoutPosterior_saysWhy() {
        Update improper = new Update.Improper("x is y", List.of(Rule.ATOM));
        assertTrue(
                text(updated(SMOOTH, improper))
                        .endsWith(
                                """

                                After an update by factor

                                There is no posterior: x is y.
                                T4.2 (atom): a factor of 0 removes an atom, and an infinite one leaves no
                                posterior.
                                """),
                text(updated(SMOOTH, improper)));
        Update undecided = new Update.Undecided("it depends", List.of());
        assertTrue(text(updated(SMOOTH, undecided)).endsWith("\nNot decided: it depends.\n"));
        assertTrue(markdown(updated(SMOOTH, undecided))
                .endsWith("\nAfter an update by factor.\nNot decided: it depends.\n"));
    }

    static Stream<IndexReport.Content> contents() {
        LocalLaw log = LocalLaw.of(1, 1, Double.NaN);
        MassIndex estimated = new MassIndex(
                new Exponent(0.9, 0.8, 1),
                new Exponent(Double.NaN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY),
                1,
                Exponent.exact(0),
                Optional.of(new RadiusWindow(0.01, 0.1)),
                List.of(Caution.APPROXIMATE));
        return Stream.of(
                prior(SMOOTH),
                prior(LocalLaw.atom(0.5)),
                prior(LocalLaw.vanishing()),
                new IndexReport.Content("p", ZERO, estimated, log, null),
                proper(SMOOTH, log, true, Rule.values()),
                proper(SMOOTH, LocalLaw.vanishing(), false),
                updated(SMOOTH, new Update.Improper("reason", List.of(Rule.FLAT))),
                updated(SMOOTH, new Update.Undecided("reason", List.of())));
    }

    @ParameterizedTest
    @MethodSource("contents")
    void json_fitsTheSchema(IndexReport.Content content) throws IOException {
        JsonNode tree = json(content);
        assertEquals(Set.of(), JsonReportTest.schema("index.schema.json").validate(tree));
        assertEquals(content.update() == null, tree.get("update").isNull());
    }

    @Test
    void json_update_hasAllMembers() throws IOException {
        JsonNode update = json(proper(SMOOTH, LocalLaw.of(0, -1, 2), true, Rule.POWER_LOG_B, Rule.SOFT))
                .get("update");
        assertEquals("proper", update.get("outcome").asText());
        assertTrue(update.get("reason").isNull());
        assertEquals(List.of("T4.2 (b)", "T4.5 (i)"), update.get("rules").findValuesAsText("label"));
        assertEquals(Rule.SOFT.sentence(), update.at("/rules/1/sentence").asText());
        assertTrue(update.at("/posterior/normalised").asBoolean());
        assertEquals("Infinity", update.at("/posterior/power").asText());
        assertEquals(-1, update.at("/posterior/log").asDouble());
        assertEquals(2, update.at("/posterior/law/logConstant").asDouble());
        JsonNode undecided =
                json(updated(SMOOTH, new Update.Undecided("reason", List.of()))).get("update");
        assertEquals("undecided", undecided.get("outcome").asText());
        assertEquals("reason", undecided.get("reason").asText());
        assertTrue(undecided.get("posterior").isNull());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/update", "/update/posterior", "/update/posterior/law", "/law", "/kappa"})
    void schema_missingMember_isRefused(String pointer) throws IOException {
        JsonNode whole = json(proper(SMOOTH, LocalLaw.of(2, 0, 0), false));
        JsonSchema schema = JsonReportTest.schema("index.schema.json");
        JsonNode part = pointer.equals("/") ? whole : whole.at(pointer);
        for (String name : (Iterable<String>) part::fieldNames) {
            JsonNode copy = whole.deepCopy();
            ((ObjectNode) (pointer.equals("/") ? copy : copy.at(pointer))).remove(name);
            assertFalse(schema.validate(copy).isEmpty(), pointer + " " + name);
        }
    }
}
