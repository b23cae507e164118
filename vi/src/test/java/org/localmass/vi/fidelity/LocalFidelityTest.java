package org.localmass.vi.fidelity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.localmass.core.measure.LogDensity;
import org.localmass.core.region.Ball;
import org.localmass.core.region.Norm;
import org.localmass.core.region.Region;
import org.localmass.vi.family.Family;
import org.localmass.vi.family.Mixture;
import org.localmass.vi.model.Model;
import org.localmass.vi.model.Models;

class LocalFidelityTest {
    private static final LocalFidelity QUICK =
            LocalFidelity.withDefaults().withExamination(false).withBudget(300_000);

    private static Model model(String text) {
        return Models.of(text, Optional.empty());
    }

    private static LocalFidelityResult fit(LocalFidelity fidelity, String text, NamedRegion... regions) {
        return fidelity.fit(model(text)::evaluator, List.of(regions), Optional.empty());
    }

    private static Region ball(int d, double centre, double radius) {
        double[] middle = new double[d];
        int[] all = new int[d];
        for (int j = 0; j < d; j++) {
            middle[j] = centre;
            all[j] = j;
        }
        return Ball.of(ReferencePoints.names(d), all, middle, radius, Norm.l2());
    }

    private static FittedRegion region(LocalFidelityResult result, String name) {
        return result.regions().stream()
                .filter(r -> r.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not among " + result.regions()));
    }

    /** KL(q || p) of a normalised target is minus the ELBO. */
    @Test
    void fit_farMode_isKept() {
        LocalFidelityResult r = fit(LocalFidelity.withDefaults(), "far3(d=2)");
        assertEquals(Verdict.OK, r.verdict(), r.checks().toString());
        assertTrue(r.elbo().value() > -0.005, "KL " + -r.elbo().value());
        assertEquals(0, r.logZ().logZ(), 0.02);
        assertTrue(r.logZ().lower() <= 0.005 && r.logZ().upper() >= -0.005);
        assertTrue(r.worstBall() > 0.8, "worst ball " + r.worstBall());
        for (FittedRegion region : r.regions()) {
            assertTrue(
                    region.ratio().lower() < 1.02 && region.ratio().upper() > 0.98,
                    region.name() + " " + region.ratio());
        }
        Region far = ball(2, 10 / Math.sqrt(2), 3);
        double inside = 0;
        for (double[] point : r.fit().sample(20_000, RandomSource.XO_SHI_RO_256_PP.create(1))) {
            inside += far.contains(point) ? 1.0 / 20_000 : 0;
        }
        assertEquals(0.03 * (1 - Math.exp(-4.5)), inside, 0.006);
        assertEquals(0, r.failures());
        assertEquals(2, r.search().peaks());
        assertTrue(r.unrepresented().isEmpty());
    }

    @Test
    void fit_spikeWithAnchor_keepsIt() {
        LocalFidelityResult r = fit(
                QUICK.withBudget(10_000_000).withAnchors(List.of(new double[10])), "spike(d=10, eps=0.05, tau=0.1)");
        assertEquals(Verdict.OK, r.verdict(), r.checks().toString());
        assertEquals(2, r.fit().components());
        FittedRegion mode = region(r, "mode 1");
        assertEquals(RegionOrigin.MODE, mode.origin());
        assertEquals(1, mode.ratio().estimate(), 0.05);
        assertTrue(mode.held());
        assertTrue(r.elbo().value() > -0.005);
        assertEquals(1, r.search().anchors());
    }

    /** The spike holds 10^-10 of the volume: nothing but an anchor finds it, and the fit is OK all the same. */
    @Test
    void fit_spikeWithoutAnchor_missesIt() {
        LocalFidelityResult r = fit(QUICK.withBudget(10_000_000), "spike(d=10, eps=0.05, tau=0.1)");
        assertEquals(Verdict.OK, r.verdict());
        assertEquals(0, r.search().anchors());
        // -log 0.95: all of the target but the spike
        assertEquals(Math.log(0.95), r.elbo().value(), 0.01);
        assertTrue(r.kHat() < 0.7, "k-hat " + r.kHat());
    }

    @Test
    void fit_oneNormalForTwoModes_isUnrepresented() {
        LocalFidelityResult r = fit(
                QUICK.withBudget(10_000_000).withFamily(Family.full()).withAnchors(List.of(new double[10])),
                "spike(d=10, eps=0.05, tau=0.1)",
                new NamedRegion("near 0", ball(10, 0, 0.5)));
        assertEquals(Verdict.UNREPRESENTED, r.verdict());
        assertTrue(r.unrepresented().orElseThrow().cost() > 3, r.unrepresented().toString());
        FittedRegion named = r.regions().get(0);
        assertEquals("near 0", named.name());
        assertEquals(RegionOrigin.REQUESTED, named.origin());
        // P(chi_10 < 5) of 5 %, beside nothing that q knows of
        assertEquals(0.05 * 0.9947, named.reference().estimate(), 0.005);
        assertTrue(named.ratio().upper() < 0.01, named.ratio().toString());
        assertFalse(named.held());
        assertEquals(1, r.fit().components());
        assertTrue(r.checks().stream().anyMatch(c -> c.kind() == Check.Kind.REGION_OFF));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "elbo",
                "elbo+mass",
                "jeffreys",
                "jeffreys+mass",
                "inclusive",
                "iwae:5",
                "dreg:5",
                "renyi:0.5",
                "cubo:2",
                "tail-adaptive"
            })
    void fit_otherObjective_runs(String objective) {
        LocalFidelityResult r = fit(
                QUICK.withObjective(objective).withFamily(Family.meanField()).withBudget(1),
                "product(normal(0, 1), normal(1, 1.2))",
                new NamedRegion("middle", ball(2, 0, 1)));
        assertTrue(r.objective().startsWith(objective), r.objective());
        assertTrue(Double.isFinite(r.elbo().value()));
        assertEquals(1, r.fit().components());
        // the family holds the target: every bound is best there
        assertEquals(1, region(r, "middle").ratio().estimate(), 0.15);
        assertEquals(0, r.elbo().value(), 0.02);
        r.regions().forEach(region -> assertFalse(region.held(), region.name()));
    }

