package org.localmass.estimate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.localmass.core.bound.PartitionBound;
import org.localmass.core.divergence.Generator;
import org.localmass.core.internal.Arguments;
import org.localmass.core.mass.MassEstimate;
import org.localmass.core.mass.RatioEstimate;

/**
 * Local RE-KL of two measures known by draws. Immutable.
 *
 * <p>Draws alone bound a divergence from below: by the two masses of the ball, and by those of the cells of a partition
 * that was built on the first half of each chain and is measured on the second; the larger bound counts. Half of the error
 * probability goes to the two masses, half to the 2m Clopper-Pearson intervals of the cells. From above there is only what
 * the masses allow, \( (\alpha Q + (1-\alpha)P)/(1-\alpha) \) below order 1. The certificate is therefore that of the
 * ratio's interval.
 *
 * <p>The estimate is the divergence of the partition less its bias of first order, at least that of the two masses.
 * <br>Accuracy: coverage is measured in docs/quality/rekl-from-draws.md.
 * <br>Source: docs/theory.md T6.1, T6.6, T6.7, E7.1.
 */
public final class DrawsRekl {
    private final Generator f;
    private final double level;

    private DrawsRekl(Generator f, double level) {
        this.f = f;
        this.level = level;
    }

    /**
     * RE-KL of an order with intervals of level 0.95.
     *
     * @throws IllegalArgumentException if alpha is not positive and finite
     */
    public static DrawsRekl of(double alpha) {
        return new DrawsRekl(Generator.of(alpha), 0.95);
    }

    /** Intervals of another level, strictly between 0 and 1. */
    public DrawsRekl withLevel(double value) {
        return new DrawsRekl(f, Arguments.fraction("level", value));
    }

    /** The order. */
    public double alpha() {
        return f.alpha();
    }

    /**
     * Compares q and p on the ball of a radius.
     *
     * @throws IllegalArgumentException if the sides differ in dimension
     */
    public LocalComparison compare(LocalSide q, LocalSide p, double radius) {
        Arguments.sameDimension(p.draws().dimension(), q.draws().dimension());
        Arguments.positive("radius", radius);
        double delta = 1 - level;
        MassEstimate[] massesP = p.masses(radius, level, 1 - delta / 4);
        MassEstimate[] massesQ = q.masses(radius, level, 1 - delta / 4);
        Cells cells = Cells.of(q, p, radius, delta / 2);
        ReklEstimate forward = direction(massesP, massesQ, cells.p, cells.q);
        ReklEstimate backward = direction(massesQ, massesP, cells.q, cells.p);
        RatioEstimate ratio = MassComparison.ratio(massesP[0], massesQ[0]);
        List<ReklCaution> cautions = new ArrayList<>();
        cautions.add(ReklCaution.LOWER_BOUND);
        if (cells.p.size() < 2) {
            cautions.add(ReklCaution.MASSES_ONLY);
        }
        return new LocalComparison(
                radius,
                massesQ[0],
                massesP[0],
                ratio,
                MassComparison.difference(massesP[0], massesQ[0]),
                forward,
                backward,
                Math.max(1, 1 / ratio.lower()),
                LocalComparison.Basis.MASS_RATIO,
                cautions);
    }

    /** Masses of the cells on the second halves, with simultaneous intervals. */
    private record Cells(List<MassEstimate> q, List<MassEstimate> p) {
        static Cells of(LocalSide q, LocalSide p, double radius, double delta) {
            LocalSide firstQ = q.half(false);
            LocalSide firstP = p.half(false);
            LocalSide secondQ = q.half(true);
            LocalSide secondP = p.half(true);
            if (firstQ == null || firstP == null || secondQ == null || secondP == null) {
                return new Cells(List.of(), List.of());
            }
            Partition partition = Partition.build(firstP, firstQ, radius, delta);
            if (partition.cells() == 1) {
                return new Cells(List.of(), List.of());
            }
            double level = 1 - delta / (2 * partition.cells());
            return new Cells(measure(partition, secondQ, radius, level), measure(partition, secondP, radius, level));
        }

        private static List<MassEstimate> measure(Partition partition, LocalSide side, double radius, double level) {
            DrawsMass mass = DrawsMass.withDefaults().withLevel(level);
            List<MassEstimate> masses = new ArrayList<>();
            for (Membership cell : partition.members(side, radius)) {
                masses.add(mass.estimate(
                        side.draws(), cell, side.time(), DrawsMass.indicatorTime(side.draws(), cell, side.time())));
            }
            return Collections.unmodifiableList(masses);
        }
    }

