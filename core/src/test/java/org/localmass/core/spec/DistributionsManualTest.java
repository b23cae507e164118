package org.localmass.core.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.DoubleSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.localmass.core.measure.Distribution;
import org.localmass.core.measure.LocalLaw;
import org.localmass.core.measure.NoClosedFormException;
import org.localmass.core.region.Box;
import org.localmass.core.region.HalfSpace;
import org.localmass.core.region.Norm;
import org.localmass.core.region.RegionSyntaxException;

/** The tables and examples of docs/distributions.md. */
class DistributionsManualTest {
    private static String manual() {
        try {
            Path path = Path.of(System.getProperty("localmass.root"), "docs", "distributions.md");
            return Files.readString(path).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<String> blocks(String kind) {
        Matcher matcher =
                Pattern.compile("(?ms)^```" + kind + "\\n(.*?)\\n```$").matcher(manual());
        List<String> blocks = new ArrayList<>();
        while (matcher.find()) {
            blocks.add(matcher.group(1));
        }
        assertFalse(blocks.isEmpty(), kind);
        return blocks;
    }

    /** The rows of the tables whose header starts with the given cells. */
    private static List<List<String>> rows(String... header) {
        List<List<String>> rows = new ArrayList<>();
        boolean inside = false;
        for (String line : manual().split("\n", -1)) {
            if (!line.startsWith("|")) {
                inside = false;
                continue;
            }
            List<String> cells = new ArrayList<>();
            for (String cell : line.substring(1, line.lastIndexOf('|')).split("(?<!\\\\)\\|", -1)) {
                cells.add(cell.strip());
            }
            if (inside && !cells.get(0).startsWith("---")) {
                rows.add(cells);
            }
            inside |= cells.size() >= header.length
                    && cells.subList(0, header.length).equals(List.of(header));
        }
        assertFalse(rows.isEmpty(), Arrays.toString(header));
        return rows;
    }

    private static String code(String cell) {
        return cell.substring(1, cell.length() - 1);
    }

    @Test
    void tables_areTheRegistry() {
        Set<String> expected = new TreeSet<>();
        for (Signature signature : Signatures.ALL) {
            expected.add(signature.usage() + " also " + signature.aliases());
        }
        List<String> actual = new ArrayList<>();
        for (List<String> row : rows("distribution", "also", "arguments")) {
            List<String> aliases = row.get(1).isEmpty() ? List.of() : List.of(code(row.get(1)));
            actual.add(code(row.get(0)) + " also " + aliases);
            assertEquals(row.get(0).contains("()"), row.get(2).isEmpty(), "arguments of " + row.get(0));
            assertFalse(row.get(3).isEmpty() || row.get(4).isEmpty(), row.get(0));
        }
        assertEquals(expected, new TreeSet<>(actual));
        assertEquals(expected.size(), actual.size(), "a distribution stands in one row");
    }

    @Test
    void lawsAndMasses_coverTheRegistry() {
        Set<String> named = new TreeSet<>();
        Stream.concat(rows("example", "at").stream(), rows("example", "l2").stream())
                .forEach(row -> named.add(row.get(0).substring(1, row.get(0).indexOf('('))));
        Set<String> expected = new TreeSet<>(Set.of("mixture", "product"));
        Signatures.ALL.forEach(signature -> expected.add(signature.name()));
        assertEquals(expected, named);
    }

    static Stream<String> examples() {
        return blocks("distribution").stream().flatMap(String::lines);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void example_readsBack(String text) {
        Distribution law = DistributionText.parse(text);
        assertEquals(law.toString(), DistributionText.parse(law.toString()).toString());
    }

    static List<String> errors() {
        return blocks("distribution-error");
    }

    @ParameterizedTest
    @MethodSource("errors")
    void error_isAsShown(String message) {
        String text = message.lines().toList().get(1).strip();
        var e = assertThrows(RegionSyntaxException.class, () -> DistributionText.parse(text));
        assertEquals(message, e.getMessage());
    }

    static List<List<String>> laws() {
        return rows("example", "at");
    }

    @ParameterizedTest
    @MethodSource("laws")
    void localLaw_isAsShown(List<String> row) {
        Distribution law = DistributionText.parse(code(row.get(0)));
        double[] point = Arrays.stream(row.get(1).split(",", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
        LocalLaw local = law.localLaw(point, Norm.l2());
        assertEquals(number(row.get(2)), local.kappa(), 1e-15);
        assertEquals(number(row.get(3)), local.beta());
        assertEquals(row.get(4).isEmpty() ? 0 : number(row.get(4)), local.atomMass(), 1e-15);
        LocalLaw tail = law.lawAtInfinity(Norm.l2());
        assertEquals(number(row.get(5)), tail.kappa());
        assertEquals(number(row.get(6)), tail.beta());
    }

    private static double number(String cell) {
        return cell.isEmpty() ? Double.NaN : cell.equals("inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(cell);
    }

    static List<List<String>> masses() {
        return rows("example", "l2");
    }

    @ParameterizedTest
    @MethodSource("masses")
    void mass_isKnownOrRefusedAsShown(List<String> row) {
        Distribution law = DistributionText.parse(code(row.get(0)));
        int d = law.dimension();
        double[] centre = new double[d];
        Arrays.fill(centre, 0.3);
        double[][] covariance = new double[d][d];
        List<String> names = new ArrayList<>();
        double[] normal = new double[d];
        double[] lower = new double[d];
        double[] upper = new double[d];
        for (int i = 0; i < d; i++) {
            Arrays.fill(covariance[i], 0.3);
            covariance[i][i] = 1 + i;
            names.add("x" + i);
            normal[i] = i + 1;
            lower[i] = 0.1;
            upper[i] = 0.5;
        }
        Norm own = Norm.mahalanobis(covariance);
        List<String> actual = new ArrayList<>();
        for (Norm norm : List.of(Norm.l2(), Norm.linf(), own)) {
            actual.add(known(() -> law.logBallMass(centre, 0.5, norm)));
        }
        for (Norm norm : List.of(Norm.l2(), Norm.linf(), own)) {
            actual.add(known(() -> law.logTailMass(0.7, norm)));
        }
        actual.add(known(() -> law.logMass(HalfSpace.of(names, normal, 0.3))));
        actual.add(known(() -> law.logMass(Box.of(names, lower, upper))));
        assertEquals(row.subList(1, row.size()), actual);
    }

    private static String known(DoubleSupplier logMass) {
        try {
            double value = logMass.getAsDouble();
            assertFalse(Double.isNaN(value) || value > 0, "log mass " + value);
            return "yes";
        } catch (NoClosedFormException e) {
            return String.valueOf(e.getMessage()).contains("from draws")
                    ? "no"
                    : "no estimator named: " + e.getMessage();
        }
    }
}
