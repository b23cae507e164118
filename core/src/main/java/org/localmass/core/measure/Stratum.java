package org.localmass.core.measure;

import java.util.List;
import org.localmass.core.internal.LogSum;

/**
 * A part of a measure on one carrier.
 *
 * @param carrier where it lives
 * @param logMass log of its whole mass
 * @param density log density, normalised to mass 1, with respect to Lebesgue measure on the carrier, as a function of
 *     the carrier's m coordinates; for an atom (m = 0) the function of no coordinate with value 0
 */
public record Stratum(Carrier carrier, double logMass, LogDensity density) {
    /** The sum of strata on one carrier. */
    static Stratum merged(List<Stratum> parts) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        double[] logMasses = parts.stream().mapToDouble(Stratum::logMass).toArray();
        double total = LogSum.of(logMasses, logMasses.length);
        Carrier carrier = parts.get(0).carrier;
        return new Stratum(carrier, total, LogDensity.of(carrier.dimension(), point -> {
            double[] logs = new double[logMasses.length];
            for (int i = 0; i < logs.length; i++) {
                logs[i] = logMasses[i] - total + parts.get(i).density.value(point);
            }
            return LogSum.of(logs, logs.length);
        }));
    }
}
