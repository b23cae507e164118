package org.localmass.vi.optimizer;

import org.localmass.estimate.explore.Lbfgs;
import org.localmass.vi.family.Mixture;

/**
 * Quasi-Newton minimisation over a family's parameters, in units of the start's components: a step of 1 is one standard
 * deviation of a component for means and off-diagonal scales, a factor e for weights and widths. Immutable.
 */
public final class ScaledSearch {
    private static final ScaledSearch DEFAULT =
            new ScaledSearch(Lbfgs.withDefaults().withMaxIterations(200).withMaxEvaluations(400));

    private final Lbfgs search;

    private ScaledSearch(Lbfgs search) {
        this.search = search;
    }

    /** 200 iterations, memory 20, gradient 1e-5, relative decrease 1e-10. */
    public static ScaledSearch withDefaults() {
        return DEFAULT;
    }

    /** Another search; it works in the scaled coordinates. */
    public ScaledSearch withSearch(Lbfgs other) {
        return new ScaledSearch(other);
    }

    /** The most iterations, and twice as many values. */
    public ScaledSearch withMaxIterations(int iterations) {
        return new ScaledSearch(search.withMaxIterations(iterations)
                .withMaxEvaluations(iterations > Integer.MAX_VALUE / 2 ? Integer.MAX_VALUE : 2 * iterations));
    }

    /**
     * The best member that was found.
     *
     * @param mixture     the member
     * @param value       of the objective there
     * @param iterations  of the search
     * @param evaluations of the objective
     * @param ending      why the search ended; {@code START} where the objective is not finite at the start
     */
    public record Solution(Mixture mixture, double value, int iterations, int evaluations, Lbfgs.Ending ending) {}

    /**
     * Searches from a member of the family.
     *
     * @param objective a function of the parameters
     */
    public Solution minimise(Lbfgs.Objective objective, Mixture start) {
        double[] origin = start.parameters();
        double[] units = start.units();
        double[] theta = new double[origin.length];
        Lbfgs.Minimum minimum = search.minimise(
                (point, gradient) -> {
                    for (int i = 0; i < theta.length; i++) {
                        theta[i] = origin[i] + units[i] * point[i];
                    }
                    double value = objective.value(theta, gradient);
                    for (int i = 0; i < theta.length; i++) {
                        gradient[i] *= units[i];
                    }
                    return value;
                },
                new double[origin.length]);
        double[] point = minimum.point();
        for (int i = 0; i < theta.length; i++) {
            theta[i] = origin[i] + units[i] * point[i];
        }
        return new Solution(
                start.withParameters(theta),
                minimum.value(),
                minimum.iterations(),
                minimum.evaluations(),
                minimum.ending());
    }
}
