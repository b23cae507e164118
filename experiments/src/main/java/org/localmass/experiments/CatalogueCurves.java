package org.localmass.experiments;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.localmass.core.index.MassIndex;
import org.localmass.core.mass.MassCurve;
import org.localmass.core.measure.Distribution;
import org.localmass.core.measure.LocalLaw;
import org.localmass.core.region.Norm;
import org.localmass.core.spec.DistributionText;
import org.localmass.report.PaperFigure;

/** The Mass Indices of common distributions, exactly, with a curve each (docs/theory.md, section 3). */
final class CatalogueCurves implements Experiment {
    private static final int RADII = 61;

    /** A law, the point that is looked at, and the index that theory section 3 gives. */
    record Entry(String spec, double[] at, double power, double log) {
        static Entry of(String spec, double power, double log, double... at) {
            return new Entry(spec, at.length == 0 ? new double[1] : at, power, log);
        }
    }

    private static final double INF = Double.POSITIVE_INFINITY;

    static final List<Entry> ENTRIES = List.of(
            Entry.of("normal(0, 1)", 1, 0),
            Entry.of("laplace(0, 1)", 1, 0),
            Entry.of("student_t(3, 0, 1)", 1, 0),
            Entry.of("cauchy(0, 1)", 1, 0),
            Entry.of("logistic(0, 1)", 1, 0),
            Entry.of("uniform(0, 1)", 1, 0),
            Entry.of("exponential(1)", 1, 0),
            Entry.of("gamma(0.5, 1)", 2, 0),
            Entry.of("gamma(3, 1)", 1.0 / 3, 0),
            Entry.of("beta(0.25, 2)", 4, 0),
            Entry.of("weibull(0.5, 1)", 2, 0),
            Entry.of("half_normal(1)", 1, 0),
            Entry.of("inv_gamma(2, 1)", 0, Double.NaN),
            Entry.of("lognormal(0, 1)", 0, Double.NaN),
            Entry.of("pareto(1, 3)", 1, 0, 1),
            Entry.of("horseshoe(1)", 1, 1),
            Entry.of("horseshoe_plus(1)", 1, 2),
            Entry.of("normal_gamma(0.25, 1)", 2, 0),
            Entry.of("normal_gamma(0.5, 1)", 1, 1),
            Entry.of("spike_slab(0.3, normal(0, 1))", INF, 0),
            Entry.of("symmetric_power(0.5)", 2, 0),
            Entry.of("symmetric_power(2)", 0.5, 0),
            Entry.of("log_singular()", 1, 1),
            Entry.of("log_cauchy()", INF, -1),
            Entry.of("radial_power(3, 2.5, 1)", 6, 0, 0, 0, 0),
            Entry.of("mvnormal([0, 0, 0], [1, 4, 9])", 1, 0, 0, 0, 0),
            Entry.of("neal_funnel(2)", 1, 0, 0, 0, 0));

    @Override
    public String name() {
        return "catalogue";
    }

    @Override
    public String title() {
        return "Mass Indices of common distributions";
    }

    @Override
    public Result run(Request request) {
        double[] radii = MassCurve.radii(1e-12, 1, RADII);
        RawTable.Builder indices = new RawTable.Builder(
                "indices", "law", "at", "dimension", "kappa", "beta", "constant", "atom", "power", "log");
        RawTable.Builder curves = new RawTable.Builder("curves", "law", "radius", "log_mass", "slope");
        List<Comparison> comparisons = new ArrayList<>();
        List<PaperFigure.Curve> slopes = new ArrayList<>();
        List<PaperFigure.Curve> masses = new ArrayList<>();
        List<String> shown = List.of(
                "normal(0, 1)",
                "gamma(0.5, 1)",
                "horseshoe(1)",
                "horseshoe_plus(1)",
                "inv_gamma(2, 1)",
                "spike_slab(0.3, normal(0, 1))",
                "log_cauchy()");
        for (Entry e : ENTRIES) {
            Distribution p = DistributionText.parse(e.spec);
            LocalLaw law = p.localLaw(e.at, Norm.l2());
            MassIndex index = MassIndex.of(law, p.dimension());
            double power = index.power().estimate();
            double log = index.log().estimate();
            String at = java.util.Arrays.toString(e.at);
            indices.row(
                    e.spec,
                    at,
                    p.dimension(),
                    law.kappa(),
                    law.beta(),
                    Math.exp(law.logConstant()),
                    law.atomMass(),
                    power,
                    log);
            MassCurve curve = MassCurve.about(p, e.at, Norm.l2(), radii);
            double[] mass = new double[radii.length];
            for (int k = 0; k < radii.length; k++) {
                curves.row(e.spec, radii[k], curve.logMass()[k], curve.slope()[k]);
                mass[k] = Math.exp(curve.logMass()[k]);
            }
            if (shown.contains(e.spec)) {
                masses.add(new PaperFigure.Curve(e.spec, radii, DirectionalGrid.positive(mass), false));
                double[] slope = curve.slope().clone();
                for (int k = 0; k < slope.length; k++) {
                    slope[k] = slope[k] < 3 ? slope[k] : Double.NaN;
                }
                slopes.add(new PaperFigure.Curve(e.spec, radii, slope, false));
            }
            boolean atom = law.isAtom();
            boolean same = near(power, e.power) && (atom || Double.isNaN(e.log) || near(log, e.log));
            comparisons.add(new Comparison(
                    "Mass Index of " + e.spec + " at " + at,
                    "power " + Numbers.shortly(e.power)
                            + (Double.isNaN(e.log) || atom ? "" : ", log " + Numbers.shortly(e.log)),
                    "power " + Numbers.shortly(power)
                            + (Double.isNaN(log) || atom ? "" : ", log " + Numbers.shortly(log)),
                    same ? Agreement.MATCH : Agreement.DIFFERS,
                    same ? "exactly" : "not what theory section 3 says"));
        }
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("laws", Integer.toString(ENTRIES.size()));
        settings.put("radii", "61 geometric ones from 1e-12 to 1");
        return new Result(
                name(),
                title(),
                "How heavy is the mass of common laws at a point? Most have index 1, one for each dimension of a smooth density; cusps have more, "
                        + "laws that vanish there less, shrinkage priors a logarithm on top, and atoms, but not only they, infinity.",
                settings,
                List.of(indices.table(), curves.table()),
                List.of(new Figure(
                        "catalogue",
                        "Left: mass of the ball of radius r about 0 for seven laws. Right: its slope, which tends to kappa; for the logarithms it comes slowly.",
                        List.of(
                                new PaperFigure.Panel("Small-ball mass", "radius", "mass", true, true, masses),
                                new PaperFigure.Panel("Finite-radius slope", "radius", "slope", true, false, slopes)))),
                comparisons,
                List.of(
                        "Published here means theory section 3, whose constants are checked against mpmath by the tests."));
    }

    private static boolean near(double a, double b) {
        return a == b || Math.abs(a - b) < 1e-12 || (Double.isNaN(a) && Double.isNaN(b));
    }
}
