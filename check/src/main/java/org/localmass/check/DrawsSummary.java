package org.localmass.check;

import java.util.List;

/**
 * Size and quality of one set of draws.
 *
 * @param chains      number of chains
 * @param draws       number of draws over all chains
 * @param parameters  number of parameters that were compared
 * @param essMin      smallest bulk or tail effective sample size over the compared parameters; NaN if not defined
 * @param essMinName  parameter that has it; empty if none
 * @param rhatMax     largest rank-normalised split R-hat; NaN if not defined
 * @param rhatMaxName parameter that has it; empty if none
 * @param divergences divergent transitions that the sampler reported
 * @param constants   parameters that never change
 */
public record DrawsSummary(
        int chains,
        int draws,
        int parameters,
        double essMin,
        String essMinName,
        double rhatMax,
        String rhatMaxName,
        int divergences,
        List<String> constants) {
    public DrawsSummary {
        constants = List.copyOf(constants);
    }
}
