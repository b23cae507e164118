package org.localmass.core.bound;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.localmass.core.divergence.Generator;
import org.localmass.core.measure.AccuracySection;
import org.localmass.core.measure.Errors;
import org.localmass.core.measure.Vectors;

/** The cases of bounds_*.json, box_min_perspective.json and partition_bounds.json. */
public final class BoundsCases {
    /** Relative error of every bound. */
    static final double LIMIT = 5e-14;

    private BoundsCases() {}

    private static double n(JsonNode c, String name) {
        return Vectors.number(c.get(name));
    }

    private static void add(Errors errors, JsonNode c, String name, double actual) {
        if (c.hasNonNull(name)) {
            String size =
                    c.has("D_q_p") ? ", D = " + n(c, "D_q_p") : c.has("Dbar_p_q") ? ", E = " + n(c, "Dbar_p_q") : "";
            errors.addValue(name + ", alpha = " + n(c, "alpha") + size, actual, c.get(name));
        }
    }

    /** Bounds from the forward divergence: sharp, explicit and on the scale of square roots. */
    static List<Errors> forward() {
        Errors sharp = Errors.of("sharp bounds of the ratio, of Q and of the difference (T6.3)", LIMIT);
        Errors explicit = Errors.of("explicit bounds of the ratio (T6.2 ii)", LIMIT);
        Errors roots = Errors.of("difference of square roots (T6.2 i)", LIMIT);
        for (JsonNode c : Vectors.cases("bounds_relative_absolute.json")) {
            Generator f = Generator.of(n(c, "alpha"));
            double p = n(c, "p_mass");
            double d = n(c, "D_q_p");
            MassBounds.Bounds ratio = MassBounds.ratio(f, d / p);
            add(sharp, c, "R_lower", ratio.lower());
            add(sharp, c, "R_upper", ratio.upper());
            MassBounds.Bounds mass = MassBounds.sharpMass(f, p, d);
            add(sharp, c, "q_lower", mass.lower());
            add(sharp, c, "q_upper", mass.upper());
            add(sharp, c, "abs_diff_max", MassBounds.difference(f, p, d));
            if (c.has("bernstein_R_lower")) {
                MassBounds.Bounds outer = MassBounds.explicitRatio(f, d / p);
                add(explicit, c, "bernstein_R_lower", outer.lower());
                add(explicit, c, "bernstein_R_upper", outer.upper());
            }
            if (c.has("hellinger_c_alpha")) {
                add(roots, c, "hellinger_c_alpha", MassBounds.hellingerConstant(f.alpha()));
                add(roots, c, "sqrt_diff_max", MassBounds.rootDifference(f, d));
            }
        }
        return List.of(sharp, explicit, roots);
    }

    /** Bounds and certificates from the backward divergence. */
    static Errors backward() {
        Errors errors = Errors.of("bounds of the ratio and certificate from the other direction (T6.4, T6.6)", LIMIT);
        for (JsonNode c : Vectors.cases("bounds_directional.json")) {
            Generator f = Generator.of(n(c, "alpha"));
            double e = n(c, "Dbar_p_q");
            MassBounds.Bounds ratio = MassBounds.ratioFromBackward(f, e);
            add(errors, c, "R_lower", ratio.lower());
            add(errors, c, "R_upper", ratio.upper());
            add(errors, c, "undercover_factor", Certificate.of(f, e).factor());
        }
        return errors;
    }

    /** The least divergence over boxes of masses. */
    static Errors boxes() {
        Errors errors = Errors.of("least divergence over a box of masses (T6.7)", LIMIT);
        for (JsonNode c : Vectors.cases("box_min_perspective.json")) {
            double[] p = Vectors.numbers(c.get("p_interval"));
            double[] q = Vectors.numbers(c.get("q_interval"));
            add(
                    errors,
                    c,
                    "min_perspective",
                    PartitionBound.leastOverBox(Generator.of(n(c, "alpha")), p[0], p[1], q[0], q[1]));
        }
        return errors;
    }

    /** Lower bounds from partitions, and from coarser ones. */
    static Errors partitions() {
        Errors errors = Errors.of("divergence of partitions (T6.7)", LIMIT);
        for (JsonNode c : Vectors.cases("partition_bounds.json")) {
            Generator f = Generator.of(n(c, "alpha"));
            double[] p = Vectors.numbers(c.get("p_cells"));
            double[] q = Vectors.numbers(c.get("q_cells"));
            add(errors, c, "fine", PartitionBound.of(f, p, q));
            add(errors, c, "coarse", PartitionBound.grouped(f, p, q, new int[][] {{0, 1}, {2, 3, 4}}));
            add(errors, c, "single", PartitionBound.grouped(f, p, q, new int[][] {{0, 1, 2, 3, 4}}));
        }
        return errors;
    }

    /** One row for each inequality. */
    public static AccuracySection section() {
        List<Errors> rows = new java.util.ArrayList<>(forward());
        rows.add(backward());
        rows.add(boxes());
        rows.add(partitions());
        return new AccuracySection(
                "Bounds from RE-KL",
                "`bounds_*.json`, `box_min_perspective.json`, `partition_bounds.json`. Labels are those of"
                        + " [theory.md](../theory.md), section 6.",
                rows);
    }
}