    @Test
    void fit_oneDimension_works() {
        LocalFidelityResult r =
                fit(LocalFidelity.withDefaults(), "normal(2, 3)", new NamedRegion("x > 8", ball(1, 10, 2)));
        assertEquals(Verdict.OK, r.verdict(), r.checks().toString());
        assertEquals(0, r.elbo().value(), 1e-4);
        assertEquals(2, r.fit().mean(0)[0], 0.01);
        // Phi((12-2)/3) - Phi((8-2)/3)
        assertEquals(0.0223210, region(r, "x > 8").mass(), 2e-4);
        assertEquals(1, region(r, "x > 8").ratio().estimate(), 0.1);
    }

    @Test
    void fit_referenceDraws_standForTheRuns() {
        Model model = model("far3(d=2)");
        double[][] draws = new double[4000][2];
        var random = RandomSource.XO_SHI_RO_256_PP.create(2);
        var gaussian = org.apache.commons.rng.sampling.distribution.ZigguratSampler.NormalizedGaussian.of(random);
        for (double[] x : draws) {
            double shift = random.nextDouble() < 0.03 ? 10 / Math.sqrt(2) : 0;
            x[0] = shift + gaussian.sample();
            x[1] = shift + gaussian.sample();
        }
        LocalFidelityResult r = QUICK.fit(model::evaluator, List.of(), Optional.of(draws));
        assertEquals(Verdict.OK, r.verdict(), r.checks().toString());
        assertTrue(r.search().reference());
        assertEquals(2, r.fit().components());
        assertTrue(r.elbo().value() > -0.01);
    }

    private static List<List<Object>> masses(LocalFidelityResult result) {
        return result.regions().stream()
                .map(r -> List.<Object>of(r.name(), r.reference(), r.mass(), r.ratio(), r.price()))
                .toList();
    }

