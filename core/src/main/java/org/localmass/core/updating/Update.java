package org.localmass.core.updating;

import java.util.List;
import java.util.Optional;
import org.localmass.core.measure.LocalLaw;

/** What a Bayesian update does to the local law of the prior. */
public sealed interface Update {
    /** The results used, in the order in which they were applied. */
    List<Rule> rules();

    /**
     * The factor has a finite integral near the point.
     *
     * @param law        local law of the posterior, or of Z times the posterior where Z is not known
     * @param punctured  the same without the point itself; empty where it is not known
     * @param normalised whether Z was known
     */
    record Proper(LocalLaw law, Optional<LocalLaw> punctured, boolean normalised, List<Rule> rules) implements Update {
        public Proper {
            rules = List.copyOf(rules);
        }
    }

    /**
     * Every ball about the point has infinite mass: there is no posterior.
     *
     * @param reason a clause, such as {@code kappa + g = -0.5 is negative}
     */
    record Improper(String reason, List<Rule> rules) implements Update {
        public Improper {
            rules = List.copyOf(rules);
        }
    }

    /**
     * The prior's law does not determine the posterior's.
     *
     * @param reason a clause that says what is missing
     */
    record Undecided(String reason, List<Rule> rules) implements Update {
        public Undecided {
            rules = List.copyOf(rules);
        }
    }
}
