package org.localmass.core.measure;

import java.util.List;
import org.apache.commons.numbers.gamma.LogGamma;
import org.localmass.core.internal.Arguments;
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
        kappa += 0.0; // no negative zero: d / kappa must be +inf
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

    /**
     * The law at a point where the measure has a continuous positive density: kappa is the dimension, beta is 0 and
     * C = V_d p(t), V_d the volume of the unit ball.
     *
     * <p>A convolution with a bounded density that is continuous and positive at the point has this law, whatever
     * atoms and poles the other measure has.
     *
     * <p>Source: docs/theory.md R2.7.
     *
     * @param logDensity log p(t), finite
     */
    public static LocalLaw ofDensity(double logDensity, int dimension, Norm norm) {
        Arguments.positive("dimension", dimension);
        return of(
                dimension,
                0,
                Arguments.finite("logDensity", logDensity) + MultivariateNormal.logUnitVolume(dimension, norm));
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
     * them; atoms add. Where a law of the smallest kappa has an undefined beta, so has the sum.
     *
     * <p>At infinity this is also the law of independent blocks: the heaviest tail decides.
     *
     * <p>Source: docs/theory.md R2.3, R2.4.
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
            if (part.isVanishing() || part.kappa > best.kappa) {
                continue;
            }
            if (part.kappa == best.kappa && Double.isNaN(part.beta + best.beta)) {
                best = of(best.kappa, Double.NaN, Double.NaN);
                logs[0] = Double.NaN;
                ties = 1;
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

    /**
     * The law of a weighted measure. The mass of an atom stays within the positive doubles; the log of the constant is
     * exact beyond them.
     */
    public LocalLaw withLogWeight(double logWeight) {
        if (isVanishing() || logWeight == Double.NEGATIVE_INFINITY) {
            return VANISHING;
        }
        double atom =
                isAtom() ? Math.min(Math.max(atomMass * Math.exp(logWeight), Double.MIN_VALUE), Double.MAX_VALUE) : 0;
        return new LocalLaw(kappa, beta, logConstant + logWeight, atom);
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
     * \( C = \prod_i C_i\,\Gamma(\kappa_i/2+1) / \Gamma(\sum_i \kappa_i/2+1) \). For the Mahalanobis norm the constant of
     * several blocks is not known.
     *
     * <p>At infinity use {@link #sum}.
     *
     * <p>Source: docs/theory.md R2.4.
     *
     * @param norm the norm of the ball
     */
    public static LocalLaw product(List<LocalLaw> blocks, Norm norm) {
        double kappa = 0;
        double beta = 0;
        double logConstant = 0;
        double atom = 1;
        boolean atoms = true;
        boolean euclidean = norm.label().equals("l2");
        for (LocalLaw block : blocks) {
            if (block.isVanishing()) {
                return VANISHING;
            }
            kappa += block.kappa;
            beta += block.beta;
            logConstant += block.logConstant + (euclidean ? LogGamma.value(block.kappa / 2 + 1) : 0);
            atom *= block.atomMass;
            atoms &= block.isAtom();
        }
        if (atoms && !blocks.isEmpty()) {
            return atom > Double.MIN_NORMAL ? atom(atom) : new LocalLaw(0, 0, logConstant, Double.MIN_VALUE);
        }
        if (norm.label().equals("mahalanobis") && blocks.size() > 1) {
            return of(kappa, beta, Double.NaN);
        }
        return of(kappa, beta, logConstant - (euclidean ? LogGamma.value(kappa / 2 + 1) : 0));
    }

    /**
     * The law of the image under a map of the line that is continuously differentiable at the point; in more dimensions,
     * of a map whose derivative there is a multiple of an isometry of the norm. Only the constant changes.
     *
     * <p>Source: docs/theory.md R2.6.
     *
     * @param derivative the derivative or the multiple, finite and not 0
     */
    public LocalLaw mapped(double derivative) {
        return withRadiusFactor(1 / Arguments.positive("absolute value of derivative", Math.abs(derivative)));
    }

    /**
     * The law of the image under \( x \mapsto sign(x)|x|^s \) at 0: kappa becomes kappa/s, beta stays and C becomes
     * \( C s^{-\beta} \).
     *
     * <p>Source: docs/theory.md R2.6.
     *
     * @param exponent s, positive
     */
    public LocalLaw power(double exponent) {
        Arguments.positive("exponent", exponent);
        return isVanishing() || isAtom()
                ? this
                : of(kappa / exponent, beta, beta == 0 ? logConstant : logConstant - beta * Math.log(exponent));
    }

    /**
     * Compares two local masses in spaces of the same dimension: the smaller kappa is heavier, then the larger beta; at
     * kappa = 0 an atom is heavier than a law without one, and the larger atom is heavier.
     *
     * <p>Source: docs/theory.md D2.2.
     */
    public Heaviness heaviness(LocalLaw other) {
        if (isVanishing() && other.isVanishing()) {
            return Heaviness.INCOMPARABLE;
        }
        int order = Double.compare(other.kappa, kappa);
        if (order == 0) {
            order = Double.compare(atomMass, other.atomMass);
        }
        if (order == 0) {
            if (Double.isNaN(beta) || Double.isNaN(other.beta)) {
                return Heaviness.INCOMPARABLE;
            }
            order = Double.compare(beta + 0.0, other.beta + 0.0);
        }
        return order > 0 ? Heaviness.HEAVIER : order < 0 ? Heaviness.LIGHTER : Heaviness.EQUAL;
    }

    /**
     * Whether this can be the law of some of the coordinates of a measure with the given law: dropping coordinates never
     * loses mass, so it must not be lighter, and at equal exponents its constant must not be smaller, up to 1e-9.
     *
     * <p>The dimensions differ, so the Mass Index may move either way.
     *
     * <p>Source: docs/theory.md R2.5.
     */
    public boolean canBeMarginalOf(LocalLaw joint) {
        if (isAtom() && joint.isAtom()) {
            return logConstant >= joint.logConstant - 1e-9;
        }
        return switch (heaviness(joint)) {
            case HEAVIER, INCOMPARABLE -> true;
            case LIGHTER -> false;
            case EQUAL -> !(logConstant < joint.logConstant - 1e-9);
        };
    }
}
