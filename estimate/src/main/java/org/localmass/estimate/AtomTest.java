package org.localmass.estimate;

import org.localmass.core.draws.Draws;
import org.localmass.core.draws.Sampling;

/**
 * Whether draws that coincide with a point show an atom there.
 *
 * <p>An atom holds at least 5 and at least 0.4 % of the states, a run of equal states being one (unless the draws are
 * independent), and more than three times the coincidences that rounding to the file's digits and underflow of numbers
 * near 0 explain. Rounding: a power law fitted to the radii within 10.5 and 100.5 grid steps. Underflow: the power or
 * logarithmic law that continues the radii of the last halves of the exponent range.
 * <br>A small slope is never evidence of an atom.
 * <br>Source: docs/theory.md, E7.2.
 *
 * @param outcome    what was concluded
 * @param hits       states at the point
 * @param states     number of states
 * @param rounding   states that rounding is expected to put on the point
 * @param underflow  states that underflow is expected to put on the point
 * @param resolution grid step of the values near the point, as a radius: below it an atom and a small kappa are one
 * @param draws      draws at the point, runs counted in full
 * @param floor      radii at or below it are only known to lie there, because of rounding or underflow; 0 if all are exact
 */
public record AtomTest(
        Outcome outcome,
        int hits,
        int states,
        double rounding,
        double underflow,
        double resolution,
        int draws,
        double floor) {
    /** What was concluded. */
    public enum Outcome {
        /** No draw coincides with the point, or too few to be more than chance. */
        NONE,
        /** The point carries probability. */
        ATOM,
        /** The coincidences are what rounding explains. */
        ROUNDING,
        /** The zeros are what underflow of a law with very much mass near 0 explains. */
        UNDERFLOW,
        /** Most draws are at the point, in too few runs to tell. */
        CONSTANT
    }

    /** Least number of states of an atom. */
    public static final int LEAST_HITS = 5;
    /** Least share of the states of an atom. */
    public static final double LEAST_SHARE = 0.004;
    /** How many times the states that rounding and underflow explain an atom must exceed. */
    public static final double MARGIN = 3;
    /** Grid steps about a value within which rounding puts draws on the value itself. */
    public static final double ON = 0.5;
    /** Grid steps about a value that a power law is fitted to, the nearer. */
    public static final double NEAR = 10.5;
    /** Grid steps about a value that a power law is fitted to, the farther. */
    public static final double WIDE = 100.5;

    /** Ratio of outer to inner of the slowest logarithmic law that is thought of. */
    private static final double SLOWEST = Math.pow(2, 0.25);

    static AtomTest of(Draws draws, PointRadii radii) {
        boolean independent = draws.sampling() == Sampling.INDEPENDENT;
        boolean[][] starts = radii.starts();
        int hits = 0;
        int states = 0;
        int at = 0;
        for (int c = 0; c < starts.length; c++) {
            for (int t = 0; t < starts[c].length; t++) {
                boolean zero = radii.chains[c][t] == 0;
                at += zero ? 1 : 0;
                if (independent || starts[c][t]) {
                    states++;
                    hits += zero ? 1 : 0;
                }
            }
        }
        double step = radii.resolution();
        double limit = radii.underflow();
        double half = Math.sqrt(limit);
        double quarter = Math.sqrt(half);
        int near = 0;
        int wide = 0;
        int inner = 0;
        int outer = 0;
        for (int c = 0; c < starts.length; c++) {
            for (int t = 0; t < starts[c].length; t++) {
                double rho = radii.chains[c][t];
                if (rho == 0 || !(independent || starts[c][t])) {
                    continue;
                }
                near += rho > ON * step && rho <= NEAR * step ? 1 : 0;
                wide += rho > ON * step && rho <= WIDE * step ? 1 : 0;
                inner += rho <= half ? 1 : 0;
                outer += rho > half && rho <= quarter ? 1 : 0;
            }
        }
        double rounding = step > 0 ? tiesByRounding(near, wide) : 0;
        double underflow = Double.isFinite(limit) ? tiesByUnderflow(inner, outer) : 0;
        Outcome outcome;
        if (hits >= LEAST_HITS && hits >= LEAST_SHARE * states) {
            outcome = hits > MARGIN * (rounding + underflow)
                    ? Outcome.ATOM
                    : underflow > rounding ? Outcome.UNDERFLOW : Outcome.ROUNDING;
        } else if (2 * at > radii.size) {
            outcome = Outcome.CONSTANT;
        } else if (at == 0) {
            outcome = Outcome.NONE;
        } else {
            outcome = underflow > rounding ? Outcome.UNDERFLOW : rounding > 0 ? Outcome.ROUNDING : Outcome.NONE;
        }
        double floor = outcome == Outcome.ROUNDING || near >= LEAST_HITS
                ? ON * step
                : outcome == Outcome.UNDERFLOW ? limit : 0;
        return new AtomTest(outcome, hits, states, rounding, underflow, step, at, floor);
    }

    /**
     * States on a value itself under the power law through the counts about it.
     *
     * @param near states farther than 0.5 grid steps and at most 10.5
     * @param wide states farther than 0.5 grid steps and at most 100.5
     * @return 0 where nothing can be fitted
     */
    public static double tiesByRounding(double near, double wide) {
        if (near == 0 || wide <= near) {
            return 0;
        }
        double target = wide / near;
        double low = 1e-6;
        double high = 3;
        for (int i = 0; i < 60; i++) {
            double k = 0.5 * (low + high);
            double ratio = (Math.pow(WIDE, k) - Math.pow(ON, k)) / (Math.pow(NEAR, k) - Math.pow(ON, k));
            if (ratio > target) {
                high = k;
            } else {
                low = k;
            }
        }
        return near * Math.pow(ON, low) / (Math.pow(NEAR, low) - Math.pow(ON, low));
    }

    /**
     * Zeros under the heavier of the power law and the logarithmic law through the counts of the inner half of the
     * exponents and of the quarter outside it.
     *
     * <p>With F(m) the mass below the m-th root of the smallest number, inner = F(2) - F(1) and outer = F(4) - F(2): a
     * power law has F(1) = inner q/(1-q), where outer/inner = 1/(y(1+y)), q = y^2; a logarithmic law has
     * F(1) = inner^2/(outer - inner). The inner count is taken two standard deviations high.
     */
    static double tiesByUnderflow(int observed, int outer) {
        if (observed + outer == 0) {
            return 0;
        }
        double inner = observed + 1 + 2 * Math.sqrt(observed);
        double ratio = outer / inner;
        // y (1 + y) = 1/ratio
        double y = ratio == 0 ? Double.POSITIVE_INFINITY : 0.5 * (Math.sqrt(1 + 4 / ratio) - 1);
        double power = y >= 1 ? Double.POSITIVE_INFINITY : inner * y * y / (1 - y * y);
        double log = ratio <= SLOWEST ? inner / (SLOWEST - 1) : inner / (ratio - 1);
        return Math.max(power, log);
    }
}
