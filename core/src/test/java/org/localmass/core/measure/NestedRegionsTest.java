package org.localmass.core.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.localmass.core.mass.MassCurve;
import org.localmass.core.region.Norm;

/** Nested regions have ordered masses: balls over their radius, and of the two norms that hold each other. */
class NestedRegionsTest {
    private static final double SLACK = 1e-11;

    static Stream<String> spaces() {
        return Laws.spaces().stream();
    }

    private static double ball(Distribution law, double[] centre, double radius, Norm norm) {
        try {
            return law.logBallMass(centre, radius, norm);
        } catch (NoClosedFormException e) {
            return Double.NaN;
        }
    }

    private static double tail(Distribution law, double radius, Norm norm) {
        try {
            return law.logTailMass(radius, norm);
        } catch (NoClosedFormException e) {
            return Double.NaN;
        }
    }

    @ParameterizedTest
    @MethodSource("spaces")
    void masses_areOrdered(String text) {
        Distribution law = Laws.of(text);
        int d = law.dimension();
        var random = new SplittableRandom(text.hashCode());
        int known = 0;
        for (int trial = 0; trial < 3; trial++) {
            double[] centre = new double[d];
            for (int j = 0; j < d; j++) {
                centre[j] = trial == 0 ? 0 : random.nextGaussian();
            }
            double root = Math.sqrt(d);
            double previousBall = Double.NEGATIVE_INFINITY;
            double previousCube = Double.NEGATIVE_INFINITY;
            for (double r : MassCurve.radii(1e-9, 30, 9)) {
                double ball = ball(law, centre, r, Norm.l2());
                double cube = ball(law, centre, r, Norm.linf());
                double inner = ball(law, centre, r / root, Norm.linf());
                known += Double.isNaN(ball) && Double.isNaN(cube) ? 0 : 1;
                assertTrue(!(ball < previousBall - SLACK), "l2 at " + r);
                assertTrue(!(cube < previousCube - SLACK), "linf at " + r);
                assertTrue(!(ball > cube + SLACK) && !(inner > ball + SLACK), inner + ", " + ball + ", " + cube);
                previousBall = ball;
                previousCube = cube;
            }
        }
        assertTrue(known > 0);
    }

    /** A ball about 0 and its outside are everything. */
    @ParameterizedTest
    @MethodSource("spaces")
    void ballAndTail_sumToOne(String text) {
        Distribution law = Laws.of(text);
        for (Norm norm : new Norm[] {Norm.l2(), Norm.linf()}) {
            for (double r : new double[] {0.3, 0.9, 2.5}) {
                double ball = ball(law, new double[law.dimension()], r, norm);
                double tail = tail(law, r, norm);
                if (!Double.isNaN(ball + tail)) {
                    assertEquals(1, Math.exp(ball) + Math.exp(tail), 1e-11, norm.label() + " " + r);
                }
            }
        }
    }
}
