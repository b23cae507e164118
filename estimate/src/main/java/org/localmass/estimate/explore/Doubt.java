package org.localmass.estimate.explore;

/**
 * A reason to doubt the masses found by a {@link Referee}.
 *
 * <p>Most compare estimates that share the learned density, and with it what that density lacks. Two do not:
 * {@link #SLOPE_DISAGREES}, for coordinates that set the scale of others, and {@link #MODE_DISAGREES}, for local maxima
 * that an ascent found. What neither covers can be missing without a doubt.
 */
public enum Doubt {
    /** No run met a point of positive density, or none arrived at the target. */
    NOTHING_FOUND(true, "no run arrived at a point of positive density"),
    /** The evaluations allowed were used up. */
    BUDGET(true, "the evaluations allowed were used up before the checks were passed"),
    /** The caller stopped the search. */
    CANCELLED(true, "the search was stopped"),
    /** The particles and the importance sample differ in the mass of a half-space (in joint standard errors). */
    ESTIMATORS_DISAGREE(true, "two estimators of the mass of a half-space disagree"),
    /** The particles and the importance sample differ in log Z (in joint standard errors). */
    CONSTANTS_DISAGREE(true, "two estimators of log Z disagree"),
    /** The last two stages differ in the mass of a half-space (in joint standard errors). */
    STILL_MOVING(true, "the masses still move from stage to stage"),
    /** The last two stages differ in log Z (in nats). */
    CONSTANT_MOVING(true, "log Z still moves from stage to stage"),
    /** k-hat of the learned density's weights. */
    HEAVY_WEIGHTS(true, "the learned transform does not describe the target: k-hat of its weights is too large"),
    /** Effective number of draws of the learned density. */
    FEW_EFFECTIVE(true, "the learned transform does not describe the target: too few effective draws"),
    /** Standard deviation of log Z over independent runs, in nats. */
    RUNS_DISAGREE(true, "independent runs disagree about log Z: at least one lost a region"),
    /** The longer runs differ from the last stage in the mass of a half-space (in joint standard errors). */
    LONG_RUNS_DISAGREE(true, "longer runs disagree with shorter ones about the mass of a half-space"),
    /** Number of temperatures between the learned density and the target. */
    MANY_TEMPERATURES(false, "the path from the learned density to the target is long"),
    /** Least mean acceptance of moves at a temperature. */
    ROUGH_PATH(false, "the path from the learned density to the target is rough: few moves are accepted"),
    /** The slope of the density along a driver contradicts the particles' marginal (in jackknife standard errors). */
    SLOPE_DISAGREES(
            true, "the slope of the density contradicts the masses along a coordinate that sets the scale of others"),
    /**
     * The mass next to a local maximum by the runs contradicts that by draws from its own Laplace approximation (in joint
     * standard errors; {@link DensityEvidence#modeChecks}).
     */
    MODE_DISAGREES(true, "draws made about a mode alone give it another mass than the runs"),
    /** Modes that at least two explorers visited and no run used does, though they have a mass of at least 0.001. */
    MODE_LOST(true, "explorers were in a mode that the runs lost"),
    /** Regions that one explorer only has visited. */
    FOUND_ONCE(false, "found by one explorer only: other regions of this kind may have been missed"),
    /** The density answered NaN, {@code +inf} or an exception (number of answers). */
    DENSITY_FAILED(false, "the density failed at some points, which were taken to have a density of zero");

    private final boolean withholds;
    private final String sentence;

    Doubt(boolean withholds, String sentence) {
        this.withholds = withholds;
        this.sentence = sentence;
    }

    /** Whether the verdict is {@link Verdict#INCONCLUSIVE} for this reason alone. */
    public boolean withholds() {
        return withholds;
    }

    /** The reason in words. */
    public String sentence() {
        return sentence;
    }
}
