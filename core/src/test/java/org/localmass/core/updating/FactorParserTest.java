package org.localmass.core.updating;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.localmass.core.region.RegionSyntaxException;

class FactorParserTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "power(2) | power(2)",
                "power(+2.0e0) | power(2)",
                "log(1)power(.5) | power(0.5) log(1)",
                "power(1) * power(1) | power(2)",
                "power(0.1) power(0.2) power(-0.3) | regular(1)",
                "power(0) log(0) | regular(1)",
                "regular(2) regular(3) | regular(6)",
                "regular(exp(-1000)) | regular(exp(-1000))",
                "regular(exp(0)) | regular(1)",
                "coordinate_powers(1,-0.5) coordinate_powers(1, 0.5) | coordinate_powers(2, 0)",
                "coordinate_powers(1) coordinate_powers(1, 2) | coordinate_powers(1) coordinate_powers(1, 2)",
                "group_power(-1, 2.0) | group_power(-1, 2)",
                "hinge(1.5) soft(0.25) | soft(0.25) hinge(1.5)",
                "flat(1, 2) flat(0.5, 2) | flat(1.5, 2)",
                "flat(1, 2) flat(1, 1) | flat(1, 1) flat(1, 2)",
                "inside() inside() | inside()",
                "inside() power(1) | power(1)",
                "half() half() | half() half()",
                "cone(0.25) regular(2) | regular(2) cone(0.25)",
                "graph(0.5) | graph(0.5)",
                "cusp ( 2 ) | cusp(2)",
                "log_cusp(1) | log_cusp(1)",
                "exponential_cusp() | exponential_cusp()",
                "outside() | outside()"
            })
    void parse_givesCanonicalText(String text, String canonical) {
        LikelihoodFactor factor = LikelihoodFactor.parse(text);
        assertEquals(canonical, factor.text());
        assertEquals(canonical, factor.toString());
        assertEquals(factor, LikelihoodFactor.parse(canonical));
        assertEquals(factor.hashCode(), LikelihoodFactor.parse(canonical).hashCode());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | 1 | factor: the text is empty, write for example power(2) log(1)",
                "power | 6 | factor: expected '(' at the end",
                "power() | 7 | factor: expected a number at character 7",
                "power(2 | 8 | factor: expected ',' or ')' at the end",
                "power(2, 3) | 1 | factor: expected 1 number in this factor at character 1: g",
                "group_power(2) | 1 | factor: expected 2 numbers in this factor at character 1: g, m",
                "group_power(2, 1.5) | 16 | factor: m must be a whole number of at least 1 at character 16",
                "group_power(2, 0) | 16 | factor: m must be a whole number of at least 1 at character 16",
                "power(2) 3 | 10 | factor: expected a factor at character 10: write for example power(2) log(1)",
                "power(2) * | 11 | factor: expected a factor at the end",
                "* power(2) | 1 | factor: expected a factor at character 1: write for example power(2) log(1)",
                "half(1) | 6 | factor: expected ')' at character 6: this factor takes no number",
                "power(1e999) | 7 | factor: the number 1e999 is beyond double precision at character 7",
                "power(1e-999) | 7 | factor: the number 1e-999 is beyond double precision at character 7",
                "power(\u22122) | 7 | factor: expected a number at character 7: write -",
                "power(exp(1)) | 7 | factor: expected a number at character 7",
                "regular(exp(1) | 15 | factor: expected ',' or ')' at the end",
                "regular(exp(1 | 14 | factor: expected ')' at the end",
                "regular(0) | 9 | factor: value must be positive and finite at character 9",
                "regular(1) regular(-2) | 20 | factor: value must be positive and finite at character 20",
                "soft(1.5) | 6 | factor: value must lie in (0, 1] at character 6",
                "cone(1) | 6 | factor: fraction must lie strictly between 0 and 1 at character 6",
                "cusp(1) | 6 | factor: s must be more than 1 and finite at character 6",
                "graph(0) | 7 | factor: s must be positive and finite at character 7",
                "log_cusp(-1) | 10 | factor: c must be positive and finite at character 10",
                "flat(0, 1) | 6 | factor: c must be positive at character 6",
                "flat(1, 0) | 9 | factor: s must be positive at character 9",
                "exp(1) | 1 | factor: there is no factor exp at character 1: exp() stands inside of regular()",
                "logcusp(1) | 1 | factor: there is no factor logcusp at character 1: did you mean log_cusp?"
            })
    void parse_badText_pointsAtIt(String text, int position, String summary) {
        var e = assertThrows(RegionSyntaxException.class, () -> LikelihoodFactor.parse(text));
        assertEquals(summary, e.summary());
        assertEquals(position, e.position());
        assertEquals(
                text.isEmpty() ? summary : summary + "\n  " + text + "\n  " + " ".repeat(position - 1) + "^",
                e.getMessage());
    }

    @Test
    void parse_endlessText_isRefused() {
        String text = "power(1) ".repeat(20_000);
        var e = assertThrows(RegionSyntaxException.class, () -> LikelihoodFactor.parse(text));
        assertEquals("factor: the text must have at most 100000 characters, was 180000", e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void times_anyOrder_isOneFactor(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            List<LikelihoodFactor> elements = new ArrayList<>();
            int count = 1 + random.nextInt(5);
            for (int k = 0; k < count; k++) {
                elements.add(element(random));
            }
            LikelihoodFactor product =
                    elements.stream().reduce(LikelihoodFactor::times).orElseThrow();
            assertEquals(product, LikelihoodFactor.parse(product.text()), product.text());
            Collections.shuffle(elements, random);
            assertEquals(
                    product, elements.stream().reduce(LikelihoodFactor::times).orElseThrow());
        }
    }

    /** Dyadic exponents, so that sums do not depend on their order. */
    private static LikelihoodFactor element(Random random) {
        double g = (random.nextInt(33) - 16) / 8.0;
        double s = (1 + random.nextInt(16)) / 4.0;
        return switch (random.nextInt(15)) {
            case 0 -> LikelihoodFactor.regularOfLog(g);
            case 1 -> LikelihoodFactor.powerLog(g, 0);
            case 2 -> LikelihoodFactor.powerLog(0, g);
            case 3 -> LikelihoodFactor.powerLog(g, s);
            case 4 -> LikelihoodFactor.coordinatePowers(g, s);
            case 5 -> LikelihoodFactor.groupPower(g, 1 + random.nextInt(3));
            case 6 -> LikelihoodFactor.hinge(g);
            case 7 -> LikelihoodFactor.flat(s, 1);
            case 8 -> LikelihoodFactor.soft(s / 5);
            case 9 -> LikelihoodFactor.half();
            case 10 -> LikelihoodFactor.cone(s / 5);
            case 11 -> LikelihoodFactor.graph(s);
            case 12 -> LikelihoodFactor.cusp(1 + s);
            case 13 -> LikelihoodFactor.logCusp(s);
            default -> random.nextBoolean() ? LikelihoodFactor.exponentialCusp() : LikelihoodFactor.outside();
        };
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12})
    void regular_anyValue_readsBack(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 100; i++) {
            double value = Math.abs(Double.longBitsToDouble(random.nextLong()));
            if (value > 0 && value < Double.POSITIVE_INFINITY) {
                LikelihoodFactor factor = LikelihoodFactor.regular(value);
                assertEquals(factor, LikelihoodFactor.parse(factor.text()), factor.text());
            }
            LikelihoodFactor log = LikelihoodFactor.regularOfLog(2000 * random.nextDouble() - 1000);
            assertEquals(log, LikelihoodFactor.parse(log.text()), log.text());
        }
    }

    /** A factor or an error that points into the text; nothing else comes out of any text. */
    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24})
    void parse_damagedText_neverFailsOtherwise(long seed) {
        Random random = new Random(seed);
        String signs = "(),.*+-eE0123456789 \t\u00a0exphalflogpower_cusp\u2212\ud83d\ude00";
        int refused = 0;
        for (int i = 0; i < 1000; i++) {
            StringBuilder text = new StringBuilder(element(random)
                    .times(element(random))
                    .times(element(random))
                    .text());
            int edits = 1 + random.nextInt(3);
            for (int k = 0; k < edits; k++) {
                int at = random.nextInt(text.length() + 1);
                if (random.nextBoolean() && at < text.length()) {
                    text.deleteCharAt(at);
                } else {
                    text.insert(at, signs.charAt(random.nextInt(signs.length())));
                }
            }
            String damaged = text.toString();
            try {
                LikelihoodFactor factor = LikelihoodFactor.parse(damaged);
                assertEquals(factor, LikelihoodFactor.parse(factor.text()), damaged);
            } catch (RegionSyntaxException e) {
                refused++;
                assertTrue(e.position() >= 1 && e.position() <= damaged.length() + 1, damaged);
                assertTrue(e.getMessage().startsWith("factor: "), damaged);
            }
        }
        assertTrue(refused > 200 && refused < 1000, "refused " + refused);
    }
}
