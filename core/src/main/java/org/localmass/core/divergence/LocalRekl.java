package org.localmass.core.divergence;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;
import org.localmass.core.internal.Arguments;
import org.localmass.core.measure.Distribution;
import org.localmass.core.measure.NoClosedFormException;
import org.localmass.core.measure.Univariate;
import org.localmass.core.region.Ball;
import org.localmass.core.region.Box;
import org.localmass.core.region.Interval;
import org.localmass.core.region.Norm;
import org.localmass.core.region.Region;

/**
 * Local RE-KL of two distributions with known densities and masses. Immutable.
 *
 * <p>On the line every set of intervals; in more dimensions sets that are products of intervals, under products of laws
 * on the line: linf balls, boxes, the outside of linf balls, all of R^d. Normal distributions, dependent or not, on all of
 * R^d in closed form, on l2 and Mahalanobis balls and their outside from three masses.
 *
 * <p>Atoms are compared with atoms and stretches that one measure does not reach count by their masses; densities are
 * compared by adaptive quadrature of the pointwise form, whose terms are all positive. Accuracy: relative error below
 * 1e-11, or 1e-15 (P + Q) where that is larger; the estimate comes with every value.
 * <br>Source: docs/theory.md section 5, rules N1 to N6.
 */
public final class LocalRekl {
    private static final double TOLERANCE = 1e-12;
    private static final int EVALUATIONS = 200_000;

    private final Generator f;
    private final QuadratureRule rule;
    private final double tolerance;

    private LocalRekl(Generator f, QuadratureRule rule, double tolerance) {
        this.f = f;
        this.rule = rule;
        this.tolerance = tolerance;
    }

    /**
     * RE-KL of an order, to a relative tolerance of 1e-12.
     *
     * @throws IllegalArgumentException if alpha is not positive and finite
     */
    public static LocalRekl of(double alpha) {
        return new LocalRekl(Generator.of(alpha), QuadratureRule.GAUSS_KRONROD, TOLERANCE);
    }

    /** A copy with another tolerance, relative to the divergence. */
    public LocalRekl withTolerance(double relative) {
        return new LocalRekl(f, rule, Arguments.fraction("tolerance", relative));
    }

    /** A copy with another rule of integration. */
    public LocalRekl withRule(QuadratureRule quadrature) {
        return new LocalRekl(f, quadrature, tolerance);
    }

    /** The order. */
    public double alpha() {
        return f.alpha();
    }

    /**
     * \( D_\alpha(q\|p;B_r(t)) \).
     *
     * @param centre t, d finite values
     * @param radius r, not negative
     * @throws NoClosedFormException if the laws and the norm have no form that reduces to integrals on the line
     * @throws IntegrationException  if an integral does not reach the tolerance
     */
    public Rekl onBall(Distribution q, Distribution p, double[] centre, double radius, Norm norm) {
        check(q, p);
        Arguments.sameDimension(q.dimension(), centre.length);
        Arguments.finite("centre", centre);
        if (!(radius >= 0)) {
            throw new IllegalArgumentException("radius must not be negative, was " + radius);
        }
        if (q.dimension() > 1 && !norm.label().equals("linf")) {
            return normal(q, p, "the " + norm.label() + " ball", false, law -> law.logBallMass(centre, radius, norm));
        }
        double halfWidth = q.dimension() == 1 ? norm.halfWidth(radius) : radius;
        return product(q, p, "an linf ball", j -> LineSet.ball(centre[j], halfWidth));
    }

    /**
     * \( D_\alpha(q\|p) \) on the neighbourhood of infinity {@code N(x) >= radius}.
     *
     * @throws NoClosedFormException if the laws and the norm have no form that reduces to integrals on the line
     */
    public Rekl atInfinity(Distribution q, Distribution p, double radius, Norm norm) {
        check(q, p);
        int d = q.dimension();
        if (radius <= 0) {
            return everywhere(q, p);
        }
        if (d == 1) {
            double halfWidth = norm.halfWidth(radius);
            return product(q, p, "a tail", j -> LineSet.tail(halfWidth));
        }
        if (!norm.label().equals("linf")) {
            return normal(
                    q, p, "the outside of the " + norm.label() + " ball", true, law -> law.logTailMass(radius, norm));
        }
        // disjoint products: the first coordinate outside, or inside and the second outside, ...
        List<Univariate> lawsQ = lines(q, p, q, "the outside of an linf ball");
        List<Univariate> lawsP = lines(q, p, p, "the outside of an linf ball");
        List<Cell> inside = cells(lawsQ, lawsP, j -> LineSet.inside(radius));
        List<Cell> outside = cells(lawsQ, lawsP, j -> LineSet.tail(radius));
        List<Cell> whole = cells(lawsQ, lawsP, j -> LineSet.whole());
        List<Cell> parts = new ArrayList<>();
        for (int i = 0; i < d; i++) {
            List<Cell> blocks = new ArrayList<>(inside.subList(0, i));
            blocks.add(outside.get(i));
            blocks.addAll(whole.subList(i + 1, d));
            parts.add(Cell.product(f, blocks));
        }
        return Cell.union(f, parts).toRekl(f);
    }

