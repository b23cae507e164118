package org.localmass.core.updating;

import org.localmass.core.measure.LocalLaw;

/** What one kind of factor does to a law without an atom. */
sealed interface Step {
    /** The law of the product. */
    record Holds(LocalLaw law) implements Step {}

    /** The mass is infinite. */
    record Fails(String reason) implements Step {}

    /** The law does not determine that of the product. */
    record Open(String reason) implements Step {}
}
