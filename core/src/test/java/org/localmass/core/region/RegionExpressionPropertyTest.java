package org.localmass.core.region;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Random expressions against an evaluation that is written apart from the parser. */
class RegionExpressionPropertyTest {
    private static final List<String> NAMES =
            List.of("tau", "mu", "a[1]", "a[2]", "a[3]", "my-param", "S[1,1]", "S[1,2]");
    private static final List<String> SPELLINGS =
            List.of("tau", "mu", "a[1]", "a.2", "a[ 3 ]", "`my-param`", "S.1.1", "`S[1,2]`");
    private static final String[] NUMBERS = {"0", "1", ".5", "2.", "3e-1", "1E2", "inf", "0.25"};
    private static final double[] VALUES = {
        -2, -1, -0.5, -0.0, 0, 0.25, 0.5, 1, 2, 100, Double.NaN, Double.POSITIVE_INFINITY
    };
    private static final int EXPRESSIONS = 100;
    private static final int POINTS = 12;

    private record Scalar(String text, ToDoubleFunction<double[]> value) {}

    /** Numbers one per element of a, or of the row of S. */
    private record Elements(String text, List<ToDoubleFunction<double[]>> values) {}

    private record Condition(String text, Predicate<double[]> holds) {}

    private final BitSet read = new BitSet();
    private SplittableRandom random = new SplittableRandom(0);

    private String space() {
        return " ".repeat(random.nextInt(3) / 2);
    }

    private String wrap(String text) {
        return "(" + space() + text + space() + ")";
    }

    private Scalar column(int j) {
        read.set(j);
        return new Scalar(SPELLINGS.get(j), x -> x[j]);
    }

    private static DoubleBinaryOperator operator(int which) {
        return switch (which) {
            case 0 -> (a, b) -> a + b;
            case 1 -> (a, b) -> a - b;
            case 2 -> (a, b) -> a * b;
            default -> (a, b) -> a / b;
        };
    }

