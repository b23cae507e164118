package org.localmass.estimate.density;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.localmass.core.internal.Arguments;
import org.localmass.core.mass.Caution;
import org.localmass.core.measure.Distribution;
import org.localmass.core.measure.LogDensity;
import org.localmass.core.measure.NoClosedFormException;
import org.localmass.core.measure.Stratum;
import org.localmass.core.measure.UnnormalisedMeasure;
import org.localmass.core.region.Norm;

/**
 * The mass of the closed ball {@code N(x - centre) <= radius} from a log density, to a requested relative error.
 * Immutable.
 *
 * <p>Tried in this order: the closed form of a {@link Distribution}; the expansion for small radii of a
 * {@link SmoothDensity}, where its proved bound is small enough,
 * \[ p(B_r) = V_d r^d p(t)\Bigl[1 + \frac{r^2}{2(d+2)}\frac{\Delta p}{p}\Bigr] + E,\quad
 * |E| \le V_d r^{d+4}\,\frac{\sup_B|\Delta^2 p|}{8(d+2)(d+4)}; \]
 * adaptive cubature in up to three dimensions; randomised quasi-Monte Carlo beyond, useful to about 20 dimensions,
 * with Gauss rules along rays and scrambled Sobol points for their directions.
 *
 * <p>Units: logs in nats; everything is scaled by the largest value seen, so masses of any size keep their relative
 * accuracy. Poles of the density are met at the centre only.
 * <br>Accuracy: {@link BallMass#relativeError()}, with {@link Caution#TOLERANCE_NOT_REACHED} where it is more than
 * requested. Coverage of the intervals: docs/quality/density.md.
 * <br>Source: docs/theory.md, E7.4, N3, N5.
 */
public final class BallIntegral {
    private static final BallIntegral DEFAULT = new BallIntegral(1e-6, 4_000_000, 0.95, 1);
    private static final int CUBATURE = 3;

    private final double tolerance;
    private final long most;
    private final double level;
    private final long seed;

    private BallIntegral(double tolerance, long most, double level, long seed) {
        this.tolerance = tolerance;
        this.most = most;
        this.level = level;
        this.seed = seed;
    }

    /** Relative error 1e-6, at most about 4 million evaluations, 95 % intervals, seed 1. */
    public static BallIntegral withDefaults() {
        return DEFAULT;
    }

    /** The relative error to be reached. */
    public BallIntegral withRelativeError(double value) {
        return new BallIntegral(Arguments.fraction("relativeError", value), most, level, seed);
    }

    /**
     * The number of evaluations after which no refinement is begun that would exceed it. Quasi-Monte Carlo spends up
     * to 60,000 on the choice of its radial rule.
     */
    public BallIntegral withEvaluations(long value) {
        if (value < 1000) {
            throw new IllegalArgumentException("evaluations must be at least 1000, was " + value);
        }
        return new BallIntegral(tolerance, value, level, seed);
    }

    /** The confidence level of quasi-Monte Carlo intervals. */
    public BallIntegral withLevel(double value) {
        return new BallIntegral(tolerance, most, Arguments.fraction("level", value), seed);
    }

    /** The seed of the scramblings. */
    public BallIntegral withSeed(long value) {
        return new BallIntegral(tolerance, most, level, value);
    }

    /**
     * The mass under a normalised density; of an unnormalised one up to its constant.
     *
     * @param centre d finite values; not modified
     * @param radius positive and finite
     * @throws IllegalArgumentException if the dimensions differ, or the log density is NaN or {@code +inf} at a point
     *     beside the centre
     */
    public BallMass estimate(LogDensity density, double[] centre, double radius, Norm norm) {
        BallFrame frame = new BallFrame(density, centre, radius, norm);
        int d = frame.dimension();
        if (density instanceof SmoothDensity smooth && norm.equals(Norm.l2())) {
            double correction = radius * radius / (2 * (d + 2.0)) * smooth.laplacian(centre);
            double bound = Math.pow(radius, 4) / (8 * (d + 2.0) * (d + 4.0)) * smooth.bilaplacianBound(centre, radius);
            double relative = bound / (1 + correction - bound);
            if (relative >= 0 && relative <= tolerance) {
                double log = frame.logVolume() + density.value(centre) + Math.log1p(correction);
                return BallMass.of(log, relative, BallMass.Basis.EXPANSION, 1, List.of());
            }
        }
        return d <= CUBATURE
                ? new Cubature(frame, tolerance, most).estimate()
                : new QuasiMonteCarlo(frame, tolerance, level, most, seed).estimate();
    }

    /**
     * The mass under a distribution, by its closed form where it has one.
     *
     * @throws NoClosedFormException if there is none and the distribution is not given by a density on all of R^d
     */
    public BallMass estimate(Distribution law, double[] centre, double radius, Norm norm) {
        try {
            double log = law.logBallMass(centre, radius, norm);
            return new BallMass(log, log, log, 0, BallMass.Basis.CLOSED_FORM, 0, List.of());
        } catch (NoClosedFormException e) {
            List<Stratum> strata = law.strata();
            if (strata.size() != 1 || strata.get(0).carrier().dimension() != law.dimension()) {
                throw e;
            }
            return estimate(LogDensity.of(law.dimension(), law::logDensity), centre, radius, norm);
        }
    }

    /**
     * The ratio of the masses of two balls under a density whose constant is not known.
     *
     * <p>The two errors are added where they are differences of refinements or bounds, and as independent errors where
     * both are statistical.
     */
    public BallMassRatio ratio(
            UnnormalisedMeasure measure,
            double[] centre,
            double radius,
            double[] otherCentre,
            double otherRadius,
            Norm norm) {
        BallIntegral half = withRelativeError(0.5 * tolerance);
        BallMass first = half.estimate(measure.logDensity(), centre, radius, norm);
        BallMass second = half.withSeed(seed + 1).estimate(measure.logDensity(), otherCentre, otherRadius, norm);
        boolean statistical = first.basis() == BallMass.Basis.QUASI_MONTE_CARLO && second.basis() == first.basis();
        double log = first.logMass() - second.logMass();
        double down = first.logMass() - first.lower();
        double downOther = second.upper() - second.logMass();
        double up = first.upper() - first.logMass();
        double upOther = second.logMass() - second.lower();
        TreeSet<Caution> cautions = new TreeSet<>(first.cautions());
        cautions.addAll(second.cautions());
        return new BallMassRatio(
                log,
                log - (statistical ? Math.hypot(down, downOther) : down + downOther),
                log + (statistical ? Math.hypot(up, upOther) : up + upOther),
                first,
                second,
                new ArrayList<>(cautions));
    }
}
