package org.localmass.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.localmass.core.draws.Draws;

/** What a search could not see, in sentences. */
final class NotExamined {
    /** Draws of either set that the search looks at; the masses use all. */
    private static final int CAP = Half.MOST;

    private NotExamined() {}

    /**
     * The sentences.
     *
     * @param searched the views that looked
     * @param counts   candidates that they proposed
     */
    static List<String> of(
            Set<View> searched,
            List<Evidence.ViewCount> counts,
            Evidence.Source source,
            Draws reference,
            Draws approximation) {
        List<String> sentences = new ArrayList<>();
        int d = reference.dimension();
        if (counts.isEmpty()) {
            sentences.add("No view proposed a region from its half of the draws.");
        } else {
            sentences.add("Regions tested on the other half of the draws: "
                    + counts.stream()
                            .map(c -> c.candidates() + " of " + words(c.view()))
                            .collect(Collectors.joining(", "))
                    + ".");
        }
        if (d > 4) {
            sentences.add("Events that need more than four parameters at once, and that no direction, ball"
                    + (searched.contains(View.TREES) ? " or tree" : "")
                    + " of all parameters shows; name such a region with --region.");
        }
        if (!searched.contains(View.TREES)) {
            sentences.add(
                    "Boosted trees were left out: patterns in the signs of four or more parameters are not seen.");
        }
        if (d > Screen.MOST_JOINT) {
            sentences.add("Directions, balls and trees of more than the " + Screen.MOST_JOINT
                    + " parameters that differ most"
                    + (d > Screen.MOST_PAIRED ? ", pairs of more than " + Screen.MOST_PAIRED : "") + ".");
        }
        int largest = Math.max(reference.size(), approximation.size());
        if (largest > CAP) {
            sentences.add("The search looked at no more than 20000 draws of either set; the masses come from all "
                    + largest + ".");
        }
        if (source == Evidence.Source.DENSITY) {
            return sentences;
        }
        sentences.add(
                source == Evidence.Source.WEIGHTS
                        ? "Regions that the approximation's draws never visit cannot be seen: their mass under the target is"
                                + " unknown, and all masses shown are shares of what lies within reach."
                        : "Regions that the reference draws themselves never visit cannot be seen.");
        return sentences;
    }

    private static String words(View view) {
        return switch (view) {
            case ATOMS -> "single values";
            case INTERVALS -> "intervals of one parameter";
            case PAIRS -> "rectangles of two";
            case CONJUNCTIONS -> "boxes of two to four";
            case PROJECTIONS -> "directions";
            case BALLS -> "balls";
            case PARITIES -> "signs of three";
            case TREES -> "trees";
        };
    }
}
