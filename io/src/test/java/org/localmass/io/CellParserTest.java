package org.localmass.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CellParserTest {
    private final CellParser cells = new CellParser(',');

    @ParameterizedTest(name = "{0} digits")
    @ValueSource(ints = {1, 6, 12, 15, 16, 17, 18, 19, 25})
    void parse_bitsOfParseDouble(int digits) {
        Random random = new Random(4711 + digits);
        for (int i = 0; i < 100_000; i++) {
            double value = i % 2 == 0
                    ? random.nextGaussian() * Math.pow(10, random.nextInt(13) - 6)
                    : Double.longBitsToDouble(random.nextLong());
            if (!Double.isFinite(value)) {
                continue;
            }
            check(String.format(Locale.ROOT, "%." + (digits - 1) + "e", value));
            if (i % 2 == 0) {
                check(String.format(Locale.ROOT, "%." + digits + "f", value));
                check(Double.toString(value));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "0.0",
                "-0e0",
                "0e999",
                "1e22",
                "1e23",
                "1e-22",
                "1e-23",
                "9007199254740992",
                "9007199254740993",
                "9007199254740993e-22",
                "9007199254740991e22",
                "123456789012345678",
                "0000000000000000000001",
                "0.00000000000000000000001",
                "999999999999999999",
                "1e0000000000",
                "1e00001",
                "1e+5",
                "1.e5",
                ".5e-5",
                "4.9e-324",
                "2.4703282292062327e-324",
                "1.7976931348623157e308",
                "1.7976931348623159e308",
                "2.2250738585072011e-308",
                "179769313486231580793728971405301e277",
                "+3",
                "-.5"
            })
    void parse_cornersOfParseDouble(String text) {
        check(text);
    }

    private void check(String text) {
        byte[] bytes = ("7," + text + ",8").getBytes(StandardCharsets.US_ASCII);
        double value = cells.parse(bytes, 2, bytes.length);
        assertEquals(Double.doubleToRawLongBits(Double.parseDouble(text)), Double.doubleToRawLongBits(value), text);
        assertEquals(bytes.length - 2, cells.next(), text);
        assertEquals(value, cells.parse(bytes, 2, bytes.length - 2), text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "-",
                "+",
                ".",
                "e5",
                "1e",
                "1e+",
                "1-2",
                "--1",
                "1.2.3",
                "1,000",
                "0x1p3",
                "1d",
                "1f",
                "1 2",
                "\"1",
                "+NA",
                "#",
                "infinite",
                "Na N",
                "1_000",
                "\u00e9",
                "true"
            })
    void parse_refuses(String text) {
        byte[] bytes = (text.replace(",", ";") + ",8").getBytes(StandardCharsets.UTF_8);
        assertThrows(NumberFormatException.class, () -> cells.parse(bytes, 0, bytes.length));
        assertEquals(bytes.length - 2, cells.next());
    }

    @Test
    void parse_emptyCellAtTheEndIsNan() {
        byte[] bytes = "1,".getBytes(StandardCharsets.US_ASCII);
        assertEquals(Double.NaN, cells.parse(bytes, 2, 2));
        assertEquals(2, cells.next());
    }
}
