package org.localmass.experiments;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.localmass.core.index.MassIndex;
import org.localmass.core.mass.MassCurve;
import org.localmass.core.measure.Distribution;
import org.localmass.core.region.Norm;
import org.localmass.core.spec.DistributionText;
import org.localmass.report.PaperFigure;

/** Experiment 1: small-ball masses of five laws, exactly. */
final class SmallBall implements Experiment {
    private static final int RADII = 300;
    private static final double[] ZERO = {0};

    /**
     * A law of the experiment.
     *
     * @param label what the figure calls it
     * @param spec  in the language of the command line
     */
    record Law(String label, String spec) {}

    static final List<Law> LAWS = List.of(
            new Law("normal(0, 1)", "normal(0, 1)"),
            new Law("mass r^2", "radial_power(1, -1, 1)"),
            new Law("mass sqrt(r), cusp", "radial_power(1, 0.5, 1)"),
            new Law("mass r(1 - log r)", "log_singular()"),
            new Law("spike and slab", "spike_slab(0.75, normal(0, 0.35))"));

    @Override
    public String name() {
        return "small-ball";
    }

    @Override
    public String title() {
        return "Small-ball mass and Mass Index of five laws (Experiment 1)";
    }

    /** 300 geometric radii from 1e-3 to 0.6. */
    static double[] radii() {
        return MassCurve.radii(1e-3, 0.6, RADII);
    }

    @Override
    public Result run(Request request) {
        double[] radii = radii();
        RawTable.Builder curves = new RawTable.Builder("curves", "law", "radius", "mass", "slope");
        RawTable.Builder indices =
                new RawTable.Builder("indices", "law", "specification", "kappa", "beta", "atom", "power", "log");
        List<PaperFigure.Curve> masses = new ArrayList<>();
        List<PaperFigure.Curve> slopes = new ArrayList<>();
        List<Comparison> comparisons = new ArrayList<>();
        String[] published = {
            "power 1, log 0", "power 1/2, log 0", "power 2, log 0", "power 1, log 1", "power inf, atom 0.25"
        };
        for (int i = 0; i < LAWS.size(); i++) {
            Law law = LAWS.get(i);
            Distribution p = DistributionText.parse(law.spec);
            MassCurve curve = MassCurve.about(p, ZERO, Norm.l2(), radii);
            double[] mass = new double[radii.length];
            for (int k = 0; k < radii.length; k++) {
                mass[k] = Math.exp(curve.logMass()[k]);
                curves.row(law.label, radii[k], mass[k], curve.slope()[k]);
            }
            masses.add(new PaperFigure.Curve(law.label, radii, mass, false));
            slopes.add(new PaperFigure.Curve(law.label, radii, curve.slope(), false));
            MassIndex index = MassIndex.of(p.localLaw(ZERO, Norm.l2()), 1);
            double kappa = index.kappa().estimate();
            double beta = index.beta().estimate();
            double atom = index.atomMass().estimate();
            double power = index.power().estimate();
            indices.row(
                    law.label, law.spec, kappa, beta, atom, power, index.log().estimate());
            String ours = atom > 0
                    ? "power " + Numbers.shortly(power) + ", atom " + Numbers.shortly(atom)
                    : "power " + Numbers.shortly(power) + ", log " + Numbers.shortly(beta);
            comparisons.add(new Comparison(
                    "Mass Index at 0 of " + law.label, published[i], ours, Agreement.MATCH, "the same law, exactly"));
        }
        Map<String, String> settings = new LinkedHashMap<>();
        for (Law law : LAWS) {
            settings.put(law.label, law.spec);
        }
        settings.put("radii", "300 geometric ones from 1e-3 to 0.6");
        return new Result(
                name(),
                title(),
                "What does the mass of small balls look like for a smooth density, a power, a cusp, a logarithm and an atom? Straight lines of slope 1, 2 and 1/2, "
                        + "a line that bends, and a level: slopes tell powers apart, and an atom from all of them.",
                settings,
                List.of(curves.table(), indices.table()),
                List.of(new Figure(
                        "small-ball",
                        "Left: mass of the ball of radius r about 0. Right: its slope in log-log axes, which tends to kappa.",
                        List.of(
                                new PaperFigure.Panel("Small-ball mass", "radius", "mass", true, true, masses),
                                new PaperFigure.Panel("Finite-radius slope", "radius", "slope", true, false, slopes)))),
                comparisons,
                List.of());
    }
}
