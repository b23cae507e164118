package org.localmass.core.measure;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.commons.rng.UniformRandomProvider;
import org.localmass.core.region.Norm;
import org.localmass.core.region.Region;

/**
 * A probability distribution on R^d with known masses. Immutable and safe to use from several threads.
 *
 * <p>It is a sum of strata on different carriers: a density on R^d, densities on subspaces, atoms.
 */
public interface Distribution {
    /** Dimension d. */
    int dimension();

    /** The strata, at most one for each carrier; their masses sum to 1. */
    List<Stratum> strata();

    /** Log of the density of the part that lives on all of R^d; {@code -inf} where there is none. */
    double logDensity(double[] point);

    /**
     * The log density with its gradient; empty where the distribution has atoms or singular parts, a pole inside of its
     * support, or a support that is no box.
     *
     * <p>Each call makes a view with scratch space of its own, for one thread. The gradient is meant inside of the
     * support. At a kink it is that of one side or 0.
     *
     * <p>Accuracy: a few ulps of the largest term; of scale mixtures (horseshoe_plus, tpb_normal, ...) 1e-9 relative,
     * from differences of the log density.
     */
    default Optional<LogDensity.Differentiable> differentiable() {
        return Optional.empty();
    }

    /** Lower ends of the smallest closed box that is known to hold all mass; {@code -inf} where there is none. */
    default double[] lowerEnds() {
        double[] ends = new double[dimension()];
        Arrays.fill(ends, Double.NEGATIVE_INFINITY);
        return ends;
    }

    /** Upper ends of the smallest closed box that is known to hold all mass; {@code +inf} where there is none. */
    default double[] upperEnds() {
        double[] ends = new double[dimension()];
        Arrays.fill(ends, Double.POSITIVE_INFINITY);
        return ends;
    }

    /**
     * Log of the mass of the closed ball {@code N(x - centre) <= radius}.
     *
     * @param centre d finite values
     * @param radius not negative; 0 asks for the atom
     * @throws NoClosedFormException if no formula, series or one-dimensional integral is known
     */
    double logBallMass(double[] centre, double radius, Norm norm);

    /**
     * Log of the mass of the neighbourhood of infinity {@code N(x) >= radius}.
     *
     * @throws NoClosedFormException if no formula, series or one-dimensional integral is known
     */
    double logTailMass(double radius, Norm norm);

    /**
     * Log of the mass of a region.
     *
     * @throws NoClosedFormException if no formula, series or one-dimensional integral is known
     */
    double logMass(Region region);

    /**
     * The distribution of some coordinates.
     *
     * @param coordinates ascending, at least one
     * @throws NoClosedFormException if it is not known
     */
    default Distribution marginal(int[] coordinates) {
        if (coordinates.length == dimension()) {
            return this;
        }
        throw NoClosedFormException.of("the marginal of " + this);
    }

    /** Independent blocks of consecutive coordinates whose product this is; itself alone where there are none. */
    default List<Distribution> blocks() {
        return List.of(this);
    }

    /**
     * Log of the mass of the closed half-space {@code a . x <= c}.
     *
     * @throws NoClosedFormException if no formula is known
     */
    default double logHalfSpaceMass(double[] normal, double offset) {
        throw NoClosedFormException.of("the mass of a half-space under " + this);
    }

    /**
     * Log of the mass of the closed box {@code lower <= x <= upper}, whose ends may be infinite.
     *
     * @throws NoClosedFormException if no formula or one-dimensional integral is known
     */
    default double logBoxMass(double[] lower, double[] upper) {
        throw NoClosedFormException.of("the mass of a box under " + this);
    }

    /** The matrix whose Mahalanobis norm is this distribution's own: a covariance or scale matrix, where it has one. */
    default Optional<double[][]> scaleMatrix() {
        return Optional.empty();
    }

    /** The local law at a finite point. */
    LocalLaw localLaw(double[] point, Norm norm);

    /**
     * The local law of the distribution without the point itself; {@link #localLaw} where the point carries no mass.
     *
     * @throws NoClosedFormException if it is not known
     */
    default LocalLaw puncturedLaw(double[] point, Norm norm) {
        LocalLaw law = localLaw(point, norm);
        if (!law.isAtom()) {
            return law;
        }
        if (law.atomMass() == 1) {
            return LocalLaw.vanishing();
        }
        throw new NoClosedFormException("the law of " + this + " beside its atom has no formula here");
    }

    /** The law of {@code p(N(x) >= 1/r)}. */
    LocalLaw lawAtInfinity(Norm norm);

    /** Writes one draw. */
    void sample(UniformRandomProvider random, double[] point);
}
