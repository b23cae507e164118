package org.localmass.core.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.localmass.core.internal.LogSum;
import org.localmass.core.internal.Quadrature;
import org.localmass.core.region.Norm;

/**
 * Euclidean balls under a product: a sum of Gaussian balls where every block is a mixture of normals and points, a
 * one-dimensional integral where two blocks are left.
 */
final class EuclideanProductBall {
    private static final int MOST_TERMS = 1 << 16;
    private static final double TOLERANCE = 1e-13;
    private static final int EVALUATIONS = 400_000;

    private EuclideanProductBall() {}

    static double logMass(List<Distribution> blocks, double[] centre, double radius) {
        return measured(blocks, centre, radius, false);
    }

    static double logTailMass(List<Distribution> blocks, double radius) {
        int dimension = blocks.stream().mapToInt(Distribution::dimension).sum();
        return measured(blocks, new double[dimension], radius, true);
    }

    private static double measured(List<Distribution> blocks, double[] centre, double radius, boolean outside) {
        List<List<Term>> terms = new ArrayList<>();
        long count = 1;
        for (Distribution block : blocks) {
            List<Term> own = block instanceof Univariate law ? Term.of(law, 0) : List.of();
            terms.add(own);
            count = Math.min(count * own.size(), MOST_TERMS + 1L);
        }
        if (count > 0 && count <= MOST_TERMS) {
            return gaussian(terms, centre, radius, outside);
        }
        if (blocks.size() == 2 && blocks.get(0) instanceof Univariate first) {
            return integral(first, blocks.get(1), centre, radius, outside);
        }
        if (blocks.size() == 2 && blocks.get(1) instanceof Univariate second) {
            double[] turned = new double[centre.length];
            turned[0] = centre[centre.length - 1];
            System.arraycopy(centre, 0, turned, 1, centre.length - 1);
            return integral(second, blocks.get(0), turned, radius, outside);
        }
        throw NoClosedFormException.of(
                "the mass of an l2 ball under a product of " + blocks.size() + " blocks", "use --norm linf");
    }

    /** A normal or a point, with its log weight in a mixture. */
    private record Term(double logWeight, double mean, double sd) {
        static List<Term> of(Univariate law, double logWeight) {
            if (law instanceof Normal) {
                return List.of(new Term(logWeight, 0, 1));
            }
            if (law instanceof Dirac dirac) {
                return List.of(new Term(logWeight, dirac.atoms().get(0).location(), 0));
            }
            if (law instanceof Affine affine && affine.base() instanceof Normal) {
                return List.of(new Term(logWeight, affine.loc(), affine.scale()));
            }
            if (law instanceof Mixture mixture) {
                List<Term> all = new ArrayList<>();
                for (int i = 0; i < mixture.parts().size(); i++) {
                    List<Term> part = of(mixture.parts().get(i), logWeight + Math.log(mixture.weight(i)));
                    if (part.isEmpty()) {
                        return List.of();
                    }
                    all.addAll(part);
                }
                return all;
            }
            return List.of();
        }
    }

    private static double gaussian(List<List<Term>> terms, double[] centre, double radius, boolean outside) {
        int d = terms.size();
        int[] choice = new int[d];
        List<Double> logs = new ArrayList<>();
        while (true) {
            double logWeight = 0;
            double[] variances = new double[d];
            double[] shifts = new double[d];
            for (int j = 0; j < d; j++) {
                Term term = terms.get(j).get(choice[j]);
                logWeight += term.logWeight;
                variances[j] = term.sd * term.sd;
                shifts[j] = term.mean - centre[j];
            }
            logs.add(logWeight
                    + (outside
                            ? GaussianBall.logComplement(variances, shifts, radius)
                            : GaussianBall.logMass(variances, shifts, radius)));
            int j = d - 1;
            while (j >= 0 && ++choice[j] == terms.get(j).size()) {
                choice[j--] = 0;
            }
            if (j < 0) {
                break;
            }
        }
        double[] all = logs.stream().mapToDouble(x -> x).toArray();
        return Math.min(0, LogSum.of(all, all.length));
    }

