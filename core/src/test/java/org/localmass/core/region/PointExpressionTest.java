package org.localmass.core.region;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PointExpressionTest {
    private static final List<String> NAMES = List.of("tau", "beta[1]", "beta[2]", "my-param");

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            textBlock =
                    """
                    0                            ; 0                      ; 0 1 2 3 ; 0 0 0 0
                    -1.50                        ; -1.5                   ; 0 1 2 3 ; -1.5 -1.5 -1.5 -1.5
                    +.5                          ; 0.5                    ; 0 1 2 3 ; 0.5 0.5 0.5 0.5
                    [0,0, 1,-2e-7]               ; [0,0,1,-2e-7]          ; 0 1 2 3 ; 0 0 1 -2e-7
                    tau=0                        ; tau=0                  ; 0       ; 0
                    beta[2] = 3 , tau=-1         ; beta[2]=3, tau=-1      ; 0 2     ; -1 3
                    beta.1=2                     ; beta[1]=2              ; 1       ; 2
                    beta[]=0                     ; beta[]=0               ; 1 2     ; 0 0
                    beta=1, `my-param`=4         ; beta=1, `my-param`=4   ; 1 2 3   ; 1 1 4
                    beta[1:2]=1                  ; beta[1:2]=1            ; 1 2     ; 1 1
                    """)
    void parse_accepts(String text, String canonical, String coordinates, String centre) {
        PointExpression expression = PointExpression.parse(text);
        assertEquals(canonical, expression.text());
        assertEquals(expression, PointExpression.parse(canonical));
        BoundPoint point = expression.bind(NAMES);
        assertEquals(
                coordinates,
                String.join(
                        " ",
                        Arrays.stream(point.coordinates())
                                .mapToObj(Integer::toString)
                                .toList()));
        assertArrayEquals(
                Arrays.stream(centre.split(" ", -1))
                        .mapToDouble(Double::parseDouble)
                        .toArray(),
                point.centre());
        assertEquals(point, PointExpression.parse(point.toString()).bind(NAMES));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            textBlock =
                    """
                    tau==0              ; 4  ; expected '=' at character 4
                    tau                 ; 4  ; expected '=' at the end
                    tau=0,              ; 7  ; expected a name at the end
                    tau=0, 1            ; 8  ; expected a name at character 8
                    tau=0 beta[1]=1     ; 7  ; expected ',' or the end at character 7
                    tau=                ; 5  ; expected a number at the end
                    tau=mu              ; 5  ; expected a number at character 5
                    tau=--1             ; 6  ; expected a number at character 6
                    tau=inf             ; 5  ; a finite number is expected at character 5
                    -inf                ; 1  ; a finite number is expected at character 1
                    inf                 ; 1  ; a finite number is expected at character 1
                    [0,inf]             ; 4  ; a finite number is expected at character 4
                    [nan]               ; 2  ; expected a number at character 2
                    tau=1e999           ; 5  ; the number 1e999 is beyond double precision at character 5
                    0,1                 ; 2  ; expected the end at character 2
                    [0,1                ; 5  ; expected ',' or ']' at the end
                    [0,1] 2             ; 7  ; expected the end at character 7
                    []                  ; 2  ; expected a number at character 2
                    (0)                 ; 1  ; expected a number, a name or '[' at character 1
                    -                   ; 2  ; expected a number at the end
                    tua=1               ; 1  ; there is no tua at character 1: did you mean tau?
                    beta[3]=1           ; 1  ; there is no beta[3] at character 1: beta has elements beta[1] to beta[2]
                    beta=1,beta.2=1     ; 8  ; beta[2] has a second value at character 8
                    tau=0,tau=0         ; 7  ; tau has a second value at character 7
                    """)
    void parse_rejects(String text, int position, String problem) {
        var e = assertThrows(
                RegionSyntaxException.class, () -> PointExpression.parse(text).bind(NAMES));
        assertEquals("point: " + problem + "\n  " + text + "\n  " + " ".repeat(position - 1) + "^", e.getMessage());
        assertEquals(position, e.position());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "[0,0,1]; 'point: the list has 3 values, there are 4 parameters'",
                "[1]; 'point: the list has 1 value, there are 4 parameters'",
                "' '; 'point: the text is empty, write for example 0 or tau=0'"
            })
    void bind_rejectsCounts(String text, String message) {
        var e = assertThrows(
                RegionSyntaxException.class, () -> PointExpression.parse(text).bind(NAMES));
        assertEquals(message, e.getMessage());
    }

    @Test
    void bind_rejectsNoNames() {
        PointExpression zero = PointExpression.parse("0");
        var e = assertThrows(IllegalArgumentException.class, () -> zero.bind(List.of()));
        assertEquals("names must number at least 1, was 0", e.getMessage());
    }

    @Test
    void ball_livesInTheNamedCoordinates() {
        BoundPoint point = PointExpression.parse("beta[2]=1, tau=0").bind(NAMES);
        point.coordinates()[0] = 3;
        point.centre()[0] = 9;
        Ball ball = point.ball(0.5, Norm.l2());
        assertEquals("ball(tau=0, beta[2]=1; l2 radius 0.5)", ball.description());
        assertEquals(NAMES, point.names());
    }

    @Test
    void equals_byCanonicalText() {
        assertEquals(PointExpression.parse("tau = 0.0"), PointExpression.parse("tau=0"));
        assertEquals(
                PointExpression.parse("tau = 0.0").hashCode(),
                PointExpression.parse("tau=0").hashCode());
        assertNotEquals(PointExpression.parse("[0]"), PointExpression.parse("0"));
        assertEquals("[0]", PointExpression.parse("[ 0 ]").toString());
        BoundPoint zero = PointExpression.parse("0").bind(NAMES);
        BoundPoint same = PointExpression.parse("[0,0,0,0]").bind(NAMES);
        assertEquals(zero, same);
        assertEquals(zero.hashCode(), same.hashCode());
        assertNotEquals(zero, PointExpression.parse("tau=0").bind(NAMES));
    }
}
