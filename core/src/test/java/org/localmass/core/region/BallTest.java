package org.localmass.core.region;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BallTest {
    private static final List<String> NAMES = List.of("tau", "mu", "beta[1]", "my-param");

    private static Ball ball(Norm norm, double radius) {
        return Ball.of(NAMES, new int[] {0, 2}, new double[] {0, 1}, radius, norm);
    }

    static Object[][] points() {
        Norm mahalanobis = Norm.mahalanobis(new double[][] {{4, 0}, {0, 1}});
        return new Object[][] {
            {Norm.l2(), 3, 5, 5.0, true},
            {Norm.l2(), 3, 5, Math.nextDown(5), false},
            {Norm.linf(), 3, 5, 4.0, true},
            {Norm.linf(), 3, 5, Math.nextDown(4), false},
            {mahalanobis, 6, 5, 5.0, true},
            {mahalanobis, 6, 5, Math.nextDown(5), false},
            {Norm.l2(), Double.NaN, 1, 1e300, false},
            {Norm.linf(), 0, Double.NaN, 1e300, false},
            {Norm.l2(), 1e200, 1, 1e200, true},
            {Norm.l2(), 2e-200, 1, 1e-200, false},
        };
    }

    @ParameterizedTest
    @MethodSource("points")
    void contains_isClosed(Norm norm, double tau, double beta, double radius, boolean expected) {
        assertEquals(expected, ball(norm, radius).contains(new double[] {tau, Double.NaN, beta, Double.NaN}));
    }

    @Test
    void accessors_areCopies() {
        int[] coordinates = {0, 2};
        double[] centre = {0, 1};
        Ball ball = Ball.of(NAMES, coordinates, centre, 2, Norm.l2());
        coordinates[0] = 1;
        centre[0] = 9;
        ball.coordinates()[0] = 1;
        ball.centre()[0] = 9;
        assertArrayEquals(new int[] {0, 2}, ball.coordinates());
        assertArrayEquals(new double[] {0, 1}, ball.centre());
        assertEquals(List.of("tau", "beta[1]"), ball.coordinateNames());
        assertEquals(4, ball.dimension());
        assertEquals(3, ball.withRadius(3).radius());
        assertEquals(2, ball.radius());
    }

    @Test
    void description_namesCentreNormAndRadius() {
        assertEquals(
                "ball(tau=0, beta[1]=1; linf radius 0.001)",
                ball(Norm.linf(), 1e-3).description());
        assertEquals(
                "ball(`my-param`=-2.5; l2 radius 1)",
                Ball.of(NAMES, new int[] {3}, new double[] {-2.5}, 1, Norm.l2()).description());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void of_rejectsRadius(double radius) {
        String message = "radius must be positive and finite, was " + radius;
        var e = assertThrows(IllegalArgumentException.class, () -> ball(Norm.l2(), radius));
        assertEquals(message, e.getMessage());
        Ball unit = ball(Norm.l2(), 1);
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> unit.withRadius(radius))
                        .getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "2; 0; 'coordinates must ascend, were 2, 0'",
                "1; 1; 'coordinates must ascend, were 1, 1'",
                "-1; 0; 'coordinates must be from 0 to 3, was -1'",
                "0; 4; 'coordinates must be from 0 to 3, was 4'"
            })
    void of_rejectsCoordinates(int first, int second, String message) {
        var e = assertThrows(
                IllegalArgumentException.class,
                () -> Ball.of(NAMES, new int[] {first, second}, new double[2], 1, Norm.l2()));
        assertEquals(message, e.getMessage());
    }

    @Test
    void of_rejectsCentreAndDimension() {
        int[] one = {0};
        assertThrows(IllegalArgumentException.class, () -> Ball.of(NAMES, one, new double[2], 1, Norm.l2()));
        assertThrows(IllegalArgumentException.class, () -> Ball.of(NAMES, new int[0], new double[0], 1, Norm.l2()));
        var nan = assertThrows(
                IllegalArgumentException.class, () -> Ball.of(NAMES, one, new double[] {Double.NaN}, 1, Norm.l2()));
        assertEquals("centre[0] must be finite, was NaN", nan.getMessage());
        Norm plane = Norm.mahalanobis(new double[][] {{1, 0}, {0, 1}});
        var dimension =
                assertThrows(IllegalArgumentException.class, () -> Ball.of(NAMES, one, new double[1], 1, plane));
        assertEquals("dimension must be 2, was 1", dimension.getMessage());
    }
}
