package org.localmass.core.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MassTest {
    private static final double EPS = 0x1p-52;

    /** The exact value, for shifts that an exact decimal can hold. */
    private static BigDecimal exact(Mass mass) {
        BigDecimal power = new BigDecimal(2).pow((int) Math.abs(mass.shift()), MathContext.UNLIMITED);
        BigDecimal significand = new BigDecimal(mass.significand());
        return mass.shift() >= 0 ? significand.multiply(power) : significand.divide(power, new MathContext(60));
    }

    private static void assertClose(BigDecimal expected, Mass actual, String what) {
        BigDecimal error = exact(actual).subtract(expected).abs();
        assertTrue(
                error.compareTo(expected.abs().multiply(new BigDecimal(4 * EPS))) <= 0, () -> what + " was " + actual);
    }

    /** Masses of all sizes from 2^-3000 to 2^1000, also subnormal ones. */
    private static Mass any(UniformRandomProvider random) {
        double significand = 1 + random.nextDouble();
        return switch (random.nextInt(4)) {
            case 0 -> Mass.of(significand);
            case 1 -> Mass.of(Math.scalb(significand, -random.nextInt(1070)));
            case 2 -> new Mass(significand, -random.nextInt(3000));
            default -> new Mass(Math.scalb(significand, random.nextInt(400) - 200), random.nextInt(800) - 400);
        };
    }

    @Test
    void arithmetic_matchesExactDecimals() {
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(3);
        for (int i = 0; i < 2000; i++) {
            Mass a = any(random);
            Mass b = random.nextInt(4) == 0 ? a.times(1 + random.nextDouble()) : any(random);
            MathContext digits = new MathContext(60);
            assertClose(exact(a).add(exact(b)), a.plus(b), a + " + " + b);
            assertClose(exact(a).multiply(exact(b)), a.times(b), a + " * " + b);
            assertClose(exact(a).divide(exact(b), digits), a.over(b), a + " / " + b);
            assertEquals(Integer.signum(exact(a).compareTo(exact(b))), Integer.signum(a.compareTo(b)), a + ", " + b);
            Mass large = a.compareTo(b) >= 0 ? a : b;
            Mass small = a.compareTo(b) >= 0 ? b : a;
            BigDecimal difference = exact(large).subtract(exact(small));
            // a difference is exact up to a rounding of the larger
            BigDecimal error = exact(large.minus(small)).subtract(difference).abs();
            assertTrue(error.compareTo(exact(large).multiply(new BigDecimal(EPS))) <= 0, large + " - " + small);
        }
    }

    @Test
    void zero_isTheNeutralElement() {
        Mass tiny = Mass.ofLog(-1e6);
        assertEquals(tiny, tiny.plus(Mass.ZERO));
        assertEquals(tiny, Mass.ZERO.plus(tiny));
        assertEquals(tiny, tiny.minus(Mass.ZERO));
        assertTrue(tiny.times(Mass.ZERO).isZero()
                && Mass.ZERO.times(tiny).isZero()
                && tiny.times(0).isZero());
        assertTrue(tiny.minus(tiny).isZero());
        assertTrue(Mass.ZERO.over(tiny).isZero());
        assertTrue(tiny.minus(Mass.ONE).isZero(), "a difference that is negative is 0");
        assertEquals(Double.NEGATIVE_INFINITY, Mass.ZERO.log());
        assertEquals(0, Mass.ZERO.value());
        assertTrue(Mass.ZERO.compareTo(tiny) < 0 && tiny.compareTo(Mass.ZERO) > 0);
        assertEquals(0, Mass.ZERO.compareTo(Mass.of(0).times(3)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1e-300, -0.5, -649, -651, -700, -745, -1e4, -1e9, -7e14, 700})
    void ofLog_keepsTheLog(double log) {
        Mass mass = Mass.ofLog(log);
        assertEquals(log, mass.log(), 2 * Math.ulp(Math.max(1, Math.abs(log))));
        assertEquals(Math.exp(log), mass.value(), 4 * EPS * Math.exp(log) + Double.MIN_VALUE);
    }

    /** Logs beyond the exact integers keep what a double of that size has. */
    @ParameterizedTest
    @ValueSource(doubles = {-1e15, -1e17, -1e100, -1e300})
    void ofLog_beyondTheShift(double log) {
        assertEquals(log, Mass.ofLog(log).log(), 1e-15 * -log);
        assertEquals(0, Mass.ofLog(log).value());
        assertEquals(2 * log, Mass.ofLog(log).times(Mass.ofLog(log)).log(), 1e-15 * -log);
        assertEquals(Mass.ofLog(log), Mass.ofLog(log).plus(Mass.ofLog(2 * log)));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 2, 0",
        "0, 0, 1",
        "2, 10, 1024",
        "0.5, 1074, 4.9e-324",
        "1e-200, 1, 1e-200",
        "3, 0.5, 1.7320508075688772"
    })
    void power_ofDoubles(double x, double p, double expected) {
        assertEquals(expected, Mass.power(x, p).value(), EPS * expected);
    }

    @Test
    void power_keepsItsBitsBelowTheDoubles() {
        assertEquals(-2000 * Math.log(10), Mass.power(1e-10, 200).log(), 1e-12);
        assertEquals(
                Mass.power(1e-5, 3).value(),
                Mass.power(1e-10, 200).over(Mass.power(1e-10, 198.5)).value(),
                1e-27);
        assertEquals(Double.NEGATIVE_INFINITY, Mass.power(0, 3).log());
    }

    @Test
    void atMostOne_cutsRoundingOff() {
        assertEquals(Mass.ONE, Mass.of(1 + EPS).atMostOne());
        assertEquals(Mass.of(0.5), Mass.of(0.5).atMostOne());
        Mass tiny = Mass.ofLog(-1e5);
        assertEquals(tiny, tiny.atMostOne());
        assertEquals(Mass.ONE, new Mass(1, 5000).atMostOne());
    }

    @Test
    void value_ofShiftsBeyondTheExponents() {
        assertEquals(0, new Mass(1, -1e9).value());
        assertEquals(Double.POSITIVE_INFINITY, new Mass(1, 1e9).value());
        assertEquals(0x1p-1074, new Mass(1, -1074).value());
        assertEquals(new Mass(0x1p100, -100).compareTo(Mass.ONE), 0);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, -1e-300, Double.NaN, Double.NEGATIVE_INFINITY})
    void of_rejects(double value) {
        var e = assertThrows(IllegalArgumentException.class, () -> Mass.of(value));
        assertEquals("mass must not be negative, was " + value, e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
    void ofLog_rejects(double log) {
        var e = assertThrows(IllegalArgumentException.class, () -> Mass.ofLog(log));
        assertEquals("log of a mass must be a number below inf, was " + log, e.getMessage());
    }
}
