package org.localmass.core.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.localmass.core.measure.Distribution;
import org.localmass.core.region.RegionSyntaxException;

class DistributionTextTest {
    /** One text for every name, in the spelling that is printed. */
    static final List<String> TEXTS = List.of(
            "normal(-1.5, 2)",
            "double_exponential(0, 0.5)",
            "student_t(3, 1, 2)",
            "cauchy(0, 2.5)",
            "half_cauchy(2)",
            "half_normal(0.1)",
            "half_student_t(4, 2)",
            "logistic(1, 0.3)",
            "gumbel(-1, 2)",
            "generalized_normal(0, 1, 0.5)",
            "uniform(-3, -0.9)",
            "exponential(2)",
            "gamma(0.5, 3)",
            "chi_square(3)",
            "inv_gamma(2, 1)",
            "inv_chi_square(3)",
            "beta(0.5, 2)",
            "weibull(1.5, 2)",
            "double_weibull(0.5, 1)",
            "frechet(2, 1)",
            "lognormal(0, 1)",
            "pareto(0.1, 1.5)",
            "symmetric_power(0.5)",
            "horseshoe(0.1)",
            "horseshoe_plus(1)",
            "tpb_normal(0.5, 1)",
            "normal_gamma(0.3, 2)",
            "dirichlet_laplace(0.5)",
            "log_singular()",
            "power_log(0.5, 2)",
            "log_cauchy(0, 1)",
            "hard_concrete(-1)",
            "point(3)",
            "spike_slab(0.3, normal(0, 1))",
            "spike_slab_product(0.3, normal(0, 1), 4)",
            "truncate(normal(0, 1), 0, inf)",
            "affine(gamma(2, 1), -1, 3)",
            "transform(inv_logit, normal(0, 1))",
            "multi_normal([0, 1], [[2, 0.5], [0.5, 1]])",
            "multi_student_t(3, [0, 1], [2, 1])",
            "neal_funnel(2)",
            "radial_power(2, 1, 3)",
            "dirichlet([1, 0.5, 2])",
            "mixture(0.9*normal(0, 1) + 0.1*point(0))",
            "product(normal(0, 1), gamma(2, 1))");

    private static String name(String text) {
        return text.substring(0, text.indexOf('('));
    }

    @Test
    void texts_haveEveryName() {
        Set<String> expected = new TreeSet<>(Set.of("mixture", "product"));
        Signatures.ALL.forEach(signature -> expected.add(signature.name()));
        Set<String> actual = new TreeSet<>();
        TEXTS.forEach(text -> actual.add(name(text)));
        assertEquals(expected, actual);
    }

    static List<String> texts() {
        return TEXTS;
    }

    @ParameterizedTest
    @MethodSource("texts")
    void parse_printsItsText(String text) {
        assertEquals(text, DistributionText.parse(text).toString());
    }

