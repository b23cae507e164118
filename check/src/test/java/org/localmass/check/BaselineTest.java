package org.localmass.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;
import org.localmass.core.draws.Sampling;
import org.localmass.core.mass.RatioEstimate;
import org.localmass.core.region.Interval;

class BaselineTest {
    private static final List<String> NAMES = List.of("x");
    private static final Interval TAIL = Interval.halfOpen(NAMES, 0, 1, Double.POSITIVE_INFINITY);

    private static Draws draws(long seed, DoubleUnaryOperator map) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] x = new double[4000];
        for (int i = 0; i < x.length; i++) {
            x[i] = map.applyAsDouble(random.nextGaussian());
        }
        return Draws.of(NAMES, List.of(Chain.adopt(x)), Sampling.INDEPENDENT);
    }

    private static Baseline compare(double sd, Baseline.Earlier... earlier) {
        SharedParameters shared = SharedParameters.of(draws(1, z -> z), draws(2, z -> sd * z));
        CheckReport report = LocalMassCheck.withDefaults().run(shared, List.of(), List.of());
        return Baseline.of(shared, report, "old.json", "finding", "It was wrong.", List.of(earlier));
    }

    private static Baseline.Earlier tail(double lower, double estimate, double upper) {
        return new Baseline.Earlier("x > 1", Optional.of(TAIL), true, new RatioEstimate(estimate, lower, upper));
    }

    /** P(x > 1) is 0.159 under p; under q 0.159, 0.0062 (sd 0.4) or 0.048 (sd 0.6). */
    static Stream<Arguments> trends() {
        return Stream.of(
                Arguments.of(1.0, tail(0.01, 0.02, 0.05), Baseline.Trend.GONE),
                Arguments.of(0.4, tail(0.5, 0.6, 0.7), Baseline.Trend.WORSE),
                Arguments.of(0.4, tail(1.2, 1.3, 1.4), Baseline.Trend.WORSE),
                Arguments.of(0.6, tail(0.01, 0.02, 0.05), Baseline.Trend.BETTER),
                Arguments.of(0.6, tail(0, 0, 0.05), Baseline.Trend.BETTER),
                Arguments.of(0.6, tail(0.2, 0.3, 0.4), Baseline.Trend.SAME),
                Arguments.of(0.6, tail(0, Double.NaN, Double.POSITIVE_INFINITY), Baseline.Trend.SAME));
    }

    @ParameterizedTest
    @MethodSource("trends")
    void trend_ofAnEarlierRegion(double sd, Baseline.Earlier earlier, Baseline.Trend expected) {
        Baseline.Change change = compare(sd, earlier).changes().get(0);
        assertEquals(expected, change.trend());
        assertEquals(earlier.ratio(), change.earlier().orElseThrow());
    }

    @Test
    void unboundRegion_isUnknown() {
        Baseline baseline =
                compare(1, new Baseline.Earlier("gone > 1", Optional.empty(), true, new RatioEstimate(0.1, 0.05, 0.2)));
        assertEquals(
                List.of(new Baseline.Change(
                        Baseline.Trend.UNKNOWN,
                        "gone > 1",
                        Optional.of(new RatioEstimate(0.1, 0.05, 0.2)),
                        Optional.empty())),
                baseline.changes());
    }

    @Test
    void findings_thatNoEarlierRegionCovers_areNew() {
        Baseline first = compare(0.4);
        int findings = first.count(Baseline.Trend.NEW);
        assertEquals(first.changes().size(), findings);
        Baseline second = compare(0.4, tail(0.01, 0.03, 0.1));
        // the upper tail is covered, unless the new region is a much smaller part of it
        assertEquals(findings - 1, second.count(Baseline.Trend.NEW));
    }
}
