package org.localmass.experiments;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.localmass.core.divergence.LocalRekl;
import org.localmass.core.divergence.Rekl;
import org.localmass.core.mass.MassCurve;
import org.localmass.core.measure.Distributions;
import org.localmass.core.measure.Univariate;
import org.localmass.core.region.Norm;
import org.localmass.report.PaperFigure;

/**
 * The authors' earlier study of both directions: symmetric power laws against each other. A bounded normalised backward
 * divergence keeps the Mass Index of q at least that of p (T6.5), and with these laws it is bounded exactly then.
 */
final class DirectionalGrid implements Experiment {
    static final double[] POWERS_P = {0.5, 1, 2};
    static final double[] POWERS_Q = {0.25, 0.5, 1, 2, 4};
    static final double[] ORDERS = {0.3, 0.5, 0.8};
    private static final int RADII = 40;
    /** Number of radii in the smallest decade. */
    private static final int DECADE = 11;

    private static final double[] ZERO = {0};

    @Override
    public String name() {
        return "directional-grid";
    }

    @Override
    public String title() {
        return "Both directions of local RE-KL for power laws (earlier study)";
    }

    /** 40 geometric radii from 1e-4 to 10^-0.5. */
    static double[] radii() {
        return MassCurve.radii(1e-4, Math.pow(10, -0.5), RADII);
    }

    /**
     * One pair at one order.
     *
     * @param forward  D(q||p)/p(B) over the radii
     * @param backward D(p||q)/q(B)
     */
    record Cell(double p, double q, double alpha, double[] massP, double[] massQ, double[] forward, double[] backward) {
        /** Whether the Mass Index of q is at least that of p. */
        boolean keeps() {
            return q <= p;
        }

        /** The least ratio of q's mass to p's over the radii. */
        double leastRatio() {
            double least = Double.POSITIVE_INFINITY;
            for (int k = 0; k < massP.length; k++) {
                least = Math.min(least, massQ[k] / massP[k]);
            }
            return least;
        }

        static double largest(double[] values) {
            double most = Double.NEGATIVE_INFINITY;
            for (double v : values) {
                most = Math.max(most, v);
            }
            return most;
        }

        /** What the curve of backward divergences shows: whether it stays bounded as the radius falls. */
        boolean staysBounded() {
            double[] radii = radii();
            if (backward[0] < 1e-12) {
                return true;
            }
            // T6.4: unbounded ones grow like q's mass over p's to the power -1, here r^-0.5 or faster
            double slope = Math.log(backward[DECADE] / backward[0]) / Math.log(radii[DECADE] / radii[0]);
            return slope > -0.25;
        }
    }

    static Cell cell(double a, double b, double alpha) {
        Univariate p = Distributions.symmetricPower(a);
        Univariate q = Distributions.symmetricPower(b);
        LocalRekl rekl = LocalRekl.of(alpha);
        double[] radii = radii();
        Cell cell = new Cell(a, b, alpha, new double[RADII], new double[RADII], new double[RADII], new double[RADII]);
        for (int k = 0; k < RADII; k++) {
            cell.massP[k] = Math.exp(p.logBallMass(0, radii[k]));
            cell.massQ[k] = Math.exp(q.logBallMass(0, radii[k]));
            Rekl forward = rekl.onBall(q, p, ZERO, radii[k], Norm.l2());
            Rekl backward = rekl.onBall(p, q, ZERO, radii[k], Norm.l2());
            cell.forward[k] = forward.normalised();
            cell.backward[k] = backward.normalised();
        }
        return cell;
    }

    @Override
    public Result run(Request request) throws IOException {
        double[] radii = radii();
        List<Cell> cells = new ArrayList<>();
        RawTable.Builder raw = new RawTable.Builder(
                "curves",
                "a_p",
                "a_q",
                "alpha",
                "radius",
                "p_mass",
                "q_mass",
                "forward_normalised",
                "backward_normalised");
        RawTable.Builder summary = new RawTable.Builder(
                "summary",
                "a_p",
                "a_q",
                "alpha",
                "index_p",
                "index_q",
                "keeps_index",
                "backward_stays_bounded",
                "least_mass_ratio",
                "largest_forward",
                "largest_backward");
        int agreeing = 0;
        for (double a : POWERS_P) {
            for (double b : POWERS_Q) {
                for (double alpha : ORDERS) {
                    Cell c = cell(a, b, alpha);
                    cells.add(c);
                    for (int k = 0; k < RADII; k++) {
                        raw.row(a, b, alpha, radii[k], c.massP[k], c.massQ[k], c.forward[k], c.backward[k]);
                    }
                    summary.row(
                            a,
                            b,
                            alpha,
                            1 / a,
                            1 / b,
                            c.keeps(),
                            c.staysBounded(),
                            c.leastRatio(),
                            Cell.largest(c.forward),
                            Cell.largest(c.backward));
                    agreeing += c.keeps() == c.staysBounded() ? 1 : 0;
                }
            }
        }
        List<Comparison> comparisons = new ArrayList<>();
        comparisons.add(new Comparison(
                "pairs and orders whose classification (index kept or not) the backward divergence shows",
                "45 of 45",
                agreeing + " of " + cells.size(),
                agreeing == cells.size() ? Agreement.MATCH : Agreement.DIFFERS,
                "the bounded divergences are those of q with at least the index of p"));
        double[] powers = {0.25, 0.5, 1, 2, 4};
        double[] published = {4.00415941399671, 2.001873410486283, 1.000781573356277, 0.5003, 0.2501};
        for (int i = 0; i < powers.length; i++) {
            Univariate law = Distributions.symmetricPower(powers[i]);
            double slope = fittedSlope(law, radii);
            comparisons.add(Comparison.within(
                    "Mass Index of the power law with a = " + powers[i] + ", by the slope of its mass over these radii",
                    String.format(Locale.ROOT, "%.3f", published[i]),
                    String.format(
                            Locale.ROOT,
                            "%.3f (exact: %s; from 10,000 draws: %s)",
                            1 / slope,
                            Numbers.shortly(1 / powers[i]),
                            RecoveredIndex.interval(RecoveredIndex.of(law, request.seed() + i)
                                    .index()
                                    .power())),
                    Math.abs(1 / slope - published[i]),
                    5e-4 * published[i] + 5e-4,
                    "another fit"));
        }
        if (request.published().isPresent()) {
            compare(request.published().get(), cells, radii, comparisons);
        }
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("a of p", "0.5, 1, 2");
        settings.put("a of q", "0.25, 0.5, 1, 2, 4");
        settings.put("alpha", "0.3, 0.5, 0.8");
        settings.put("radii", "40 geometric ones from 1e-4 to 10^-0.5");
        return new Result(
                name(),
                title(),
                "Which direction tells that an approximation loses local mass? The backward one: D(p||q)/q(B) stays bounded exactly when q has "
                        + "at least the Mass Index of p. The forward one never exceeds a constant when q loses mass: it saturates at 1.",
                settings,
                List.of(raw.table(), summary.table()),
                List.of(figure(cells, radii)),
                comparisons,
                List.of(
                        "Masses and divergences are exact (relative error below 1e-11); the study used adaptive quadrature with an absolute tolerance of 1e-10 and a Monte Carlo check of 200,000 draws."));
    }

