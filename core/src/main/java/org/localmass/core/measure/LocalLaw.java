package org.localmass.core.measure;

import java.util.List;
import org.apache.commons.numbers.gamma.LogGamma;
import org.localmass.core.internal.LogSum;
import org.localmass.core.region.Norm;

/**
 * How the mass of small balls vanishes: \( p(B_r) \sim C\, r^\kappa \log(1/r)^\beta \) as r tends to 0. At infinity the
 * ball of radius r is {@code N(x) >= 1/r}.
 *
 * <p>Source: docs/theory.md D2.1.
 *
 * @param kappa       exponent of the power, 0 to {@code +inf}; {@code +inf} where the mass vanishes faster than every
 *     power, or is zero
 * @param beta        exponent of the logarithm; NaN where it is undefined
 * @param logConstant log C; NaN where it is undefined or not known
 * @param atomMass    mass of the point itself; where it is positive, kappa and beta are 0 and C is this mass
 */
public record LocalLaw(double kappa, double beta, double logConstant, double atomMass) {
    private static final LocalLaw VANISHING = new LocalLaw(Double.POSITIVE_INFINITY, Double.NaN, Double.NaN, 0);

    public LocalLaw {
        if (!(kappa >= 0)) {
            throw new IllegalArgumentException("kappa must be at least 0, was " + kappa);
        }
        if (!(atomMass >= 0) || atomMass == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("atomMass must be finite and at least 0, was " + atomMass);
        }
        if (atomMass > 0 && (kappa != 0 || beta != 0)) {
            throw new IllegalArgumentException("kappa and beta must be 0 at an atom, were " + kappa + ", " + beta);
        }
    }

    /** The law {@code C r^kappa log(1/r)^beta} of a point that carries no mass itself. */
    public static LocalLaw of(double kappa, double beta, double logConstant) {
        return new LocalLaw(kappa, beta, logConstant, 0);
    }

    /** The law at a point of positive mass. */
    public static LocalLaw atom(double mass) {
        return new LocalLaw(0, 0, Math.log(mass), mass);
    }

    /** The law where the mass vanishes faster than every power, or is zero near the point. */
    public static LocalLaw vanishing() {
        return VANISHING;
    }

    /** Whether the point itself has positive mass. */
    public boolean isAtom() {
        return atomMass > 0;
    }

    /** Whether the mass vanishes faster than every power, or is zero near the point. */
    public boolean isVanishing() {
        return kappa == Double.POSITIVE_INFINITY;
    }

    /**
     * The law of a sum of measures: the smallest kappa, then the largest beta, with the constants of all that share
     * them; atoms add.
     *
     * <p>Source: docs/theory.md R2.3.
     *
     * @param parts laws of the summands, weights included in their constants
     */
    public static LocalLaw sum(List<LocalLaw> parts) {
        double atom = 0;
        for (LocalLaw part : parts) {
            atom += part.atomMass;
        }
        if (atom > 0) {
            return atom(atom);
        }
        LocalLaw best = VANISHING;
        double[] logs = new double[parts.size()];
        int ties = 0;
        for (LocalLaw part : parts) {
            if (part.isVanishing()) {
                continue;
            }
            boolean tie = part.kappa == best.kappa && part.beta == best.beta;
            if (!tie && (part.kappa < best.kappa || (part.kappa == best.kappa && part.beta > best.beta))) {
                best = part;
                ties = 0;
                tie = true;
            }
            if (tie) {
                logs[ties++] = part.logConstant;
            }
        }
        return ties == 0 ? VANISHING : of(best.kappa, best.beta, LogSum.of(logs, ties));
    }

    /** The law of a weighted measure. */
    public LocalLaw withLogWeight(double logWeight) {
        return isVanishing() || logWeight == Double.NEGATIVE_INFINITY
                ? VANISHING
                : new LocalLaw(kappa, beta, logConstant + logWeight, atomMass * Math.exp(logWeight));
    }

    /** The law of \( r \mapsto p(B_{cr}) \), a change of unit or of norm by the factor c. */
    public LocalLaw withRadiusFactor(double factor) {
        return kappa == 0 || isVanishing() || factor == 1
                ? this
                : new LocalLaw(kappa, beta, logConstant + kappa * Math.log(factor), 0);
    }

    /**
     * The law of independent blocks at a finite point: kappas and betas add. The constants multiply for the maximum
     * norm; for the Euclidean norm
     * \( C = \prod_i C_i\,\Gamma(\kappa_i/2+1) / \Gamma(\sum_i \kappa_i/2+1) \).
     *
     * <p>Source: docs/theory.md R2.4.
     *
     * @param norm the norm of the ball, l2 or linf
     */
    public static LocalLaw product(List<LocalLaw> blocks, Norm norm) {
        double kappa = 0;
        double beta = 0;
        double logConstant = 0;
        double atom = 1;
        boolean euclidean = norm.label().equals("l2");
        for (LocalLaw block : blocks) {
            if (block.isVanishing()) {
                return VANISHING;
            }
            kappa += block.kappa;
            beta += block.beta;
            logConstant += block.logConstant + (euclidean ? LogGamma.value(block.kappa / 2 + 1) : 0);
            atom *= block.atomMass;
        }
        return atom > 0 ? atom(atom) : of(kappa, beta, logConstant - (euclidean ? LogGamma.value(kappa / 2 + 1) : 0));
    }
}