    private Scalar number(int depth) {
        int kind = depth == 0 ? random.nextInt(2) : random.nextInt(8);
        switch (kind) {
            case 0 -> {
                String digits = NUMBERS[random.nextInt(NUMBERS.length)];
                double constant = digits.equals("inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(digits);
                return new Scalar(digits, x -> constant);
            }
            case 1 -> {
                return column(random.nextInt(NAMES.size()));
            }
            case 2 -> {
                Scalar operand = number(depth - 1);
                return new Scalar("-" + space() + wrap(operand.text), x -> -operand.value.applyAsDouble(x));
            }
            case 3 -> {
                Scalar inside = number(depth - 1);
                return new Scalar("abs" + wrap(inside.text), x -> Math.abs(inside.value.applyAsDouble(x)));
            }
            case 4 -> {
                return aggregate(depth - 1);
            }
            default -> {
                int which = random.nextInt(4);
                Scalar left = number(depth - 1);
                Scalar right = number(depth - 1);
                DoubleBinaryOperator operator = operator(which);
                return new Scalar(
                        wrap(left.text) + space() + "+-*/".charAt(which) + space() + wrap(right.text),
                        x -> operator.applyAsDouble(left.value.applyAsDouble(x), right.value.applyAsDouble(x)));
            }
        }
    }

    private Elements slice(boolean vector) {
        List<ToDoubleFunction<double[]>> values = new ArrayList<>();
        for (int j = vector ? 2 : 6; j < (vector ? 5 : 8); j++) {
            values.add(column(j).value);
        }
        String[] texts =
                vector ? new String[] {"a", "a[]", "a[1:3]", "a[:]"} : new String[] {"S[1,]", "S[]", "S[1,1:2]", "S"};
        return new Elements(texts[random.nextInt(texts.length)], values);
    }

    private Elements elements(boolean vector, int depth) {
        Elements first = slice(vector);
        int kind = depth == 0 ? 0 : random.nextInt(4);
        List<ToDoubleFunction<double[]>> values = new ArrayList<>();
        if (kind == 0) {
            return first;
        }
        if (kind == 1) {
            first.values.forEach(v -> values.add(x -> Math.abs(v.applyAsDouble(x))));
            return new Elements("abs" + wrap(first.text), values);
        }
        int which = random.nextInt(4);
        DoubleBinaryOperator operator = operator(which);
        String sign = space() + "+-*/".charAt(which) + space();
        if (kind == 2) {
            Scalar scalar = number(depth - 1);
            first.values.forEach(
                    v -> values.add(x -> operator.applyAsDouble(scalar.value.applyAsDouble(x), v.applyAsDouble(x))));
            return new Elements(wrap(scalar.text) + sign + wrap(first.text), values);
        }
        Elements second = elements(vector, depth - 1);
        for (int i = 0; i < first.values.size(); i++) {
            ToDoubleFunction<double[]> v = first.values.get(i);
            ToDoubleFunction<double[]> w = second.values.get(i);
            values.add(x -> operator.applyAsDouble(v.applyAsDouble(x), w.applyAsDouble(x)));
        }
        return new Elements(wrap(first.text) + sign + wrap(second.text), values);
    }

    private Scalar aggregate(int depth) {
        List<String> texts = new ArrayList<>();
        List<ToDoubleFunction<double[]>> values = new ArrayList<>();
        for (int k = random.nextInt(3); k >= 0; k--) {
            if (random.nextBoolean()) {
                Scalar scalar = number(depth);
                texts.add(scalar.text);
                values.add(scalar.value);
            } else {
                Elements several = elements(random.nextBoolean(), depth);
                texts.add(several.text);
                values.addAll(several.values);
            }
        }
        String word = new String[] {"min", "max", "sum", "mean", "norm"}[random.nextInt(5)];
        return new Scalar(word + wrap(String.join("," + space(), texts)), x -> {
            double[] v = values.stream().mapToDouble(f -> f.applyAsDouble(x)).toArray();
            double result = word.equals("min") || word.equals("max") ? v[0] : 0;
            for (double one : v) {
                result = switch (word) {
                    case "min" -> Math.min(result, one);
                    case "max" -> Math.max(result, one);
                    case "norm" -> result + one * one;
                    default -> result + one;
                };
            }
            return switch (word) {
                case "mean" -> result / v.length;
                case "norm" -> Math.sqrt(result);
                default -> result;
            };
        });
    }

    private static boolean compare(String relation, double a, double b) {
        return switch (relation) {
            case "<" -> a < b;
            case "<=" -> a <= b;
            case ">" -> a > b;
            case ">=" -> a >= b;
            case "==" -> a == b;
            default -> a != b;
        };
    }

    private Condition condition(int depth) {
        int kind = depth == 0 ? 0 : random.nextInt(4);
        if (kind == 0) {
            Scalar first = number(2);
            StringBuilder text = new StringBuilder(first.text);
            Predicate<double[]> holds = x -> true;
            ToDoubleFunction<double[]> left = first.value;
            for (int k = random.nextInt(3); k >= 0; k--) {
                String relation = new String[] {"<", "<=", ">", ">=", "==", "!="}[random.nextInt(6)];
                Scalar right = number(2);
                text.append(space()).append(relation).append(space()).append(right.text);
                ToDoubleFunction<double[]> before = left;
                holds = holds.and(x -> compare(relation, before.applyAsDouble(x), right.value.applyAsDouble(x)));
                left = right.value;
            }
            return new Condition(text.toString(), holds);
        }
        Condition first = condition(depth - 1);
        if (kind == 1) {
            return new Condition((random.nextBoolean() ? "!" : "not ") + wrap(first.text), first.holds.negate());
        }
        Condition second = condition(depth - 1);
        String[] signs = kind == 2 ? new String[] {"&", "&&", " and "} : new String[] {"|", "||", " or "};
        return new Condition(
                wrap(first.text) + signs[random.nextInt(3)] + wrap(second.text),
                kind == 2 ? first.holds.and(second.holds) : first.holds.or(second.holds));
    }

    private double[] point() {
        double[] point = new double[NAMES.size()];
        for (int j = 0; j < point.length; j++) {
            point[j] = VALUES[random.nextInt(VALUES.length)];
        }
        return point;
    }

    /** Removes each pair of parentheses that only groups; the text must then mean something else. */
    private static void assertNoNeedlessParentheses(String text) {
        for (int open = text.indexOf('('); open >= 0; open = text.indexOf('(', open + 1)) {
            boolean groups = open == 0 || "(-+*/&|<>=! ,".indexOf(text.charAt(open - 1)) >= 0;
            if (!groups || (open > 0 && text.charAt(open - 1) == '!')) {
                continue;
            }
            int close = open;
            int level = 0;
            do {
                level += text.charAt(close) == '(' ? 1 : text.charAt(close) == ')' ? -1 : 0;
                close++;
            } while (level > 0);
            String without = text.substring(0, open) + text.substring(open + 1, close - 1) + text.substring(close);
            try {
                assertNotEquals(text, RegionExpression.parse(without).text(), without);
            } catch (RegionSyntaxException e) {
                assertTrue(e.position() > 0);
            }
        }
    }

    @RepeatedTest(4)
    void parse_agreesWithDirectEvaluation(RepetitionInfo repetition) {
        random = new SplittableRandom(repetition.getCurrentRepetition());
        int inside = 0;
        int checked = 0;
        for (int i = 0; i < EXPRESSIONS; i++) {
            read.clear();
            Condition condition = condition(3);
            if (read.isEmpty()) {
                continue;
            }
            RegionExpression expression = RegionExpression.parse(condition.text);
            RegionExpression again = RegionExpression.parse(expression.text());
            assertEquals(expression.text(), again.text());
            assertEquals(expression.names(), again.names());
            assertNoNeedlessParentheses(expression.text());
            Region region = expression.bind(NAMES);
            Region same = again.bind(NAMES);
            assertArrayEquals(read.stream().toArray(), region.coordinates(), condition.text);
            for (int k = 0; k < POINTS; k++) {
                double[] point = point();
                boolean expected = condition.holds.test(point);
                assertEquals(expected, region.contains(point), condition.text);
                assertEquals(expected, same.contains(point), expression.text());
                inside += expected ? 1 : 0;
                checked++;
            }
        }
        assertTrue(checked > EXPRESSIONS * POINTS / 2 && inside > checked / 20 && inside < checked);
    }

    @RepeatedTest(4)
    void contains_followsTheLawsOfLogic(RepetitionInfo repetition) {
        random = new SplittableRandom(100 + repetition.getCurrentRepetition());
        for (int i = 0; i < EXPRESSIONS / 3; i++) {
            String a = condition(1).text + " | tau < 1";
            String b = condition(1).text + " & mu > 0";
            String c = condition(0).text;
            String[][] equal = {
                {"!((" + a + ") & (" + b + "))", "!(" + a + ") | !(" + b + ")"},
                {"!((" + a + ") | (" + b + "))", "!(" + a + ") & !(" + b + ")"},
                {"!!(" + a + ")", a},
                {
                    "(" + a + ") & ((" + b + ") | tau > 0 & " + c + ")",
                    "(" + a + ") & (" + b + ") | (" + a + ") & tau > 0 & " + c
                },
                {"tau < mu <= 1", "tau < mu & mu <= 1"},
            };
            for (String[] sides : equal) {
                Region left = RegionExpression.parse(sides[0]).bind(NAMES);
                Region right = RegionExpression.parse(sides[1]).bind(NAMES);
                for (int k = 0; k < POINTS; k++) {
                    double[] point = point();
                    assertEquals(left.contains(point), right.contains(point), sides[0]);
                }
            }
        }
    }
}