    @Test
    void fit_threads_doNotMatter() {
        LocalFidelityResult one = fit(QUICK, "far3(d=2)");
        for (LocalFidelityResult other : List.of(fit(QUICK.withThreads(2), "far3(d=2)"), fit(QUICK, "far3(d=2)"))) {
            assertEquals(one.elbo(), other.elbo());
            assertEquals(masses(one), masses(other));
            assertEquals(one.trace(), other.trace());
            assertEquals(one.evaluations(), other.evaluations());
            assertArrayEquals(one.fit().mean(0), other.fit().mean(0));
        }
        assertNotEquals(one.elbo(), fit(QUICK.withSeed(2), "far3(d=2)").elbo());
    }

    /** The standard normal with a wall of NaN and one of exceptions. */
    private static LogDensity.Differentiable walled() {
        return new LogDensity.Differentiable() {
            @Override
            public int dimension() {
                return 2;
            }

            @Override
            public double value(double[] x) {
                return value(x, new double[2]);
            }

            @Override
            public double value(double[] x, double[] gradient) {
                if (x[0] > 4) {
                    throw new IllegalStateException("wall");
                }
                gradient[0] = -x[0];
                gradient[1] = -x[1];
                return x[1] > 4 ? Double.NaN : -0.5 * (x[0] * x[0] + x[1] * x[1]);
            }
        };
    }

    @Test
    void fit_failures_countAsZeroDensity() {
        LocalFidelityResult r = QUICK.fit(LocalFidelityTest::walled, List.of(), Optional.empty());
        assertTrue(r.failures() > 0);
        assertTrue(r.failures() < r.evaluations() / 2);
        assertEquals(Math.log(2 * Math.PI), r.logZ().logZ(), 0.02);
        assertTrue(Double.isFinite(r.elbo().value()) || r.elbo().value() == Double.NEGATIVE_INFINITY);
        assertEquals(0, r.fit().mean(0)[0], 0.2);
    }

    @Test
    void fit_emptyDensity_isRefused() {
        LogDensity.Differentiable nothing = new LogDensity.Differentiable() {
            @Override
            public int dimension() {
                return 1;
            }

            @Override
            public double value(double[] x) {
                return Double.NEGATIVE_INFINITY;
            }

            @Override
            public double value(double[] x, double[] gradient) {
                gradient[0] = 0;
                return Double.NEGATIVE_INFINITY;
            }
        };
        String message = assertThrows(
                        IllegalArgumentException.class, () -> QUICK.fit(() -> nothing, List.of(), Optional.empty()))
                .getMessage();
        assertTrue(String.valueOf(message).startsWith("target must have a positive density somewhere"), message);
    }

    @Test
    void fit_smallBudget_endsSoon() {
        LocalFidelityResult r = fit(LocalFidelity.withDefaults().withBudget(1), "funnel(d=3)");
        assertEquals(1, r.passes());
        assertTrue(r.examination().isEmpty());
        assertEquals(Verdict.UNVERIFIED, r.verdict());
    }

    @Test
    void fit_cancelled_saysSo() {
        AtomicInteger asked = new AtomicInteger();
        List<Double> told = new ArrayList<>();
        LocalFidelityResult r = fit(QUICK.withHooks(() -> asked.incrementAndGet() > 50, told::add), "far3(d=2)");
        assertEquals(Verdict.UNVERIFIED, r.verdict());
        Check last = r.checks().get(r.checks().size() - 1);
        assertEquals(Check.Kind.CANCELLED, last.kind());
        assertEquals("the fit was stopped before its end", last.sentence());
        assertEquals(1, told.get(told.size() - 1));
        assertEquals(told.stream().sorted().toList(), told);
        assertTrue(r.evaluations() < 250_000);
    }