    /** D(q||p) from masses of p and q: pointwise and joint intervals of the ball, joint ones of the cells. */
    private ReklEstimate direction(
            MassEstimate[] ballP, MassEstimate[] ballQ, List<MassEstimate> p, List<MassEstimate> q) {
        double alpha = f.alpha();
        MassEstimate massP = ballP[1];
        MassEstimate massQ = ballQ[1];
        double lower = PartitionBound.leastOverBox(f, massP.lower(), massP.upper(), massQ.lower(), massQ.upper());
        double[][] boxP = boxes(p);
        double[][] boxQ = boxes(q);
        double ofCells = PartitionBound.lowerConfidence(f, boxP, boxQ);
        int cells = ofCells > lower ? p.size() : 1;
        lower = Math.max(lower, ofCells);
        double upper = alpha < 1
                ? (alpha * massQ.upper() + (1 - alpha) * massP.upper()) / (1 - alpha)
                : massQ.upper() == 0 ? massP.upper() : Double.POSITIVE_INFINITY;
        double estimate = Math.max(f.perspective(massP.estimate(), massQ.estimate()), corrected(p, q));
        Bracket divergence = bracket(estimate, lower, upper);

        Bracket massTerm = massTerm(massP, massQ);
        double normalisedLower = Math.max(massTerm.lower(), massP.upper() == 0 ? 0 : lower / massP.upper());
        double normalisedUpper = alpha < 1
                ? 1 + alpha / (1 - alpha) * quotient(massQ.upper(), massP.lower())
                : massQ.upper() == 0 ? 1 : Double.POSITIVE_INFINITY;
        double share = massP.estimate() == 0 ? massTerm.estimate() : divergence.estimate() / massP.estimate();
        Bracket normalised = bracket(share, normalisedLower, normalisedUpper);
        return new ReklEstimate(divergence, normalised, massTerm, shapeTerm(normalised, massTerm), cells);
    }

    /** What is left of the normalised divergence besides the masses. */
    static Bracket shapeTerm(Bracket normalised, Bracket massTerm) {
        return bracket(
                massTerm.estimate() == Double.POSITIVE_INFINITY
                        ? 0
                        : Math.max(0, normalised.estimate() - massTerm.estimate()),
                massTerm.upper() == Double.POSITIVE_INFINITY ? 0 : Math.max(0, normalised.lower() - massTerm.upper()),
                Math.max(0, normalised.upper() - massTerm.lower()));
    }

    private Bracket massTerm(MassEstimate massP, MassEstimate massQ) {
        return massTerm(f, massP, massQ);
    }

    /** \( f(Q/P) \) and its least and largest value over the box of the two intervals. */
    static Bracket massTerm(Generator f, MassEstimate massP, MassEstimate massQ) {
        double least = quotient(massQ.lower(), massP.upper());
        double most = quotient(massQ.upper(), massP.lower());
        double lower = least > 1 ? f.value(least) : most < 1 ? f.value(most) : 0;
        double upper = Math.max(f.value(least), f.value(most));
        double estimate = massP.estimate() == 0
                ? massQ.estimate() == 0 ? 0 : Double.POSITIVE_INFINITY
                : f.perspective(1, massQ.estimate() / massP.estimate());
        return bracket(estimate, lower, upper);
    }

    /** x/y, 0 for 0/0: where neither measure has mass, nothing differs. */
    private static double quotient(double x, double y) {
        return x == 0 ? 0 : x / y;
    }

    static Bracket bracket(double estimate, double lower, double upper) {
        return new Bracket(Math.min(Math.max(estimate, lower), Math.max(lower, upper)), lower, Math.max(lower, upper));
    }

    private static double[][] boxes(List<MassEstimate> masses) {
        return masses.stream().map(m -> new double[] {m.lower(), m.upper()}).toArray(double[][]::new);
    }

    /** Divergence of the cells less its bias of first order, which is not known where a cell has no hit on one side. */
    private double corrected(List<MassEstimate> p, List<MassEstimate> q) {
        double alpha = f.alpha();
        double sum = 0;
        for (int i = 0; i < p.size(); i++) {
            double x = p.get(i).estimate();
            double y = q.get(i).estimate();
            // from order 1 on one empty cell would make the sum infinite, which its interval does not say
            sum += x == 0 && alpha >= 1
                    ? PartitionBound.leastOverBox(
                            f,
                            p.get(i).lower(),
                            p.get(i).upper(),
                            q.get(i).lower(),
                            q.get(i).upper())
                    : f.perspective(x, y);
            if (x > 0 && y > 0) {
                double ratio = y / x;
                sum -= 0.5
                        * alpha
                        * Math.pow(ratio, alpha - 1)
                        * (ratio * (1 - x) / p.get(i).effectiveSize()
                                + (1 - y) / q.get(i).effectiveSize());
            }
        }
        return sum;
    }
}
