package org.localmass.vi.fidelity;

import java.util.List;
import java.util.Optional;
import org.localmass.core.mass.MassEstimate;
import org.localmass.estimate.explore.DensityEvidence;
import org.localmass.estimate.explore.NormalisingConstant;
import org.localmass.vi.TracePoint;
import org.localmass.vi.Unrepresented;
import org.localmass.vi.family.Mixture;
import org.localmass.vi.objective.ElboEstimate;

/**
 * A fit and what its checks say of it.
 *
 * @param verdict       the verdict
 * @param checks        all checks that withhold an OK; empty if there is none
 * @param fit           the approximation q on unconstrained space
 * @param objective     what was maximised
 * @param elbo          on fresh draws
 * @param logZ          by the defensive draws of the fit, or by the longer examination where it was made
 * @param kHat          of plain draws of q; it is blind to a mode that q never visits
 * @param defensiveKHat of defensive draws
 * @param effective     effective share of the defensive draws
 * @param worstBall     smallest q/p of a ball that holds about a hundredth of the target
 * @param regions       every tracked or named region
 * @param unrepresented the region that the family cannot keep, if so
 * @param trace         steps of all fits, in order
 * @param traced        names of the regions whose masses the trace's last part holds
 * @param passes        fits to a new reference
 * @param evaluations   of the target by the fit, without those of {@code sensitivity}
 * @param failures      of them that were no numbers or exceptions
 * @param search        what was searched
 * @param examination   the longer examination, where it was made
 * @param seed          of everything random
 */
public record LocalFidelityResult(
        Verdict verdict,
        List<Check> checks,
        Mixture fit,
        String objective,
        ElboEstimate elbo,
        NormalisingConstant logZ,
        double kHat,
        double defensiveKHat,
        double effective,
        double worstBall,
        List<FittedRegion> regions,
        Optional<Unrepresented> unrepresented,
        List<TracePoint> trace,
        List<String> traced,
        int passes,
        long evaluations,
        long failures,
        Searched search,
        Optional<DensityEvidence> examination,
        long seed) {
    public LocalFidelityResult {
        checks = List.copyOf(checks);
        regions = List.copyOf(regions);
        trace = List.copyOf(trace);
        traced = List.copyOf(traced);
    }

    /**
     * What was searched: nothing beyond it is excluded.
     *
     * @param starts       random ascents
     * @param arrived      ascents that ended at a maximum
     * @param radii        of the starts, in standard deviations of a first mean-field fit
     * @param replicates   exploring runs that arrived
     * @param ofReplicates exploring runs
     * @param particles    in each
     * @param scale        of the distribution that they start from, in the same unit
     * @param temperatures most of any run
     * @param anchors      points that the user or the prior named
     * @param peaks        maxima that were found
     * @param peaksUsed    maxima that the first fit did not cover
     * @param centre       of the first fit, unconstrained
     * @param deviation    standard deviations of the first fit
     * @param reference    whether reference draws were given instead of exploring runs
     */
    public record Searched(
            int starts,
            int arrived,
            List<Double> radii,
            int replicates,
            int ofReplicates,
            int particles,
            double scale,
            int temperatures,
            int anchors,
            int peaks,
            int peaksUsed,
            double[] centre,
            double[] deviation,
            boolean reference) {
        public Searched {
            radii = List.copyOf(radii);
        }
    }

    /** Mass of the target in a region by the reference that the regions were measured with. */
    static MassEstimate unknown() {
        return new MassEstimate(Double.NaN, Double.NaN, Double.NaN, 0, 0, 0, 0, List.of());
    }
}