    static Stream<Arguments> badOptions() {
        return Stream.of(
                option(f -> f.withBand(1), "band must be above 1, was 1.0"),
                option(f -> f.withBand(Double.NaN), "band must be above 1, was NaN"),
                option(f -> f.withBand(Double.POSITIVE_INFINITY), "band must be above 1, was Infinity"),
                option(f -> f.withBudget(0), "budget must be at least 1, was 0"),
                option(f -> f.withLevel(1), "level must"),
                option(f -> f.withThreads(0), "threads must"),
                option(f -> f.withObjective("elb"), "objective must be elbo+al"),
                option(f -> f.withAnchors(List.of(new double[] {Double.NaN})), "anchor[0] must be finite, was NaN"),
                option(f -> fit(f.withAnchors(List.of(new double[3])), "far3(d=2)"), "dimension"),
                option(f -> fit(f, "far3(d=2)", new NamedRegion("x", ball(3, 0, 1))), "dimension"));
    }

    private static Arguments option(Consumer<LocalFidelity> option, String start) {
        return Arguments.of(option, start);
    }

    @ParameterizedTest
    @MethodSource("badOptions")
    void badOption_isRefused(Consumer<LocalFidelity> option, String words) {
        String message = assertThrows(IllegalArgumentException.class, () -> option.accept(QUICK))
                .getMessage();
        assertTrue(String.valueOf(message).contains(words), message);
    }

    @Test
    void check_sentence_givesLogsAsFactors() {
        assertEquals(
                "a tracked region is off by a factor of 2.0 (limit 1.5)",
                new Check(Check.Kind.REGION_OFF, Math.log(2), Math.log(1.5)).sentence());
        assertEquals(
                "named regions that could not be measured: 1 (0 allowed)",
                new Check(Check.Kind.NOT_MEASURED, 1, 0).sentence());
        for (Check.Kind kind : Check.Kind.values()) {
            String sentence = new Check(kind, Double.POSITIVE_INFINITY, 0.5).sentence();
            assertFalse(sentence.contains("%"), sentence);
            assertEquals(sentence, sentence.toLowerCase(Locale.ROOT).replace("log z", "log Z"));
        }
    }

    private static Supplier<LogDensity.Differentiable> of(Mixture target) {
        return () -> target;
    }

    /** A region that q loses and the reference measures. */
    @Test
    void fit_namedRegion_isHeldAtAPrice() {
        Mixture target = Mixture.of(
                Family.full().withComponents(2),
                new double[] {0.9, 0.1},
                new double[][] {{0, 0}, {3, 0}},
                new double[][][] {{{1, 0}, {0, 1}}, {{1, 0}, {0, 1}}});
        LocalFidelityResult r = QUICK.withBudget(2_000_000)
                .withFamily(Family.meanField())
                .fit(of(target), List.of(new NamedRegion("right", ball(2, 4, 2))), Optional.empty());
        FittedRegion right = region(r, "right");
        assertTrue(right.held());
        assertTrue(right.price() > 0, () -> "price " + right.price());
        // at the edge of the band; the ELBO alone loses the region
        assertEquals(1.25, right.ratio().estimate(), 0.03);
        LocalFidelityResult free = QUICK.withBudget(2_000_000)
                .withFamily(Family.meanField())
                .withObjective("elbo")
                .fit(of(target), List.of(new NamedRegion("right", ball(2, 4, 2))), Optional.empty());
        double alone = region(free, "right").ratio().estimate();
        assertTrue(alone < 0.5, () -> "ratio without the constraint " + alone);
    }

    /** The example of docs/fit.md. */
    @Test
    void example_ofTheManual_runs() {
        Model model = Models.of("far3(d=2)", Optional.empty());
        LocalFidelityResult result = LocalFidelity.withDefaults()
                .withSeed(1)
                .withAnchors(model.anchors())
                .fit(model::evaluator, List.of(), Optional.empty());
        assertEquals(Verdict.OK, result.verdict());
        Mixture q = result.fit();
        assertEquals(2, q.dimension());
        for (FittedRegion region : result.regions()) {
            assertEquals(1, region.ratio().estimate(), 0.2);
            assertTrue(region.price() >= 0);
        }
    }
}
