package org.localmass.core.divergence;

import java.util.List;
import org.localmass.core.measure.Mass;

/**
 * What two measures do on a set: their masses, and the divergence of their normalised restrictions.
 *
 * <p>Everything is put together from terms of one sign: \( D = P[f(R) + R^\alpha T] \) with \( T = D(q_B\|p_B) \)
 * (docs/theory.md R5.6), so that nothing cancels where q and p are close.
 *
 * @param p           P
 * @param q           Q
 * @param logRatio    log(Q/P), accurate near 0; NaN where a mass is 0
 * @param shape       T; 0 where a mass is 0
 * @param error       absolute error of T
 * @param evaluations values of the pair of densities
 */
record Cell(Mass p, Mass q, double logRatio, double shape, double error, int evaluations) {
    private static final double MOST = 600;

    static Cell of(Mass p, Mass q, double shape, double error, int evaluations) {
        return new Cell(p, q, logRatio(p, q), shape, error, evaluations);
    }

    private static double logRatio(Mass p, Mass q) {
        if (p.isZero() || q.isZero()) {
            return Double.NaN;
        }
        double ratio = q.over(p).value();
        if (ratio > 0.5 && ratio < 2) {
            return q.compareTo(p) >= 0
                    ? Math.log1p(q.minus(p).over(p).value())
                    : Math.log1p(-p.minus(q).over(p).value());
        }
        return ratio > 1e-300 && ratio < 1e300 ? Math.log(ratio) : q.log() - p.log();
    }

    boolean isEmpty() {
        return p.isZero() || q.isZero();
    }

    /** The set of all points whose blocks lie in the cells, under product measures. */
    static Cell product(Generator f, List<Cell> blocks) {
        if (blocks.size() == 1) {
            return blocks.get(0);
        }
        double beta = 1 - f.alpha();
        Mass p = Mass.ONE;
        Mass q = Mass.ONE;
        double logRatio = 0;
        double logAffinity = 0; // of (1-(1-alpha)T)-th powers; the sum of T at order 1
        double error = 0;
        int evaluations = 0;
        for (Cell block : blocks) {
            p = p.times(block.p);
            q = q.times(block.q);
            logRatio += block.logRatio;
            double affinity = -beta * block.shape;
            logAffinity += beta == 0 ? block.shape : Math.log1p(Math.max(-1, affinity));
            error += beta == 0 ? block.error : block.error / Math.max(1e-300, 1 + affinity);
            evaluations += block.evaluations;
        }
        if (p.isZero() || q.isZero()) {
            return new Cell(p, q, Double.NaN, 0, 0, evaluations);
        }
        double shape = beta == 0 ? logAffinity : -Math.expm1(logAffinity) / beta;
        return new Cell(p, q, logRatio, shape, error * (beta == 0 ? 1 : Math.exp(logAffinity)), evaluations);
    }

    /** The union of disjoint cells. */
    static Cell union(Generator f, List<Cell> cells) {
        if (cells.size() == 1) {
            return cells.get(0);
        }
        Mass p = Mass.ZERO;
        Mass q = Mass.ZERO;
        int evaluations = 0;
        for (Cell cell : cells) {
            p = p.plus(cell.p);
            q = q.plus(cell.q);
            evaluations += cell.evaluations;
        }
        if (p.isZero() || q.isZero()) {
            return new Cell(p, q, Double.NaN, 0, 0, evaluations);
        }
        double logRatio = logRatio(p, q);
        double shape = 0;
        double error = 0;
        for (Cell cell : cells) {
            if (cell.p.isZero()) {
                double slope = f.recessionSlope();
                shape += cell.q.isZero()
                        ? 0
                        : slope == Double.POSITIVE_INFINITY
                                ? slope
                                : slope * cell.q.over(q).value();
            } else if (cell.q.isZero()) {
                shape += cell.p.over(p).value();
            } else {
                double own = cell.logRatio - logRatio;
                double share = cell.p.over(p).value();
                double power = Math.exp(f.alpha() * own);
                shape += share * (f.atLog(own) + power * cell.shape);
                error += share * power * cell.error;
            }
        }
        return new Cell(p, q, logRatio, shape, error, evaluations);
    }

    /** \( D(q\|p;B) \). */
    Rekl toRekl(Generator f) {
        if (isEmpty()) {
            double slope = f.recessionSlope();
            Mass value = q.isZero() ? p : slope == Double.POSITIVE_INFINITY ? Mass.of(slope) : q.times(slope);
            double massTerm = p.isZero() ? q.isZero() ? 0 : Double.POSITIVE_INFINITY : 1;
            return new Rekl(f.alpha(), value, 0, q, p, massTerm, 0, evaluations);
        }
        double massTerm = f.atLog(logRatio);
        double power = Math.exp(f.alpha() * logRatio);
        double shapeTerm = shape == 0 || shape == Double.POSITIVE_INFINITY ? shape : power * shape;
        double total = massTerm + shapeTerm;
        double relative = total > 0 && total < Double.POSITIVE_INFINITY ? power * error / total : 0;
        return new Rekl(f.alpha(), value(f, total), relative, q, p, massTerm, shapeTerm, evaluations);
    }

    private Mass value(Generator f, double total) {
        if (shape == Double.POSITIVE_INFINITY) {
            return Mass.of(shape);
        }
        if (total < Double.POSITIVE_INFINITY && logRatio < MOST) {
            return p.times(total);
        }
        // Q/P or its power is beyond doubles: the two terms from logs
        Mass massTerm = Mass.ofLog(f.logPerspective(p.log(), q.log()));
        return shape == 0
                ? massTerm
                : massTerm.plus(Mass.ofLog(p.log() + f.alpha() * logRatio).times(shape));
    }
}
