package org.localmass.core.divergence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.localmass.core.index.MassIndex;
import org.localmass.core.internal.Quadrature;
import org.localmass.core.mass.MassCurve;
import org.localmass.core.measure.Distribution;
import org.localmass.core.measure.LocalLaw;
import org.localmass.core.measure.Univariate;
import org.localmass.core.measure.Vectors;
import org.localmass.core.region.Norm;
import org.localmass.core.spec.DistributionText;

/**
 * Where our values differ from those of the code published with arXiv:2606.27090 (Local-Mass-Framework, commit
 * e4958973): docs/theory.md S1 to S7. Each test states the published formula and ours.
 */
class DifferencesFromSourceTest {
    private static final double[] ZERO = {0};

    private static Univariate line(String text) {
        return (Univariate) DistributionText.parse(text);
    }

    private static Rekl ball(double alpha, String q, String p, double radius) {
        return LocalRekl.of(alpha).onBall(line(q), line(p), ZERO, radius, Norm.l2());
    }

    /** Published: Figure 3 shows the divergence of the conditionals times R or 1/R. Ours: that is the shape term only. */
    @Test
    void s1_figure3ShowsTheShapeTerm() {
        int compared = 0;
        for (JsonNode item : Vectors.cases("rekl_exp3_uniform_vs_cusp.json")) {
            if (!item.has("figure3_curve_q_p")) {
                continue;
            }
            double r = item.get("r").asDouble();
            Rekl forward = ball(1, "radial_power(1, 0.5, 1)", "uniform(-1, 1)", r);
            Rekl backward = ball(1, "uniform(-1, 1)", "radial_power(1, 0.5, 1)", r);
            double published = item.get("figure3_curve_q_p").asDouble();
            double publishedBack = item.get("figure3_curve_p_q").asDouble();
            assertEquals(published, forward.shapeTerm(), 1e-11 * published);
            assertEquals(publishedBack, backward.shapeTerm(), 1e-11 * publishedBack);
            double expected = item.get("Dbar_q_p").asDouble();
            assertEquals(expected, forward.normalised(), 1e-11 * expected);
            if (r < 1) {
                assertTrue(forward.massTerm() > 0.01, "the mass term at r = " + r + " is not in the figure");
            }
            compared++;
        }
        assertEquals(6, compared);
        // as r tends to 0 the published curve (p||q) tends to 0, the divergence to 1
        Rekl small = ball(1, "uniform(-1, 1)", "radial_power(1, 0.5, 1)", 1e-12);
        assertTrue(small.shapeTerm() < 1e-5);
        assertEquals(1, small.normalised(), 1e-4);
    }

    /** Published: an atom in p and none in q gives f(q0/p0) of the densities. Ours: the limit is f(0) = 1. */
    @Test
    void s2_anUnmatchedAtom_givesOne() {
        Generator f = Generator.of(0.5);
        double published = f.value(1 / 0.5); // densities of normal(0, 1) and 0.5 normal(0, 1) at 0
        Rekl small = ball(0.5, "normal(0, 1)", "spike_slab(0.5, normal(0, 1))", 1e-12);
        assertEquals(1, small.normalised(), 1e-5);
        assertEquals(0.1715728752538097, published, 1e-15);
        Rekl other = ball(0.5, "spike_slab(0.5, normal(0, 1))", "normal(0, 1)", 1e-12);
        assertTrue(other.normalised() > 1e11, "the mass of the atom over a vanishing mass");
    }

    /** Published: two densities with a logarithmic spike give infinity. Ours: a finite limit. */
    @Test
    void s2_twoLogSpikes_haveAFiniteLimit() {
        Rekl rekl = ball(0.5, "horseshoe(1)", "horseshoe(2)", 1e-200);
        // densities near 0: K/tau (2 log(tau/|x|) + ...): their ratio tends to 2, slowly
        Generator f = Generator.of(0.5);
        assertEquals(f.value(2), rekl.normalised(), 0.01);
        assertEquals(0, rekl.shapeTerm(), 1e-7);
    }

    /** Published: the docstring of the gate has the sign of P(z != 0). Ours: P(z = 0) falls with log_alpha. */
    @Test
    void s3_theGateIsZeroLessOftenForLargeLogAlpha() {
        for (double logAlpha : new double[] {-2, 0, 0.5, 3}) {
            double atom = Math.exp(line("hard_concrete(" + logAlpha + ")").logBallMass(0, 0));
            double expected = 1 / (1 + Math.exp(logAlpha - 2.0 / 3 * Math.log(0.1 / 1.1)));
            assertEquals(expected, atom, 1e-14);
            double docstring = 1 / (1 + Math.exp(-(logAlpha - 2.0 / 3 * Math.log(0.1 / 1.1))));
            assertEquals(1, atom + docstring, 1e-14);
        }
    }

