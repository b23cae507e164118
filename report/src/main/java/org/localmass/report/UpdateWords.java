package org.localmass.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.localmass.core.measure.LocalLaw;
import org.localmass.core.updating.Rule;
import org.localmass.core.updating.Update;

/** A Bayesian update in words. */
final class UpdateWords {
    private UpdateWords() {}

    /** {@code proper}, {@code improper} or {@code undecided}. */
    static String outcome(Update update) {
        return update.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    /** Why there is no posterior, or no answer; null where there is one. */
    static @Nullable String reason(Update update) {
        return update instanceof Update.Improper improper
                ? improper.reason()
                : update instanceof Update.Undecided undecided ? undecided.reason() : null;
    }

    /** What the update does, one sentence each. */
    static List<String> sentences(IndexReport.Content content, IndexReport.Updated updated) {
        List<String> sentences = new ArrayList<>();
        Update update = updated.update();
        if (update instanceof Update.Proper proper) {
            sentences.add(change(content.law(), proper.law(), content.place().dimension()));
            if (!proper.normalised() && !proper.law().isVanishing()) {
                sentences.add("Z is the integral of the whole likelihood under the prior.");
            }
        }
        if (update instanceof Update.Improper improper) {
            sentences.add("There is no posterior: " + improper.reason() + ".");
        } else if (update instanceof Update.Undecided undecided) {
            sentences.add("Not decided: " + undecided.reason() + ".");
        }
        for (Rule rule : update.rules()) {
            sentences.add(rule.label() + ": " + rule.sentence() + ".");
        }
        return sentences;
    }

    private static String change(LocalLaw before, LocalLaw after, int dimension) {
        if (after.isAtom()) {
            return "The point stays an atom.";
        }
        String now = LawWords.sentence(after, dimension, false);
        return switch (after.heaviness(before)) {
            case HEAVIER -> "The update draws mass to the point. " + now;
            case LIGHTER -> (before.isAtom() ? "The update removes the atom. " : "The update drives mass away. ") + now;
            case EQUAL -> "The exponents stay. " + now;
            case INCOMPARABLE -> now;
        };
    }
}
