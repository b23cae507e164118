package org.localmass.core.region;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example of docs/regions.md. */
class RegionsManualTest {
    private static final List<String> NAMES = names();

    private static List<String> names() {
        List<String> names = new ArrayList<>(List.of("tau", "mu"));
        addElements(names, "theta", 8);
        addElements(names, "beta", 20);
        addElements(names, "lambda", 8);
        names.addAll(List.of("Sigma[1,1]", "Sigma[2,1]", "Sigma[1,2]", "Sigma[2,2]"));
        names.addAll(List.of("school[Choate]", "school[St. Paul's]", "my-param"));
        return names;
    }

    private static void addElements(List<String> names, String base, int count) {
        for (int i = 1; i <= count; i++) {
            names.add(base + "[" + i + "]");
        }
    }

    private static Stream<String> blocks(String kind) throws IOException {
        Path manual = Path.of(System.getProperty("localmass.root"), "docs", "regions.md");
        Matcher matcher = Pattern.compile("(?ms)^```" + kind + "\\n(.*?)\\n```$")
                .matcher(Files.readString(manual).replace("\r\n", "\n"));
        List<String> blocks = new ArrayList<>();
        while (matcher.find()) {
            blocks.add(matcher.group(1));
        }
        assertFalse(blocks.isEmpty(), kind);
        return blocks.stream();
    }

    static Stream<String> regions() throws IOException {
        return blocks("region").flatMap(String::lines);
    }

    static Stream<String> printed() throws IOException {
        return blocks("region-printed").flatMap(String::lines);
    }

    static Stream<String> points() throws IOException {
        return blocks("point").flatMap(String::lines);
    }

    static Stream<String> regionErrors() throws IOException {
        return blocks("region-error");
    }

    static Stream<String> pointErrors() throws IOException {
        return blocks("point-error");
    }

    @ParameterizedTest
    @MethodSource("regions")
    void region_bindsAndReadsBack(String example) {
        RegionExpression expression = RegionExpression.parse(example);
        assertEquals(expression, RegionExpression.parse(expression.text()));
        assertFalse(expression.bind(NAMES).coordinates().length == 0);
    }

    @ParameterizedTest
    @MethodSource("printed")
    void region_printsAsShown(String example) {
        String[] sides = example.split("->", 2);
        assertEquals(
                sides[1].strip(), RegionExpression.parse(sides[0]).bind(NAMES).description());
    }

    @ParameterizedTest
    @MethodSource("points")
    void point_bindsAndReadsBack(String example) {
        PointExpression expression = PointExpression.parse(example);
        assertEquals(example, expression.text());
        assertFalse(expression.bind(NAMES).coordinates().length == 0);
    }

    @ParameterizedTest
    @MethodSource("regionErrors")
    void region_failsAsShown(String message) {
        String example = message.lines().toList().get(1).strip();
        var e = assertThrows(RegionSyntaxException.class, () -> RegionExpression.parse(example)
                .bind(NAMES));
        assertEquals(message, e.getMessage());
    }

    @ParameterizedTest
    @MethodSource("pointErrors")
    void point_failsAsShown(String message) {
        String example = message.lines().toList().get(1).strip();
        var e = assertThrows(RegionSyntaxException.class, () -> PointExpression.parse(example)
                .bind(NAMES));
        assertEquals(message, e.getMessage());
    }
}