    /** Published: HardConcreteQ has a Gaussian for the gate's density and no atom at 1. Ours: the exact gate. */
    @Test
    void s3_theExactGatePaysForItsAtomAtOne() {
        String gate = "hard_concrete(0.5)";
        String prior = "spike_slab(0.5, normal(1, 1))";
        assertTrue(ball(1, gate, prior, 0.9).value().value() < 1);
        assertEquals(Double.POSITIVE_INFINITY, ball(1, gate, prior, 1.2).value().value());
        // prior mass outside of [0, 1] is mass that the gate does not have
        assertEquals(Double.POSITIVE_INFINITY, ball(1, prior, gate, 0.5).value().value());
        Rekl below = ball(0.8, prior, gate, 0.5);
        double outside = line(prior).mass(-0.5, -1e-300).value();
        assertTrue(below.value().value() > 4 * outside, "the recession slope is 4");
    }

    /** Published: HorseshoeSlab's density K log(1 + 4/x^2) integrates to 4 pi K. Ours integrates to 1. */
    @Test
    void s4_theHorseshoesDensityIntegratesToOne() {
        double k = 1 / Math.sqrt(2 * Math.pow(Math.PI, 3));
        double[] cuts = {-60, -20, -5, 0, 5, 20, 60};
        double published = 2
                * Quadrature.integrate(s -> k * Math.log1p(4 * Math.exp(-2 * s)) * Math.exp(s), cuts, 1e-12, 0, 100_000)
                        .value();
        assertEquals(4 * Math.PI * k, published, 1e-10);
        assertEquals(1.5958, published, 5e-5);
        Univariate ours = line("horseshoe(1)");
        double total = 2
                * Quadrature.integrate(s -> Math.exp(ours.logDensity(Math.exp(s)) + s), cuts, 1e-12, 0, 100_000)
                        .value();
        assertEquals(1, total, 1e-10);
        // tail: 4K x^-2 there, 2K x^-2 here; near 0 both lead with 2K log(1/x)
        assertEquals(0.5, Math.exp(ours.logDensity(1e8)) / (k * Math.log1p(4e-16)), 1e-7);
        assertEquals(1, Math.exp(ours.logDensity(1e-100)) / (k * Math.log(4e200)), 0.01);
    }

    /** Published: a slope below 0.15 is called an atom. Ours: symmetric_power(0.1) has slope 0.1 and no atom. */
    @Test
    void s5_aSmallSlopeIsNoAtom() {
        Distribution law = line("symmetric_power(0.1)");
        MassCurve curve = MassCurve.about(law, ZERO, Norm.l2(), MassCurve.radii(1e-12, 1e-6, 3));
        assertEquals(0.1, curve.slope()[0], 1e-9);
        MassIndex index = MassIndex.of(law.localLaw(ZERO, Norm.l2()), 1);
        assertEquals(0, index.atomMass().estimate());
        assertEquals(10, index.power().estimate(), 1e-12);
        MassIndex atom = MassIndex.of(LocalLaw.atom(0.2), 1);
        assertTrue(Double.isNaN(atom.log().estimate()));
        assertEquals(0.2, atom.atomMass().estimate());
    }

    /** Published: MI_log is used as if it added over products. Ours: beta adds, MI_log = d beta does not. */
    @Test
    void s5_betaAddsOverProducts() {
        LocalLaw one = line("horseshoe(1)").localLaw(0);
        LocalLaw two = LocalLaw.product(List.of(one, one), Norm.linf());
        assertEquals(2 * one.beta(), two.beta());
        double single = MassIndex.of(one, 1).log().estimate();
        assertNotEquals(2 * single, MassIndex.of(two, 2).log().estimate());
        assertEquals(4 * single, MassIndex.of(two, 2).log().estimate());
    }

    /** Published: experiments at order 1/2 only. There the directions are one number with two normalisers. */
    @Test
    void s6_atOrderOneHalf_theDirectionsAreOneNumber() {
        Rekl forward = ball(0.5, "normal(0.5, 0.3)", "spike_slab(0.2, normal(0, 1))", 0.4);
        Rekl backward = ball(0.5, "spike_slab(0.2, normal(0, 1))", "normal(0.5, 0.3)", 0.4);
        assertEquals(forward.value().value(), backward.value().value(), 1e-12);
        assertEquals(forward.normalised() / forward.ratio(), backward.normalised(), 1e-11);
        // the ImageNet tables: f of the ratio of atoms with prior atom 0.8; q without an atom gives f(0) = 1
        assertEquals(Math.pow(1 - Math.sqrt(0.4 / 0.8), 2), Generator.of(0.5).value(0.4 / 0.8), 1e-15);
    }

    /** Published: the divergence (p||q) is at most 1 in the preserved cases. Ours: so it is, for orders below 1. */
    @Test
    void s7_theBackwardDivergenceSaturatesAtOne() {
        double previous = 0;
        for (double sd : new double[] {0.1, 0.01, 1e-3, 1e-6, 1e-9}) {
            double value =
                    ball(0.5, "normal(0, 1)", "normal(0, " + sd + ")", 1e-10).normalised();
            assertTrue(value <= 1 && value > previous, sd + ": " + value);
            previous = value;
        }
        assertEquals(1, previous, 1e-3);
    }
}
