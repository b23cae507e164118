package org.localmass.core.index;

import java.util.List;
import java.util.Optional;
import org.localmass.core.internal.Arguments;
import org.localmass.core.mass.Caution;
import org.localmass.core.measure.Heaviness;
import org.localmass.core.measure.LocalLaw;

/**
 * The Mass Index of a measure at a point: \( p(B_r) \sim C r^\kappa \log(1/r)^\beta \) as r tends to 0, read as
 * \( MI_{pow} = d/\kappa \) and \( MI_{log} = d\,\beta \). Larger means more mass near the point.
 *
 * <p>Source: docs/theory.md D2.2.
 *
 * @param kappa     exponent of the power; 0 at an atom, {@code +inf} outside the support
 * @param beta      exponent of the logarithm; NaN where it is undefined
 * @param dimension d of the space the ball lives in; 1 at infinity, where the dimension plays no part
 * @param atomMass  mass of the point itself; exactly 0 where no draw coincides with it
 * @param window    radii on which the two exponents were read; empty where they are exact
 * @param cautions  reasons to doubt the values; empty if none was found
 */
public record MassIndex(
        Exponent kappa,
        Exponent beta,
        int dimension,
        Exponent atomMass,
        Optional<RadiusWindow> window,
        List<Caution> cautions) {
    public MassIndex {
        Arguments.positive("dimension", dimension);
        cautions = List.copyOf(cautions);
    }

    /** The exact index at a finite point of a d-dimensional space. */
    public static MassIndex of(LocalLaw law, int dimension) {
        return new MassIndex(
                Exponent.exact(law.kappa()),
                Exponent.exact(law.beta()),
                dimension,
                Exponent.exact(law.atomMass()),
                Optional.empty(),
                List.of());
    }

    /** The exact index at infinity. */
    public static MassIndex atInfinity(LocalLaw law) {
        return of(law, 1);
    }

    /**
     * Compares two indices in spaces of the same dimension: the smaller kappa is heavier; where both are exact and
     * agree, the larger atom, then the larger beta. Intervals that overlap are incomparable.
     *
     * <p>Source: docs/theory.md D2.2.
     *
     * @throws IllegalArgumentException if the dimensions differ
     */
    public Heaviness heaviness(MassIndex other) {
        Arguments.sameDimension(dimension, other.dimension);
        if (kappa.isExact() && other.kappa.isExact() && kappa.estimate() == other.kappa.estimate()) {
            if (kappa.estimate() == Double.POSITIVE_INFINITY) {
                return Heaviness.INCOMPARABLE;
            }
            Heaviness atoms = larger(atomMass, other.atomMass);
            return atoms == Heaviness.EQUAL ? larger(beta, other.beta) : atoms;
        }
        return larger(kappa, other.kappa).reversed();
    }

    private static Heaviness larger(Exponent a, Exponent b) {
        if (a.isExact() && b.isExact() && a.estimate() == b.estimate()) {
            return Heaviness.EQUAL;
        }
        return a.lower() > b.upper()
                ? Heaviness.HEAVIER
                : a.upper() < b.lower() ? Heaviness.LIGHTER : Heaviness.INCOMPARABLE;
    }

    /** \( MI_{pow} = d/\kappa \); {@code +inf} at kappa = 0, which alone does not prove an atom; 0 at kappa = inf. */
    public Exponent power() {
        return new Exponent(dimension / kappa.estimate(), dimension / kappa.upper(), dimension / kappa.lower());
    }

    /** \( MI_{log} = d\,\beta \); NaN where it is undefined, and at an atom, where the formula's 0 says nothing. */
    public Exponent log() {
        return atomMass.estimate() > 0
                ? Exponent.exact(Double.NaN)
                : new Exponent(dimension * beta.estimate(), dimension * beta.lower(), dimension * beta.upper());
    }
}
