package org.localmass.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.localmass.core.draws.Draws;

/** What a search could not see, in sentences. */
final class NotExamined {
    /** Draws of either set that the search looks at; the masses use all. */
    static final int CAP = 20_000;

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
        if (d > 1 && !searched.contains(View.PAIRS)) {
            sentences.add("Only each parameter's own distribution was scanned (" + d + " of " + d + " parameters).");
            sentences.add(
                    "Pairs of parameters, correlations, joint events and modes that no single parameter shows were"
                            + " not looked for; name such a region with --region.");
        } else if (d > 1) {
            sentences.add(
                    counts.isEmpty()
                            ? "No view proposed a region of its half of the draws."
                            : "Regions tested on the other half of the draws: "
                                    + counts.stream()
                                            .map(c -> c.candidates() + " of " + words(c.view()))
                                            .collect(Collectors.joining(", "))
                                    + ".");
            sentences.add("Events that need more than "
                    + (searched.contains(View.CONJUNCTIONS) ? "four" : "two")
                    + " parameters at once are seen only where a direction"
                    + (searched.contains(View.TREES) ? ", a ball or the trees show" : " or a ball shows")
                    + " them"
                    + (searched.contains(View.PARITIES)
                            ? "; patterns in the signs of four or more parameters are not."
                            : "; patterns in the signs of three or more parameters are not."));
        }
        int largest = Math.max(reference.size(), approximation.size());
        if (largest > CAP && searched.contains(View.PAIRS)) {
            sentences.add("The search looked at no more than 20000 draws of either set; the masses come from all "
                    + largest + ".");
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
