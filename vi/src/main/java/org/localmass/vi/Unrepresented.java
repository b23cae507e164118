package org.localmass.vi;

import java.util.List;
import java.util.Locale;

/**
 * A region that the family cannot keep at a reasonable price.
 *
 * @param region    its name
 * @param logRatio  log q(B)/p(B) under the unconstrained fit
 * @param cost      ELBO lost on fresh draws by enforcing all constraints, in nats; NaN without an unconstrained fit
 * @param violation of the constraints that remains when they are enforced, in units of log mass
 * @param price     largest multiplier, in nats per unit of log mass
 * @param enforced  log q(B)/p(B) of the region under the constrained fit
 * @param remedies  what may help
 */
public record Unrepresented(
        String region,
        double logRatio,
        double cost,
        double violation,
        double price,
        double enforced,
        List<Remedy> remedies) {
    public Unrepresented {
        remedies = List.copyOf(remedies);
    }

    /** One sentence for a report. */
    public String sentence() {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "Region %s: q has %.3g times the posterior mass; enforcing it costs %s (price %.2g).",
                region,
                Math.exp(logRatio),
                Double.isNaN(cost) ? "an unknown part of the ELBO" : String.format(Locale.ROOT, "%.2g nats", cost),
                price));
        text.append(" Try ");
        for (int i = 0; i < remedies.size(); i++) {
            text.append(i == 0 ? "" : "; or ").append(remedies.get(i).sentence());
        }
        return text.append('.').toString();
    }
}
