package org.localmass.estimate.explore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.localmass.core.draws.Draws;
import org.localmass.core.measure.LogDensity;

class MultiStartTest {
    private static MultiStart.Found search(LogDensity.Differentiable target, Draws about, List<double[]> anchors) {
        return new MultiStart(new Evaluator(() -> target, 1), Spread.of(about), new Streams(1), 0).search(32, anchors);
    }

    @ParameterizedTest(name = "d={0}")
    @ValueSource(ints = {1, 10, 50})
    void search_findsTheFarMode(int d) {
        Draws about = Targets.draws(new double[d], Targets.constant(d, 1), 4000, 1);
        List<Optimum> optima = search(Targets.far(d), about, List.of()).optima().stream()
                .sorted(Comparator.comparingDouble(Optimum::logDensity))
                .toList();
        assertEquals(2, optima.size());
        Optimum far = optima.get(0);
        assertArrayEquals(Targets.constant(d, 10 / Math.sqrt(d)), far.point(), 1e-3);
        assertEquals(1, far.covariance()[0], 1e-4);
        assertEquals(Targets.OFFSET + Math.log(0.03), far.logZ(), 0.2);
        assertEquals(Targets.OFFSET + Math.log(0.97), optima.get(1).logZ(), 0.2);
        assertTrue(far.kHat() < 0.7);
    }

    @Test
    void search_fromAnAnchor_findsTheSpike() {
        int d = 10;
        LogDensity.Differentiable spike = RefereeTest.spike(d);
        Draws about = Targets.draws(Targets.constant(d, 1.5), Targets.constant(d, 1), 4000, 1);
        assertEquals(1, search(spike, about, List.of()).optima().size());
        MultiStart.Found found = search(spike, about, List.of(Targets.constant(d, 0.02)));
        assertEquals(2, found.optima().size());
        Optimum narrow = found.optima().get(0);
        assertTrue(narrow.anchored());
        assertEquals(0.01, narrow.covariance()[0], 1e-5);
        assertEquals(Targets.OFFSET + Math.log(0.05), narrow.logZ(), 0.1);
    }

    /** A maximum that is no mode of a finite width. */
    @Test
    void search_leavesOutWhatLaplaceDoesNotDescribe() {
        Draws about = Targets.draws(new double[1], new double[] {1}, 4000, 1);
        LogDensity.Differentiable cauchy = Targets.student(1, 0.2);
        assertTrue(search(cauchy, about, List.of()).optima().isEmpty());
    }

    @Test
    void search_survivesFailures() {
        LogDensity.Differentiable failing = Targets.of(2, (x, g) -> {
            if (x[0] > 1) {
                throw new IllegalStateException("outside");
            }
            double value = x[0] < -3 ? Double.NaN : -0.5 * (x[0] * x[0] + x[1] * x[1]);
            g[0] = -x[0];
            g[1] = -x[1];
            return value;
        });
        Evaluator evaluator = new Evaluator(() -> failing, 2);
        MultiStart.Found found = new MultiStart(
                        evaluator,
                        Spread.of(Targets.draws(new double[2], new double[] {1, 1}, 1000, 1)),
                        new Streams(1),
                        0)
                .search(32, List.of());
        assertEquals(1, found.optima().size());
        assertArrayEquals(new double[2], found.optima().get(0).point(), 1e-4);
        assertTrue(evaluator.counts().thrown() > 0);
        assertTrue(evaluator.counts().nan() > 0);
    }
}
