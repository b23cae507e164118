package org.localmass.report;

import java.util.Locale;
import org.localmass.check.Direction;
import org.localmass.check.Finding;
import org.localmass.core.region.Ball;
import org.localmass.core.region.LevelSet;

/** What to do about a finding, and how to name its region on the command line. */
final class Advice {
    private Advice() {}

    /** The next step for a finding of its kind and direction. */
    static String of(Finding finding) {
        boolean under = finding.direction() == Direction.UNDER;
        return switch (finding.kind()) {
            case TAIL ->
                under
                        ? "The approximation's tail is too light. Importance-weight its draws, or fit a full-rank or"
                                + " heavier-tailed family; do not read extreme quantiles from it."
                        : "The approximation's tail is too heavy. Extreme quantiles from it are too far out; fit longer, or"
                                + " transform the parameter.";
            case BOUNDARY ->
                under
                        ? "The approximation avoids the bound. Reparametrise (log, non-centred), or fit a family whose"
                                + " transformed density can rise there; statements such as \"the scale is zero\" need the"
                                + " reference."
                        : "The approximation piles up at the bound. Check its transformation, and the prior near the bound.";
            case MODE ->
                under
                        ? "A mode is missing. Fit from several starting points, or fit a mixture; no reweighting of these draws"
                                + " can bring it back."
                        : "The approximation puts mass where the reference has little: a gap between modes filled, or a mode"
                                + " invented. Against a filled gap fit a mixture. Of an invented mode first make sure that the"
                                + " reference chains would have found it: start some of them there.";
            case ATOM ->
                under
                        ? "A point that carries probability is missed. A continuous family cannot hold it: add a discrete part,"
                                + " or treat the two cases apart."
                        : "The approximation gives a single point probability that the reference does not. Look for rounding or"
                                + " clipping in its output.";
            case JOINT, CORRELATION ->
                "Single parameters do not show this. A mean-field family cannot represent it: try a"
                        + " full-rank, low-rank or flow family, or another parametrisation.";
            case WEIGHT ->
                under
                        ? "The approximation gives this part too little weight. Fit a richer family or another parametrisation;"
                                + " reweighting works if k-hat is small."
                        : "The approximation is too concentrated here. Its intervals are too narrow: fit a full-rank or richer"
                                + " family, or widen what you report.";
            case REQUESTED ->
                under
                        ? "Do not take this probability from the approximation. Use the reference, importance-weight the draws,"
                                + " or fit with this region in the objective."
                        : "The approximation overstates this probability. Use the reference, or fit a richer family and check"
                                + " again.";
        };
    }

    /** The option that names the region in another run, quoted for a shell. */
    static String option(Finding finding) {
        if (!(finding.region() instanceof Ball) && !(finding.region() instanceof LevelSet)) {
            return "--region '" + finding.region().description().replace("'", "'\\''") + "'";
        }
        return "--region @report.json#" + finding.id().toUpperCase(Locale.ROOT);
    }
}