    /**
     * \( D_\alpha(q\|p;B) \) on a ball, box or interval.
     *
     * @throws NoClosedFormException for other regions, and where the laws do not factor
     */
    public Rekl on(Distribution q, Distribution p, Region region) {
        check(q, p);
        Arguments.sameDimension(q.dimension(), region.dimension());
        if (region instanceof Ball ball && ball.coordinates().length == q.dimension()) {
            return onBall(q, p, ball.centre(), ball.radius(), ball.norm());
        }
        if (region instanceof Box box) {
            return product(q, p, "a box", j -> LineSet.interval(box.lower()[j], box.upper()[j], true));
        }
        if (region instanceof Interval interval) {
            return product(
                    q,
                    p,
                    "an interval",
                    j -> j == interval.coordinate()
                            ? LineSet.interval(interval.lower(), interval.upper(), interval.isAtom())
                            : LineSet.whole());
        }
        throw refused(q, p, region.description());
    }

    /** \( D_\alpha(q\|p) \) on all of R^d. */
    public Rekl everywhere(Distribution q, Distribution p) {
        check(q, p);
        List<Distribution> blocksQ = q.blocks();
        List<Distribution> blocksP = p.blocks();
        boolean aligned = blocksQ.size() == blocksP.size();
        List<Cell> cells = new ArrayList<>();
        for (int i = 0; aligned && i < blocksQ.size(); i++) {
            Distribution blockQ = blocksQ.get(i);
            Distribution blockP = blocksP.get(i);
            if (blockQ.dimension() != blockP.dimension()) {
                aligned = false;
            } else {
                cells.add(
                        blockQ instanceof Univariate lineQ && blockP instanceof Univariate lineP
                                ? cell(lineQ, lineP, LineSet.whole())
                                : NormalPair.cell(f, blockQ, blockP)
                                        .orElseThrow(() -> refused(q, p, "all of R^" + q.dimension())));
            }
        }
        if (aligned) {
            return Cell.product(f, cells).toRekl(f);
        }
        return NormalPair.cell(f, q, p)
                .orElseThrow(() -> refused(q, p, "all of R^" + q.dimension()))
                .toRekl(f);
    }

    /**
     * How far the divergence in one direction is from what duality says of the other,
     * \( D_{1-\alpha}(p\|q) = \frac{1-\alpha}{\alpha} D_\alpha(q\|p) \) (docs/theory.md R5.3): a check that uses different
     * formulas for every integrand.
     *
     * @return the difference divided by the larger of the two and 1e-3 (P + Q)
     * @throws IllegalArgumentException if the order is 1 or more: the dual order would not be positive
     */
    public double dualityGap(Distribution q, Distribution p, Region region) {
        if (f.alpha() >= 1) {
            throw new IllegalArgumentException("alpha must be below 1, was " + f.alpha());
        }
        Rekl forward = on(q, p, region);
        LocalRekl dual = new LocalRekl(Generator.of(1 - f.alpha()), rule, tolerance);
        double expected = Relations.dual(f.alpha(), forward.value().value());
        double actual = dual.on(p, q, region).value().value();
        double scale = 1e-3 * (forward.massP().value() + forward.massQ().value());
        return expected == actual ? 0 : Math.abs(actual - expected) / Math.max(scale, Math.max(actual, expected));
    }

    /** Two normal distributions on a set whose mass all of them know. */
    private Rekl normal(
            Distribution q, Distribution p, String set, boolean outside, ToDoubleFunction<Distribution> logMass) {
        return NormalBall.cell(f, q, p, outside, logMass)
                .orElseThrow(() -> refused(q, p, set))
                .toRekl(f);
    }

    private Rekl product(Distribution q, Distribution p, String set, IntFunction<LineSet> sets) {
        return Cell.product(f, cells(lines(q, p, q, set), lines(q, p, p, set), sets))
                .toRekl(f);
    }

    private List<Cell> cells(List<Univariate> q, List<Univariate> p, IntFunction<LineSet> sets) {
        List<Cell> cells = new ArrayList<>();
        for (int j = 0; j < q.size(); j++) {
            cells.add(cell(q.get(j), p.get(j), sets.apply(j)));
        }
        return cells;
    }

    private Cell cell(Univariate q, Univariate p, LineSet set) {
        return new LinePair(q, p, f, rule, tolerance, EVALUATIONS).on(set);
    }

    /** The laws on the line whose product {@code law} is. */
    private static List<Univariate> lines(Distribution q, Distribution p, Distribution law, String set) {
        List<Univariate> lines = new ArrayList<>();
        for (Distribution block : law.blocks()) {
            if (!(block instanceof Univariate line)) {
                throw refused(q, p, set);
            }
            lines.add(line);
        }
        return lines;
    }

    private static void check(Distribution q, Distribution p) {
        Arguments.sameDimension(p.dimension(), q.dimension());
    }

    private static NoClosedFormException refused(Distribution q, Distribution p, String set) {
        return new NoClosedFormException("the divergence of " + q + " and " + p + " on " + set
                + " has no formula here: products of laws on the line have one on linf balls (--norm linf), boxes and all of"
                + " R^d, normal laws of full rank on l2 and mahalanobis balls; otherwise estimate it from draws");
    }
}
