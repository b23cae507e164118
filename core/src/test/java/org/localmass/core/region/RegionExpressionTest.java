package org.localmass.core.region;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegionExpressionTest {
    private static final List<String> NAMES = List.of(
            "tau",
            "mu",
            "theta[1]",
            "theta[2]",
            "theta[3]",
            "Sigma[1,1]",
            "Sigma[2,1]",
            "Sigma[1,2]",
            "Sigma[2,2]",
            "school[Choate]",
            "school[St. Paul's]",
            "my-param",
            "b[1]",
            "b[2]",
            "max",
            "tick`s",
            "nan",
            "one[0]");
    private static final double[] POINT = {0.4, -1, 3, 4, -12, 10, 20, 30, 40, 5, 6, 7, 0, -0.0, 8, 9, Double.NaN, 11};

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            textBlock =
                    """
                    tau<0.5                                  ; tau < 0.5                                ; true
                    tau <= .4                                ; tau <= 0.4                               ; true
                    tau > 4e-1                               ; tau > 0.4                                ; false
                    tau >= 0.40                              ; tau >= 0.4                               ; true
                    tau == 4E-1                              ; tau == 0.4                               ; true
                    tau != 0.4                               ; tau != 0.4                               ; false
                    tau < +1.                                ; tau < 1                                  ; true
                    mu < -.5e0                               ; mu < -0.5                                ; true
                    mu > -inf                                ; mu > -inf                                ; true
                    inf > mu                                 ; inf > mu                                 ; true
                    -mu == 1                                 ; -mu == 1                                 ; true
                    --mu == -(-(-1))                         ; mu == -1                                 ; true
                    0.1 < tau < 0.5                          ; 0.1 < tau < 0.5                          ; true
                    0.1 < tau < 0.5 < mu                     ; 0.1 < tau < 0.5 < mu                     ; false
                    1 < theta[1] < theta[2] <= 4             ; 1 < theta[1] < theta[2] <= 4             ; true
                    tau < mu > 3                             ; tau < mu > 3                             ; false
                    tau<0.5&theta[1]>2                       ; tau < 0.5 & theta[1] > 2                 ; true
                    tau<0.5 && theta[1]>20                   ; tau < 0.5 & theta[1] > 20                ; false
                    tau<0.5 || theta[1]>20                   ; tau < 0.5 | theta[1] > 20                ; true
                    tau<0.1 or not mu>0 and theta.1>2        ; tau < 0.1 | !(mu > 0) & theta[1] > 2     ; true
                    !tau < 1                                 ; !(tau < 1)                               ; false
                    !!tau < 1                                ; !!(tau < 1)                              ; true
                    !(tau < 1 & mu > 1)                      ; !(tau < 1 & mu > 1)                      ; true
                    !(tau < 1) & mu > 1                      ; !(tau < 1) & mu > 1                      ; false
                    (tau < 1 | mu < 2) & (mu > 1)            ; (tau < 1 | mu < 2) & mu > 1              ; false
                    tau < 1 | (mu < 2 & mu > 1)              ; tau < 1 | mu < 2 & mu > 1                ; true
                    tau < 1 & (mu < 2 & (mu < 1))            ; tau < 1 & mu < 2 & mu < 1                ; true
                    (((tau)) < (1))                          ; tau < 1                                  ; true
                    theta[1] - (theta[2] - 1) == 0           ; theta[1] - (theta[2] - 1) == 0           ; true
                    (theta[1] - theta[2]) - 1 == -2          ; theta[1] - theta[2] - 1 == -2            ; true
                    theta[1] + (theta[2] + 1) == 8           ; theta[1] + (theta[2] + 1) == 8           ; true
                    theta[3] / (theta[1] * theta[2]) == -1   ; theta[3] / (theta[1] * theta[2]) == -1   ; true
                    theta[3] / theta[1] * theta[2] == -16    ; theta[3] / theta[1] * theta[2] == -16    ; true
                    (theta[1] + 1) * 2 == 8                  ; (theta[1] + 1) * 2 == 8                  ; true
                    theta[1] + (1 * 2) == 5                  ; theta[1] + 1 * 2 == 5                    ; true
                    -(theta[1] + 1) * 2 == -8                ; -(theta[1] + 1) * 2 == -8                ; true
                    theta[1] - -1 == 4                       ; theta[1] - -1 == 4                       ; true
                    1 / b[1] == inf                          ; 1 / b[1] == inf                          ; true
                    1 / b[2] == -inf                         ; 1 / b[2] == -inf                         ; true
                    b[1] == b[2]                             ; b[1] == b[2]                             ; true
                    1 / (mu * -0) == inf                     ; 1 / (mu * -0) == inf                     ; true
                    nan < 1                                  ; nan < 1                                  ; false
                    nan >= 1                                 ; nan >= 1                                 ; false
                    nan == nan                               ; nan == nan                               ; false
                    nan != nan                               ; nan != nan                               ; true
                    !(nan < 1)                               ; !(nan < 1)                               ; true
                    max(tau, nan) > 0                        ; max(tau, nan) > 0                        ; false
                    min(nan, tau) < 1                        ; min(nan, tau) < 1                        ; false
                    norm(nan, tau) != 1                      ; norm(nan, tau) != 1                      ; true
                    b[1] / b[2] != 0                         ; b[1] / b[2] != 0                         ; true
                    abs(mu) == 1                             ; abs(mu) == 1                             ; true
                    abs(-theta[3] - 20) == 8                 ; abs(-theta[3] - 20) == 8                 ; true
                    max(theta[1], theta[2], tau) == 4        ; max(theta[1], theta[2], tau) == 4        ; true
                    min(theta[], tau) == -12                 ; min(theta[], tau) == -12                 ; true
                    norm(theta) == 13                        ; norm(theta) == 13                        ; true
                    norm(theta[ ]) == 13                     ; norm(theta[]) == 13                      ; true
                    norm(theta[:]) == 13                     ; norm(theta[]) == 13                      ; true
                    sum(theta) == -5                         ; sum(theta) == -5                         ; true
                    mean(theta, 1) == -1                     ; mean(theta, 1) == -1                     ; true
                    max(theta[1:2]) == 4                     ; max(theta[1:2]) == 4                     ; true
                    max(theta[ 2 : ]) == 4                   ; max(theta[2:]) == 4                      ; true
                    sum(theta[:2]) == 7                      ; sum(theta[:2]) == 7                      ; true
                    max(theta[3:3]) == -12                   ; max(theta[3:3]) == -12                   ; true
                    max(abs(theta[])) == 12                  ; max(abs(theta[])) == 12                  ; true
                    max(abs(theta[] - mu)) == 11             ; max(abs(theta[] - mu)) == 11             ; true
                    max(-theta) == 12                        ; max(-theta) == 12                        ; true
                    sum(theta[1:2] * Sigma[,1]) == 110       ; sum(theta[1:2] * Sigma[,1]) == 110       ; true
                    sum(2 / (theta[1:2] - 2)) == 3           ; sum(2 / (theta[1:2] - 2)) == 3           ; true
                    max(theta - mean(theta[1:2])) == 0.5     ; max(theta - mean(theta[1:2])) == 0.5     ; true
                    sum(Sigma[]) == 100                      ; sum(Sigma[]) == 100                      ; true
                    sum(Sigma[,]) == 100                     ; sum(Sigma[,]) == 100                     ; true
                    sum(Sigma[1,]) == 40                     ; sum(Sigma[1,]) == 40                     ; true
                    sum(Sigma[,2]) == 70                     ; sum(Sigma[,2]) == 70                     ; true
                    sum(Sigma[1:2,1]) == 30                  ; sum(Sigma[1:2,1]) == 30                  ; true
                    Sigma[ 1 , 2 ] == 30                     ; Sigma[1,2] == 30                         ; true
                    Sigma.2.1 == 20                          ; Sigma[2,1] == 20                         ; true
                    theta.2*.5 == 2                          ; theta[2] * 0.5 == 2                      ; true
                    theta.02 == 4                            ; theta[2] == 4                            ; true
                    one[0] == 11                             ; one[0] == 11                             ; true
                    max(one) == 11                           ; max(one) == 11                           ; true
                    school[Choate] == 5                      ; school[Choate] == 5                      ; true
                    `school[Choate]` == 5                    ; school[Choate] == 5                      ; true
                    `school[St. Paul's]` == 6                ; `school[St. Paul's]` == 6                ; true
                    sum(school[]) == 11                      ; sum(school[]) == 11                      ; true
                    `my-param` == 7                          ; `my-param` == 7                          ; true
                    `tau` < 0.5                              ; tau < 0.5                                ; true
                    `theta`[1] == 3                          ; theta[1] == 3                            ; true
                    `theta[1]` == 3                          ; theta[1] == 3                            ; true
                    max == 8                                 ; max == 8                                 ; true
                    max(max, 9) == 9                         ; max(max, 9) == 9                         ; true
                    `tick``s` == 9                           ; `tick``s` == 9                           ; true
                    """)
    void parse_accepts(String text, String canonical, boolean holds) {
        RegionExpression expression = RegionExpression.parse(text);
        assertEquals(canonical, expression.text());
        assertEquals(canonical, RegionExpression.parse(canonical).text());
        Region region = expression.bind(NAMES);
        assertEquals(canonical, region.description());
        assertEquals(NAMES.size(), region.dimension());
        assertEquals(holds, region.contains(POINT));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            textBlock =
                    """
                    tau < & 3              ; 7  ; expected a number, a name or '(' at character 7
                    tau <                  ; 6  ; expected a number, a name or '(' at the end
                    tau                    ; 1  ; a comparison is expected at character 1: this is a number
                    tau + 1                ; 1  ; a comparison is expected at character 1: this is a number
                    tau < 1 & (mu)         ; 11 ; a comparison is expected at character 11: this is a number
                    tau | mu < 1           ; 1  ; a comparison is expected at character 1: this is a number
                    !tau                   ; 2  ; a comparison is expected at character 2: this is a number
                    (tau < 1) < 2          ; 1  ; a number is expected at character 1: this is a comparison
                    mu < (tau < 1)         ; 6  ; a number is expected at character 6: this is a comparison
                    tau * (mu < 3) > 4     ; 7  ; a number is expected at character 7: this is a comparison
                    -(mu < 3) > 4          ; 2  ; a number is expected at character 2: this is a comparison
                    max(mu < 3) > 4        ; 5  ; a number is expected at character 5: this is a comparison
                    tau < !mu              ; 7  ; a number is expected at character 7: '!' stands before a comparison
                    tau = 3                ; 5  ; '=' is no comparison at character 5: write ==
                    tau =< 3               ; 5  ; '=' is no comparison at character 5: write <=
                    tau => 3               ; 5  ; '=' is no comparison at character 5: write >=
                    tau > 3)               ; 8  ; expected an operator or the end at character 8
                    tau > 3 mu             ; 9  ; expected an operator or the end at character 9
                    2tau > 3               ; 2  ; expected an operator or the end at character 2
                    tau, mu > 3            ; 4  ; expected an operator or the end at character 4
                    (tau > 3               ; 9  ; expected an operator or ')' at the end
                    (tau, mu) > 3          ; 5  ; expected an operator or ')' at character 5
                    max(tau                ; 8  ; expected an operator, ',' or ')' at the end
                    max(tau mu) > 1        ; 9  ; expected an operator, ',' or ')' at character 9
                    max(tau,) > 1          ; 9  ; expected a number, a name or '(' at character 9
                    max() > 1              ; 1  ; max() needs an argument at character 1
                    abs(tau, mu) > 1       ; 1  ; abs() takes one argument at character 1: this has 2, write for example max(abs(a), abs(b))
                    log(tau) > 1           ; 1  ; there is no function log() at character 1: the functions are abs, min, max, sum, mean, norm
                    tau ^ 2 > 1            ; 5  ; unexpected '^' at character 5: there are no powers, write x * x
                    tau ≤ 1                ; 5  ; unexpected '≤' at character 5: write <=
                    tau > 1 #              ; 9  ; unexpected '#' at character 9
                    tau > 1e400            ; 7  ; the number 1e400 is beyond double precision at character 7: write inf
                    tau > 1e-400           ; 7  ; the number 1e-400 is beyond double precision at character 7: write 0
                    theta[1.5] > 1         ; 7  ; an index must be a whole number of at most 9 digits at character 7: was 1.5
                    theta[1234567890] > 1  ; 7  ; an index must be a whole number of at most 9 digits at character 7: was 1234567890
                    theta[-1] > 1          ; 7  ; expected an index, ':' or ']' at character 7
                    theta[1 > 3            ; 9  ; expected ',' or ']' at character 9
                    theta[i+1] > 3         ; 8  ; expected ',' or ']' at character 8
                    max(theta[3:2]) > 1    ; 11 ; the range 3:2 is empty at character 11
                    theta.1e5 < 3          ; 1  ; the name theta.1e5 is not a Stan name at character 1: write it in backquotes, `theta.1e5`
                    mu < my.param          ; 6  ; the name my.param is not a Stan name at character 6: write it in backquotes, `my.param`
                    `tau > 1               ; 1  ; the name in backquotes has no end at character 1: the closing ` is missing
                    `` > 1                 ; 1  ; a name is missing between the backquotes at character 1
                    1 < 2                  ; 1  ; a region must name a quantity at character 1: this holds everywhere or nowhere
                    theta[] > 1            ; 1  ; theta[] stands for several elements at character 1: use it in min(), max(), sum(), mean(), norm()
                    1 < abs(theta[1:2])    ; 9  ; theta[1:2] stands for several elements at character 9: use it in min(), max(), sum(), mean(), norm()
                    1 < 2 - Sigma[1,]      ; 9  ; Sigma[1,] stands for several elements at character 9: use it in min(), max(), sum(), mean(), norm()
                    """)
    void parse_rejects(String text, int position, String problem) {
        var e = assertThrows(RegionSyntaxException.class, () -> RegionExpression.parse(text));
        check(e, text, position, problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            textBlock =
                    """
                    thta[1] > 3            ; 1  ; there is no thta[1] at character 1: did you mean theta[1]?
                    Theta[2] > 3           ; 1  ; there is no Theta[2] at character 1: did you mean theta[2]?
                    theat[9] > 3           ; 1  ; there is no theat[9] at character 1: did you mean theta[1] to theta[3]?
                    max(theat) > 3         ; 5  ; there is no theat at character 5: did you mean theta[1] to theta[3]?
                    max(theat[2:]) > 3     ; 5  ; there is no theat[2:] at character 5: did you mean theta[2:]?
                    1 < TAU                ; 5  ; there is no TAU at character 5: did you mean tau?
                    Mu > 3                 ; 1  ; there is no Mu at character 1: did you mean mu?
                    tau < Inf              ; 7  ; there is no Inf at character 7: did you mean inf?
                    sigma[1,2] > 3         ; 1  ; there is no sigma[1,2] at character 1: did you mean Sigma[1,2]?
                    zzzzz > 3              ; 1  ; there is no zzzzz at character 1: the names are tau, mu, theta[1] to theta[3], Sigma[1,1] to Sigma[2,2], school[Choate] to `school[St. Paul's]`, `my-param` and 5 more
                    my-param > 3           ; 1  ; there is no my at character 1: did you mean `my-param`?
                    mu[1] > 3              ; 1  ; there is no mu[1] at character 1: mu is a single number, write mu
                    max(mu[]) > 3          ; 5  ; there is no mu[] at character 5: mu is a single number, write mu
                    theta > 3              ; 1  ; theta has 3 elements at character 1: write theta[1] or use it in min(), max(), sum(), mean(), norm()
                    1 < abs(theta)         ; 9  ; theta has 3 elements at character 9: write theta[1] or use it in min(), max(), sum(), mean(), norm()
                    one > 3                ; 1  ; one has 1 element at character 1: write one[0] or use it in min(), max(), sum(), mean(), norm()
                    theta[9] > 3           ; 1  ; there is no theta[9] at character 1: theta has elements theta[1] to theta[3]
                    theta[0] > 3           ; 1  ; there is no theta[0] at character 1: theta has elements theta[1] to theta[3]
                    theta.4 > 3            ; 1  ; there is no theta[4] at character 1: theta has elements theta[1] to theta[3]
                    max(theta[2:4]) > 3    ; 5  ; there is no theta[2:4] at character 5: theta has elements theta[1] to theta[3]
                    max(theta[8:]) > 3     ; 5  ; there is no theta[8:] at character 5: theta has elements theta[1] to theta[3]
                    Sigma[3,1] > 3         ; 1  ; there is no Sigma[3,1] at character 1: Sigma has elements Sigma[1,1] to Sigma[2,2]
                    max(Sigma[3,]) > 3     ; 5  ; there is no Sigma[3,] at character 5: Sigma has elements Sigma[1,1] to Sigma[2,2]
                    Sigma[1] > 3           ; 1  ; there is no Sigma[1] at character 1: Sigma has 2 indices, write Sigma[1,1], or Sigma[1,] for all of them
                    theta[1,1] > 3         ; 1  ; there is no theta[1,1] at character 1: theta has 1 index, write theta[1]
                    school[Chaote] > 3     ; 1  ; there is no school[Chaote] at character 1: did you mean school[Choate]?
                    school[1] > 3          ; 1  ; there is no school[1] at character 1: school has elements school[Choate] to `school[St. Paul's]`
                    max(school[1:2]) > 3   ; 5  ; there is no school[1:2] at character 5: school has elements school[Choate] to `school[St. Paul's]`
                    max(theta - b) > 3     ; 13 ; numbers of elements differ at character 13: this has 2, what stands before it 3
                    max(theta * b[1:1]) > 3; 13 ; numbers of elements differ at character 13: this has 1, what stands before it 3
                    """)
    void bind_rejects(String text, int position, String problem) {
        RegionExpression expression = RegionExpression.parse(text);
        var e = assertThrows(RegionSyntaxException.class, () -> expression.bind(NAMES));
        check(e, text, position, problem);
    }

    private static void check(RegionSyntaxException e, String text, int position, String problem) {
        assertEquals("region: " + problem, e.summary());
        assertEquals(position, e.position());
        assertEquals("region: " + problem + "\n  " + text + "\n  " + " ".repeat(position - 1) + "^", e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\t"})
    void parse_rejectsBlank(String text) {
        var e = assertThrows(RegionSyntaxException.class, () -> RegionExpression.parse(text));
        assertEquals("region: the text is empty, write for example tau < 0.5", e.getMessage());
    }

    @Test
    void message_showsOneLineAroundTheCharacter() {
        var lines = assertThrows(RegionSyntaxException.class, () -> RegionExpression.parse("tau\n <\t& 3"));
        assertEquals(
                "region: expected a number, a name or '(' at character 8\n  tau  < & 3\n         ^",
                lines.getMessage());
        String many = "tau < 1 & ".repeat(20);
        var cut = assertThrows(RegionSyntaxException.class, () -> RegionExpression.parse(many + "& " + many));
        List<String> excerpt = cut.getMessage().lines().toList();
        String around = (many + "& " + many).substring(200 - 48, 200 + 24);
        assertEquals("region: expected a number, a name or '(' at character 201", excerpt.get(0));
        assertEquals("  ..." + around + "...", excerpt.get(1));
        assertEquals(" ".repeat(2 + 3 + 48) + "^", excerpt.get(2));
        var wide = assertThrows(RegionSyntaxException.class, () -> RegionExpression.parse("\uD835\uDED5 < & 3"));
        assertEquals(5, wide.position());
    }

    @ParameterizedTest
    @CsvSource({"(, )", "-(, )", "max(, )"})
    void parse_limitsNesting(String open, String close) {
        int levels = open.equals("-(") ? 100 : 200;
        String inner = "tau";
        String deepest = open.repeat(levels) + inner + close.repeat(levels) + " < 1";
        RegionExpression expression = RegionExpression.parse(deepest);
        assertTrue(expression.bind(List.of("tau")).contains(new double[] {0.5}));
        assertEquals(expression, RegionExpression.parse(expression.text()));
        var e = assertThrows(
                RegionSyntaxException.class,
                () -> RegionExpression.parse(open + deepest.replace(" < 1", close + " < 1")));
        assertTrue(e.summary().startsWith("region: nested deeper than 200 levels at character "), e.summary());
        assertThrows(RegionSyntaxException.class, () -> RegionExpression.parse(open.repeat(20_000)));
        assertThrows(RegionSyntaxException.class, () -> RegionExpression.parse("!".repeat(90_000) + "tau < 1"));
    }

    @Test
    void parse_longTexts() {
        String sum = "tau" + " + tau".repeat(10_000) + " < 1 ";
        assertTrue(RegionExpression.parse(sum).bind(List.of("tau")).contains(new double[] {0}));
        String all = "tau < 1" + " & tau < 1".repeat(9_000);
        assertTrue(RegionExpression.parse(all).bind(List.of("tau")).contains(new double[] {0}));
        String chain = "tau" + " <= tau".repeat(9_000);
        assertTrue(RegionExpression.parse(chain).bind(List.of("tau")).contains(new double[] {0}));
        var e = assertThrows(
                RegionSyntaxException.class, () -> RegionExpression.parse("tau < 1" + " ".repeat(100_000)));
        assertEquals("region: the text must have at most 100000 characters, was 100007", e.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "theta[2] > 3 | tau < 1 & theta[2] < 9; 0 3",
                "norm(theta) > mu; 1 2 3 4",
                "max(Sigma[1,]) > 0; 5 7",
                "sum(Sigma[,1]) > one[0]; 5 6 17",
                "0 * tau < 1; 0"
            })
    void coordinates_areThoseNamed(String text, String expected) {
        int[] columns = Arrays.stream(expected.split(" ", -1))
                .mapToInt(Integer::parseInt)
                .toArray();
        assertArrayEquals(columns, RegionExpression.parse(text).bind(NAMES).coordinates());
    }

    @Test
    void names_inOrderOfAppearance() {
        assertEquals(
                List.of("theta[2]", "Sigma[1,]", "tau", "`my-param`"),
                RegionExpression.parse("theta.2 > max(Sigma[1, ], tau) | !(`my-param` < theta[2])")
                        .names());
    }

    @Test
    void bind_readsOtherSpellingsOfColumns() {
        List<String> csv = List.of("theta.1", "theta.2", "Sigma[0, 1]", "x.y");
        double[] point = {1, 2, 3, 4};
        for (String text : List.of(
                "theta[2] == 2",
                "theta.1 == 1",
                "sum(theta) == 3",
                "Sigma[0,1] == 3",
                "`Sigma[0, 1]` == 3",
                "`theta.2` == 2",
                "`x.y` == 4")) {
            assertTrue(RegionExpression.parse(text).bind(csv).contains(point), text);
        }
        for (int j = 0; j < csv.size(); j++) {
            String text = RegionExpression.textOf(csv.get(j)) + " == " + point[j];
            assertArrayEquals(
                    new int[] {j}, RegionExpression.parse(text).bind(csv).coordinates(), text);
        }
    }

    @Test
    void bind_ordersElementsByIndex() {
        List<String> shuffled = new ArrayList<>(List.of("a[10]", "a[2]", "a[1]", "b[1]", "b[2]", "b[10]"));
        double[] point = {10, 2, 1, 1, 2, 10};
        RegionExpression equal = RegionExpression.parse("max(abs(a - b)) == 0");
        var e = assertThrows(RegionSyntaxException.class, () -> RegionExpression.parse("max(a[1:10]) > 0")
                .bind(shuffled));
        assertEquals("region: there is no a[1:10] at character 5: a has elements a[1] to a[10]", e.summary());
        assertTrue(equal.bind(shuffled).contains(point));
        Collections.swap(shuffled, 0, 1);
        assertEquals(false, equal.bind(shuffled).contains(point));
    }

    @ParameterizedTest
    @CsvSource({"3e200, 4e200, 5e200", "3e-200, 4e-200, 5e-200", "Infinity, 1, Infinity", "0, 0, 0"})
    void norm_outOfTheRangeOfSquares(double a, double b, double norm) {
        Region region = RegionExpression.parse("norm(a, b) * 0.9999999 <= c <= norm(a, b) * 1.0000001")
                .bind(List.of("a", "b", "c"));
        assertTrue(region.contains(new double[] {a, b, norm}));
    }

    @Test
    void contains_allocatesNothing() {
        Region region = RegionExpression.parse("max(abs(theta - mean(theta))) > 1 & !(norm(theta[1:2], tau) < 0.1)"
                        + " | 0 < tau / 2 - mu < 3 & sum(Sigma[,1] * 2) > 0")
                .bind(NAMES);
        Assumptions.assumeTrue(
                ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean,
                "this JVM does not count allocated bytes");
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        int inside = 0;
        long bytes = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 10_000; i++) {
                inside += region.contains(POINT) ? 1 : 0;
            }
            bytes = Math.min(bytes, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(50_000, inside);
        assertTrue(bytes < 10_000, bytes + " bytes in 10000 calls");
    }

    @Test
    void equals_byCanonicalText() {
        RegionExpression expression = RegionExpression.parse("tau<1");
        assertEquals(RegionExpression.parse("( tau < 1.0 )"), expression);
        assertEquals(RegionExpression.parse("tau < 1").hashCode(), expression.hashCode());
        assertNotEquals(RegionExpression.parse("tau <= 1"), expression);
        assertEquals("tau < 1", expression.toString());
    }

    /** Regions of real analyses. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "tau < 0.5",
                "tau < 1",
                "tau > 14.451591999999998",
                "theta[1] > 23.564881999999958",
                "mu < 0",
                "mu > 0",
                "abs(mu) < 1",
                "v < -3",
                "v < -5",
                "v > 5",
                "abs(beta[15]) < 0.1",
                "abs(beta[3]) > 0.2",
                "beta[15] > 0.64064886999999993",
                "tau > 0.43754963999999946",
                "max(abs(beta[2]), abs(beta[3]), abs(beta[4]), abs(beta[6]), abs(beta[7]), abs(beta[8]), abs(beta[9]), "
                        + "abs(beta[11]), abs(beta[12]), abs(beta[13]), abs(beta[14]), abs(beta[16]), abs(beta[17]), "
                        + "abs(beta[18]), abs(beta[19]), abs(beta[20])) < 0.1",
                "theta[2] < -4.5941713000000002",
                "theta[2] > -2.1185649000000009",
                "theta[5] > -0.58105547000000135",
                "norm(theta) > 5.6706950623181624"
            })
    void parse_realRegions(String text) {
        String canonical = RegionExpression.parse(text).text();
        assertEquals(canonical, RegionExpression.parse(canonical).text());
        assertEquals(text.replaceAll("[0-9.]+$", ""), canonical.replaceAll("[0-9.]+$", ""));
        double end = Double.parseDouble(text.replaceAll(".* ", ""));
        assertEquals(end, Double.parseDouble(canonical.replaceAll(".* ", "")));
    }

    @Test
    void parse_regionsOfTheStanModels() throws IOException {
        String directory = System.getProperty("localmass.testdata", "");
        Assumptions.assumeFalse(directory.isEmpty(), "needs -Dlocalmass.testdata=DIR");
        List<String> lines = Files.readAllLines(Path.of(directory, "data", "stan", "regions.csv"));
        assertEquals(24, lines.size());
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1);
            String text = fields[2].replace("\"", "");
            String canonical = RegionExpression.parse(text).text();
            assertEquals(canonical, RegionExpression.parse(canonical).text());
        }
    }
}
