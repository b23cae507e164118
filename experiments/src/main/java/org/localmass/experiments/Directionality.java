package org.localmass.experiments;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.localmass.core.divergence.LocalRekl;
import org.localmass.core.divergence.Rekl;
import org.localmass.core.mass.MassCurve;
import org.localmass.core.measure.Distribution;
import org.localmass.core.measure.Distributions;
import org.localmass.core.measure.MultivariateDistributions;
import org.localmass.core.region.Norm;
import org.localmass.report.PaperFigure;

/**
 * Experiment 3: p uniform on (-1, 1) and q with a cusp, in both directions. The published curves hold the shape term
 * only (S1); the true divergences add the mass term.
 */
final class Directionality implements Experiment {
    private static final int RADII = 300;

    @Override
    public String name() {
        return "directionality";
    }

    @Override
    public String title() {
        return "Both directions of local RE-KL: uniform against a cusp (Experiment 3)";
    }

    /** 300 geometric radii from 1e-3 to 0.6. */
    static double[] radii() {
        return MassCurve.radii(1e-3, 0.6, RADII);
    }

    /** The curves. */
    record Curves(
            double[] massP,
            double[] massQ,
            double[] forward,
            double[] forwardShape,
            double[] backward,
            double[] backwardShape) {}

    static Curves curves(double[] radii, double alpha) {
        Distribution p = Distributions.uniform(-1, 1);
        Distribution q = MultivariateDistributions.radialPower(1, 0.5, 1);
        LocalRekl rekl = LocalRekl.of(alpha);
        int n = radii.length;
        Curves c = new Curves(new double[n], new double[n], new double[n], new double[n], new double[n], new double[n]);
        for (int k = 0; k < n; k++) {
            Rekl forward = rekl.onBall(q, p, new double[1], radii[k], Norm.l2());
            Rekl backward = rekl.onBall(p, q, new double[1], radii[k], Norm.l2());
            c.massP[k] = Math.exp(p.logBallMass(new double[1], radii[k], Norm.l2()));
            c.massQ[k] = Math.exp(q.logBallMass(new double[1], radii[k], Norm.l2()));
            c.forward[k] = forward.normalised();
            c.forwardShape[k] = forward.shapeTerm();
            c.backward[k] = backward.normalised();
            c.backwardShape[k] = backward.shapeTerm();
        }
        return c;
    }

    @Override
    public Result run(Request request) {
        double[] radii = radii();
        Curves c = curves(radii, 1);
        RawTable.Builder raw = new RawTable.Builder(
                "curves",
                "radius",
                "p_mass",
                "q_mass",
                "forward_normalised",
                "forward_shape_term",
                "backward_normalised",
                "backward_shape_term");
        for (int k = 0; k < radii.length; k++) {
            raw.row(
                    radii[k],
                    c.massP[k],
                    c.massQ[k],
                    c.forward[k],
                    c.forwardShape[k],
                    c.backward[k],
                    c.backwardShape[k]);
        }
        List<Comparison> comparisons = new ArrayList<>();
        comparisons.add(new Comparison(
                "limit of the backward curve p||q as r tends to 0",
                "0",
                "1 (" + Numbers.shortly(c.backward[0]) + " at r = 0.001)",
                Agreement.DIFFERS,
                "the published curve is R^-1 KL(p_B||q_B), the shape term alone; the mass term f_1(1/R) tends to 1"));
        comparisons.add(new Comparison(
                "backward shape term at r = 0.001",
                Numbers.shortly(Math.sqrt(1e-3) * (Math.log(2) - 0.5)) + " (closed form of the published quantity)",
                Numbers.shortly(c.backwardShape[0]),
                Agreement.MATCH,
                "the quantity that Figure 3 plots"));
        comparisons.add(
                new Comparison(
                        "forward curve q||p",
                        "grows like r^-1/2",
                        "grows like r^-1/2 log(1/r)",
                        Agreement.DIFFERS,
                        "the published curve is R KL(q_B||p_B), the shape term alone; the mass term f_1(R) = R log R - R + 1 is larger"));
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("p", "uniform(-1, 1): mass r, index 1");
        settings.put("q", "density |x|^(-1/2)/4: mass sqrt(r), index 2");
        settings.put("alpha", "1");
        settings.put("radii", "300 geometric ones from 1e-3 to 0.6");
        return new Result(
                name(),
                title(),
                "Which direction sees that q has more local mass than p? The backward one stays bounded, as T6.5 says for a q with the larger Mass Index; "
                        + "the forward one grows without bound.",
                settings,
                List.of(raw.table()),
                List.of(new Figure(
                        "directionality",
                        "Solid: the normalised RE-KL of order 1. Dashed: its shape term, which is what the published figure shows.",
                        List.of(
                                new PaperFigure.Panel(
                                        "Forward: D(q||p)/p(B)",
                                        "radius",
                                        "normalised RE-KL",
                                        true,
                                        true,
                                        List.of(
                                                new PaperFigure.Curve("RE-KL", radii, c.forward, false),
                                                new PaperFigure.Curve("shape term", radii, c.forwardShape, true))),
                                new PaperFigure.Panel(
                                        "Backward: D(p||q)/q(B)",
                                        "radius",
                                        "normalised RE-KL",
                                        true,
                                        true,
                                        List.of(
                                                new PaperFigure.Curve("RE-KL", radii, c.backward, false),
                                                new PaperFigure.Curve("shape term", radii, c.backwardShape, true)))))),
                comparisons,
                List.of("The direction of the published conclusion is unchanged; the values differ (theory S1)."));
    }
}
