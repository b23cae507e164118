package org.localmass.check;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.localmass.core.mass.Caution;
import org.localmass.core.mass.MassEstimate;
import org.localmass.core.mass.RatioEstimate;
import org.localmass.core.region.Region;

/**
 * One region with the masses that reference and approximation give to it.
 *
 * @param id                short name within the report: {@code F1}, {@code F2}, ... for findings, {@code R1}, ... for
 *     requested regions
 * @param regionText        the region in words, numbers rounded for reading
 * @param region            the exact region
 * @param kind              type of the finding; {@link Kind#REQUESTED} for a region that the user named
 * @param direction         which way the approximation errs
 * @param side              side of the distribution, where the region has one
 * @param referenceMass     mass under the reference p, interval valid after selection
 * @param approximationMass mass under the approximation q, interval valid after selection
 * @param ratio             q/p, interval valid after selection
 * @param importance        lower bound of {@link #localDivergence}: its value at the interval ends nearest to p = q
 * @param localDivergence   \( (\sqrt{P} - \sqrt{Q})^2 \): the region's share of the RE-KL of order 1/2, at the estimates
 * @param pValue            two-sided conditional binomial p-value of P = Q
 * @param adjustedPValue    the p-value adjusted (Holm) for all regions tested with it
 * @param eValue            evidence against P = Q; 20 or more is strong
 * @param cautions          reasons to doubt the row; empty if none was found
 * @param explanation       one sentence in words
 * @param origin            the view that proposed the region and the parameters that decide most
 */
public record Finding(
        String id,
        String regionText,
        Region region,
        Kind kind,
        Direction direction,
        Optional<Side> side,
        MassEstimate referenceMass,
        MassEstimate approximationMass,
        RatioEstimate ratio,
        double importance,
        double localDivergence,
        double pValue,
        double adjustedPValue,
        double eValue,
        List<Caution> cautions,
        String explanation,
        Origin origin) {
    public Finding {
        cautions = List.copyOf(cautions);
    }

    /** A finding about a region that the user named. */
    public Finding(
            String id,
            String regionText,
            Region region,
            Kind kind,
            Direction direction,
            Optional<Side> side,
            MassEstimate referenceMass,
            MassEstimate approximationMass,
            RatioEstimate ratio,
            double importance,
            double localDivergence,
            double pValue,
            double adjustedPValue,
            double eValue,
            List<Caution> cautions,
            String explanation) {
        this(
                id,
                regionText,
                region,
                kind,
                direction,
                side,
                referenceMass,
                approximationMass,
                ratio,
                importance,
                localDivergence,
                pValue,
                adjustedPValue,
                eValue,
                cautions,
                explanation,
                Origin.NAMED);
    }

    /** With what is said of its id added to the explanation. */
    Finding withExplanation(Map<String, String> additions) {
        String more = additions.getOrDefault(id, "");
        return more.isEmpty()
                ? this
                : new Finding(
                        id,
                        regionText,
                        region,
                        kind,
                        direction,
                        side,
                        referenceMass,
                        approximationMass,
                        ratio,
                        importance,
                        localDivergence,
                        pValue,
                        adjustedPValue,
                        eValue,
                        cautions,
                        explanation + more,
                        origin);
    }

    Finding withId(String name) {
        return new Finding(
                name,
                regionText,
                region,
                kind,
                direction,
                side,
                referenceMass,
                approximationMass,
                ratio,
                importance,
                localDivergence,
                pValue,
                adjustedPValue,
                eValue,
                cautions,
                explanation,
                origin);
    }
}