    @Test
    void names_areUniqueAndEveryAliasParses() {
        Map<String, String> byName = new LinkedHashMap<>();
        TEXTS.forEach(text -> byName.put(name(text), text));
        Set<String> seen = new HashSet<>();
        int aliases = 0;
        for (Signature signature : Signatures.ALL) {
            assertTrue(seen.add(signature.name()), signature.name());
            for (String alias : signature.aliases()) {
                assertTrue(seen.add(alias), alias);
                String text = byName.getOrDefault(signature.name(), "");
                assertEquals(
                        text,
                        DistributionText.parse(alias + text.substring(text.indexOf('(')))
                                .toString());
                aliases++;
            }
        }
        assertEquals(3, aliases);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "normal(mu = 0, sigma = 2)|normal(0, 2)",
                "normal(sigma=2,mu=-0.5)|normal(-0.5, 2)",
                "normal(1, sigma = 2)|normal(1, 2)",
                "  normal ( +1 ,\t- 2e0 )|",
                "normal(1,2e-1)|normal(1, 0.2)",
                "log_cauchy()|log_cauchy(0, 1)",
                "log_cauchy(sigma = 2)|log_cauchy(0, 2)",
                "hard_concrete(1, 0.6666666666666666)|hard_concrete(1)",
                "hard_concrete(1, zeta = 1.2)|hard_concrete(1, 0.6666666666666666, -0.1, 1.2)",
                "neal_funnel(2, 3)|neal_funnel(2)",
                "neal_funnel(sd_v = 1, n = 2)|neal_funnel(2, 1)",
                "radial_power(2, 1)|radial_power(2, 1, 1)",
                "truncate(law = normal(0, 1), lower = -inf, upper = 1)|truncate(normal(0, 1), -inf, 1)",
                "transform(power(3), cauchy(0, 1))|transform(power(3), cauchy(0, 1))",
                "product(normal(0, 1))|normal(0, 1)",
                "product(normal(0, 1), product(cauchy(0, 1), point(1)))"
                        + "|product(normal(0, 1), cauchy(0, 1), point(1))",
                "product(spike_slab(0.3, normal(0, 1)), spike_slab(0.3, normal(0, 1)))"
                        + "|spike_slab_product(0.3, normal(0, 1), 2)",
                "spike_slab_product(0.3, normal(0, 1), 1)|spike_slab(0.3, normal(0, 1))",
                "mixture(0.7*point(0) + 0.3*normal(0, 1))|spike_slab(0.3, normal(0, 1))",
                "multi_normal([0, 0], [[2, 0], [0, 2]])|multi_normal([0, 0], 2)",
                "multi_normal([0, 0], [1, 2])|multi_normal([0, 0], [1, 2])",
                "multi_normal(3, 2)|multi_normal([3], 2)"
            })
    void parse_otherSpellings(String text, String expected) {
        if (expected == null) {
            assertThrows(RegionSyntaxException.class, () -> DistributionText.parse(text));
        } else {
            assertEquals(expected, DistributionText.parse(text).toString());
        }
    }

    /** Exact messages and places; "at the end" and the place after the last character go together. */
    @ParameterizedTest
    @CsvFileSource(resources = "distribution-errors.csv", delimiter = '|', numLinesToSkip = 2)
    void parse_namesTheErrorAndItsPlace(String text, int position, String summary) {
        String input = text == null ? "" : text;
        var e = assertThrows(RegionSyntaxException.class, () -> DistributionText.parse(input));
        assertEquals(summary, e.summary());
        assertEquals(position, e.position());
        assertTrue(
                e.getMessage().endsWith("^") && e.getMessage().startsWith(summary + "\n  "),
                "summary, then the text and a caret under the place");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "truncate(", "mixture(1*", "product(", "normal(", "power(", "spike_slab(0.5, "})
    void parse_refusesHugeNesting(String opening) {
        String text = opening.repeat(200_000);
        assertThrows(RegionSyntaxException.class, () -> DistributionText.parse(text));
    }

    @Test
    void parse_allowsNestingToOneHundred() {
        assertEquals(98, DistributionText.parse(nested(98)).toString().split("affine", -1).length - 1);
        var e = assertThrows(RegionSyntaxException.class, () -> DistributionText.parse(nested(99)));
        assertEquals("distribution: nested more than 100 deep at character 701", e.summary());
    }

    private static String nested(int depth) {
        return "affine(".repeat(depth) + "normal(0, 1)" + ", 1, 1)".repeat(depth);
    }

    @Test
    void parse_pointsBelowTheTextInAnExcerpt() {
        var e = assertThrows(
                RegionSyntaxException.class,
                () -> DistributionText.parse("mixture(0.5*normal(0, 1) + 0.5*norml(0, 1))"));
        assertEquals(
                """
                distribution: there is no distribution norml at character 32: did you mean normal?
                  mixture(0.5*normal(0, 1) + 0.5*norml(0, 1))
                                                 ^""",
                e.getMessage());
    }

    @Test
    void help_hasALineForEveryName() {
        List<String> help = DistributionText.help();
        assertEquals(Signatures.ALL.size(), help.size());
        for (int i = 0; i < help.size(); i++) {
            assertTrue(help.get(i).startsWith(Signatures.ALL.get(i).usage()), help.get(i));
        }
        assertTrue(help.contains("double_exponential(mu, sigma), also laplace: exp(-|x-mu|/sigma)"));
        assertTrue(help.stream().anyMatch(line -> line.startsWith("radial_power(d, b, R = 1): ")));
    }

    /** Whatever is typed, the answer is a distribution or an error with a place inside of the text. */
    @Test
    void parse_mutatedTexts_throwNothingElse() {
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(17);
        String alphabet = "0123456789.eE+-*,()[]= \t_abcdfghijlmnopqrstuvwxyzSé\uD83D\uDE00";
        int read = 0;
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(TEXTS.get(random.nextInt(TEXTS.size())));
            for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
                mutate(text, alphabet, random);
            }
            String mutated = text.toString();
            try {
                Distribution law = DistributionText.parse(mutated);
                read++;
                assertTrue(law.dimension() >= 1, mutated);
            } catch (RegionSyntaxException e) {
                int length = mutated.codePointCount(0, mutated.length());
                assertTrue(e.position() >= 1 && e.position() <= length + 1, mutated);
                assertTrue(e.summary().startsWith("distribution: "), mutated);
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError(mutated, e);
            }
        }
        assertTrue(read > 1000 && read < 15_000, "texts that were read: " + read);
    }

    private static void mutate(StringBuilder text, String alphabet, UniformRandomProvider random) {
        int at = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), at + random.nextInt(6));
        switch (random.nextInt(6)) {
            case 0 -> text.delete(at, to);
            case 1 -> text.insert(at, alphabet.charAt(random.nextInt(alphabet.length())));
            case 2 -> text.replace(at, to, String.valueOf(alphabet.charAt(random.nextInt(alphabet.length()))));
            case 3 -> text.insert(at, text.substring(at, to));
            case 4 -> {
                String other = TEXTS.get(random.nextInt(TEXTS.size()));
                int from = random.nextInt(other.length());
                text.replace(at, to, other.substring(from, Math.min(other.length(), from + random.nextInt(20))));
            }
            default -> {
                // another number where one stands
                List<Integer> digits = new ArrayList<>();
                for (int j = 0; j < text.length(); j++) {
                    if (Character.isDigit(text.charAt(j))) {
                        digits.add(j);
                    }
                }
                if (!digits.isEmpty()) {
                    int j = digits.get(random.nextInt(digits.size()));
                    String[] numbers = {"0", "-1", "1e300", "1e-300", "-inf", "inf", "1e-17", "1e5", "[1, 2]", "nan"};
                    text.replace(j, j + 1, numbers[random.nextInt(numbers.length)]);
                }
            }
        }
    }
}