    /** The first coordinate is integrated, the mass of the second block's ball is known. */
    private static double integral(
            Univariate first, Distribution second, double[] centre, double radius, boolean outside) {
        double t = centre[0];
        double[] rest = Arrays.copyOfRange(centre, 1, centre.length);
        List<Double> logs = new ArrayList<>();
        for (Atom atom : first.atoms()) {
            double gap = Math.abs(atom.location() - t);
            if (gap <= radius) {
                logs.add(Math.log(atom.mass()) + section(second, rest, radius, gap, outside));
            } else if (outside) {
                logs.add(Math.log(atom.mass()));
            }
        }
        if (outside) {
            logs.add(first.continuousBetween(t, Double.NEGATIVE_INFINITY, -radius)
                    .log());
            logs.add(
                    first.continuousBetween(t, radius, Double.POSITIVE_INFINITY).log());
        }
        Set<Double> cuts = new TreeSet<>(List.of(-radius, radius));
        for (double breakpoint : first.breakpoints()) {
            if (Math.abs(breakpoint - t) < radius) {
                cuts.add(breakpoint - t);
            }
        }
        if (second instanceof Univariate law) {
            for (double breakpoint : law.breakpoints()) {
                addSection(cuts, radius, breakpoint - rest[0]);
            }
            for (Atom atom : law.atoms()) {
                addSection(cuts, radius, atom.location() - rest[0]);
            }
        }
        double previous = Double.NaN;
        for (double cut : cuts) {
            if (!Double.isNaN(previous)) {
                logs.add(piece(first, second, t, rest, radius, previous, cut, outside));
            }
            previous = cut;
        }
        double[] all = logs.stream().mapToDouble(x -> x).toArray();
        return Math.min(0, LogSum.of(all, all.length));
    }

    private static void addSection(Set<Double> cuts, double radius, double gap) {
        if (Math.abs(gap) < radius) {
            double u = Math.sqrt((radius - gap) * (radius + gap));
            cuts.add(u);
            cuts.add(-u);
        }
    }

    private static double section(Distribution law, double[] centre, double radius, double gap, boolean outside) {
        double r = Math.sqrt(Math.max(0, (radius - gap) * (radius + gap)));
        return outside ? law.logTailMass(r, Norm.l2()) : law.logBallMass(centre, r, Norm.l2());
    }

    /** Both halves of {@code [u, v]}, each in v = -log(distance from its end), where a pole is smooth. */
    private static double piece(
            Univariate first,
            Distribution second,
            double t,
            double[] rest,
            double radius,
            double u,
            double v,
            boolean outside) {
        double half = 0.5 * (v - u);
        double sum = Double.NEGATIVE_INFINITY;
        for (int side = -1; side <= 1; side += 2) {
            double end = side < 0 ? u : v;
            double kappa = first.oneSidedLaw(breakpointAt(first, t, end), -side).kappa();
            if (Double.isInfinite(kappa)) {
                kappa = 1;
            }
            double depth = 40 / Math.max(kappa, 0.01);
            int at = side;
            double whole = first.continuousBetween(
                            t, Math.min(end, end - side * half), Math.max(end, end - side * half))
                    .log();
            if (whole == Double.NEGATIVE_INFINITY) {
                continue;
            }
            double middle = section(second, rest, radius, Math.abs(end - side * half), outside);
            double scale = whole + (middle == Double.NEGATIVE_INFINITY ? 0 : middle);
            Quadrature.Result result = Quadrature.integrate(
                    s -> {
                        double step = half * Math.exp(-s);
                        double offset = end - at * step;
                        double logDensity = first.logDensityBeside(t, end, -at * step);
                        double mass = section(second, rest, radius, Math.abs(offset), outside);
                        return Math.exp(logDensity + Math.log(step) + mass - scale);
                    },
                    new double[] {0, depth / 8, depth / 3, depth},
                    TOLERANCE,
                    1e-300,
                    EVALUATIONS);
            sum = LogSum.of(sum, scale + Math.log(result.value()));
        }
        return sum;
    }

    private static double breakpointAt(Univariate law, double t, double offset) {
        for (double breakpoint : law.breakpoints()) {
            if (breakpoint - t == offset) {
                return breakpoint;
            }
        }
        return t + offset;
    }
}