    /** Least squares slope of the log mass over the log radius. */
    static double fittedSlope(Univariate law, double[] radii) {
        double meanX = 0;
        double meanY = 0;
        for (double r : radii) {
            meanX += Math.log(r) / radii.length;
            meanY += law.logBallMass(0, r) / radii.length;
        }
        double xy = 0;
        double xx = 0;
        for (double r : radii) {
            double x = Math.log(r) - meanX;
            xy += x * (law.logBallMass(0, r) - meanY);
            xx += x * x;
        }
        return xy / xx;
    }

    private static void compare(Path published, List<Cell> cells, double[] radii, List<Comparison> comparisons)
            throws IOException {
        CsvResource table = CsvResource.of(published.resolve(
                "git_7b4e84a/results/exp3_directional_normalisation/20260528_094900/raw_metrics.csv"));
        double[] a = table.numbers("a_p");
        double[] b = table.numbers("a_q");
        double[] alpha = table.numbers("alpha");
        double[] r = table.numbers("r");
        double[][] theirs = {
            table.numbers("p_mass"),
            table.numbers("q_mass"),
            table.numbers("normalised_local_rekl_q_p"),
            table.numbers("normalised_local_rekl_p_q")
        };
        double[] worst = new double[4];
        for (int i = 0; i < a.length; i++) {
            for (Cell c : cells) {
                if (c.p == a[i] && c.q == b[i] && c.alpha == alpha[i]) {
                    int k = 0;
                    while (Math.abs(radii[k] / r[i] - 1) > 1e-9) {
                        k++;
                    }
                    double[] ours = {c.massP[k], c.massQ[k], c.forward[k], c.backward[k]};
                    for (int m = 0; m < 4; m++) {
                        double scale = Math.max(Math.abs(ours[m]), 1e-3);
                        worst[m] = Math.max(worst[m], Math.abs(theirs[m][i] - ours[m]) / scale);
                    }
                }
            }
        }
        String[] names = {
            "masses of p", "masses of q", "forward divergences D(q||p)/p(B)", "backward divergences D(p||q)/q(B)"
        };
        for (int m = 0; m < 4; m++) {
            comparisons.add(Comparison.within(
                    names[m],
                    a.length + " values",
                    "largest relative difference " + Numbers.shortly(worst[m]),
                    worst[m],
                    m < 2 ? 1e-12 : 1e-7,
                    "their absolute quadrature tolerance of 1e-10"));
        }
    }

    private static Figure figure(List<Cell> cells, double[] radii) {
        List<PaperFigure.Curve> forward = new ArrayList<>();
        List<PaperFigure.Curve> backward = new ArrayList<>();
        for (Cell c : cells) {
            if (c.p == 1 && c.alpha == 0.5) {
                String name = "a of q = "
                        + java.math.BigDecimal.valueOf(c.q).stripTrailingZeros().toPlainString();
                forward.add(new PaperFigure.Curve(name, radii, positive(c.forward), !c.keeps()));
                backward.add(new PaperFigure.Curve(name, radii, positive(c.backward), !c.keeps()));
            }
        }
        return new Figure(
                "directional-grid",
                "p with a = 1, alpha = 1/2; q with a = 1 is p itself, divergence 0. Dashed: q has the smaller Mass Index. Its forward divergence tends to 1, its backward one to infinity.",
                List.of(
                        new PaperFigure.Panel(
                                "Forward: D(q||p)/p(B)", "radius", "normalised RE-KL", true, true, forward),
                        new PaperFigure.Panel(
                                "Backward: D(p||q)/q(B)", "radius", "normalised RE-KL", true, true, backward)));
    }

    /** Values that a logarithmic axis can show. */
    static double[] positive(double[] values) {
        double[] shown = values.clone();
        for (int k = 0; k < shown.length; k++) {
            shown[k] = shown[k] > 1e-14 && shown[k] < Double.POSITIVE_INFINITY ? shown[k] : Double.NaN;
        }
        return shown;
    }
}
