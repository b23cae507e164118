package org.localmass.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;
import org.localmass.core.draws.ParameterSummary;
import org.localmass.core.draws.Sampling;

/**
 * The draws of one measure in numbers, parameter by parameter.
 *
 * @param files          where the draws come from, in the user's order
 * @param chainLengths   number of draws of each chain, at least one chain
 * @param sampling       how the draws depend on each other
 * @param weighted       whether the draws carry weights, which no number here uses
 * @param transitions    draws for which the sampler says whether they diverged
 * @param divergences    those that diverged
 * @param allParameters  number of parameters in the files, also those that are not summarised
 * @param parameters     the summarised parameters in file order
 */
public record PosteriorSummary(
        List<InputFile> files,
        List<Integer> chainLengths,
        Sampling sampling,
        boolean weighted,
        int transitions,
        int divergences,
        int allParameters,
        List<ParameterSummary> parameters) {
    /** R-hat above this is warned of. */
    public static final double RHAT_LIMIT = 1.01;
    /** Effective draws a chain below which is warned. */
    public static final int ESS_LIMIT = 100;

    /** Draws a chain that R-hat needs. */
    private static final int LEAST_RHAT = 4;
    /** Draws a chain that the effective sample sizes need. */
    private static final int LEAST_ESS = 6;

    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException if there is no chain
     */
    public PosteriorSummary {
        files = List.copyOf(files);
        chainLengths = List.copyOf(chainLengths);
        parameters = List.copyOf(parameters);
        if (chainLengths.isEmpty()) {
            throw new IllegalArgumentException("chainLengths must number at least 1, was 0");
        }
    }

    /** The summary of draws, some or all of whose parameters were summarised. */
    public static PosteriorSummary of(Draws draws, List<InputFile> files, List<ParameterSummary> parameters) {
        int transitions = 0;
        int divergences = 0;
        for (Chain chain : draws.chains()) {
            double[] divergent = chain.statistic("divergent__").orElse(new double[0]);
            transitions += divergent.length;
            for (double v : divergent) {
                if (v > 0) {
                    divergences++;
                }
            }
        }
        return new PosteriorSummary(
                files,
                draws.chains().stream().map(Chain::size).toList(),
                draws.sampling(),
                draws.weighted(),
                transitions,
                divergences,
                draws.dimension(),
                parameters);
    }

    /** Number of draws over all chains. */
    public int draws() {
        return chainLengths.stream().mapToInt(Integer::intValue).sum();
    }

    /** Effective draws below which is warned: {@link #ESS_LIMIT} a chain. */
    public int essLimit() {
        return ESS_LIMIT * chainLengths.size();
    }

    /** Whether R-hat calls for a warning. Independent draws have no chains that could disagree. */
    boolean mixesBadly(ParameterSummary p) {
        return sampling != Sampling.INDEPENDENT && p.rHat() > RHAT_LIMIT;
    }

    /** Whether an effective sample size calls for a warning; no limit is asked of independent draws. */
    boolean fallsShort(double ess) {
        return sampling != Sampling.INDEPENDENT && ess < essLimit();
    }

    /** Reasons to doubt the numbers, in order of weight; each is a sentence or two that names the next step. */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        mixing(warnings);
        length(warnings);
        if (divergences > 0) {
            warnings.add(divergences + " of " + Words.plural(transitions, "transition")
                    + " diverged: the sampler may miss a region. Raise adapt_delta or reparametrise.");
        }
        if (sampling == Sampling.INDEPENDENT) {
            warnings.add(
                    "The draws are independent: R-hat and ESS say that there are enough of them, not that they come"
                            + " from the right distribution. 'localmass check' compares them with reference draws.");
        } else if (chainLengths.size() == 1) {
            warnings.add(
                    "One chain: R-hat compares its halves and cannot show a mode that it never visited. Run four.");
        }
        shape(warnings);
        if (weighted) {
            warnings.add("The draws carry weights, which these numbers do not use.");
        }
        return List.copyOf(warnings);
    }

    private void mixing(List<String> warnings) {
        List<ParameterSummary> bad = matching(this::mixesBadly);
        if (bad.isEmpty()) {
            return;
        }
        ParameterSummary worst = bad.get(0);
        for (ParameterSummary p : bad) {
            if (p.rHat() > worst.rHat()) {
                worst = p;
            }
        }
        String who = chainLengths.size() == 1 ? "the halves of the chain differ" : "the chains have not mixed";
        warnings.add("R-hat is above 1.01 for " + share(bad) + ", up to " + SummaryReport.rhat(worst.rHat()) + " ("
                + worst.name() + "): " + who
                + ". Run longer; if that does not help, look for several modes, or reparametrise.");
    }

    private void length(List<String> warnings) {
        List<ParameterSummary> bad = matching(p -> fallsShort(p.essBulk()) || fallsShort(p.essTail()));
        if (bad.isEmpty()) {
            return;
        }
        double least = Double.POSITIVE_INFINITY;
        String where = "";
        for (ParameterSummary p : bad) {
            if (p.essBulk() < least) {
                least = p.essBulk();
                where = p.name() + ", bulk";
            }
            if (p.essTail() < least) {
                least = p.essTail();
                where = p.name() + ", tail";
            }
        }
        String rule = chainLengths.size() == 1 ? "" : " (" + ESS_LIMIT + " a chain)";
        warnings.add("Fewer than " + essLimit() + " effective draws" + rule + " for " + share(bad)
                + ", as few as " + ThreeDigits.number(least) + " (" + where
                + "): R-hat and the quantiles are uncertain. Run longer.");
    }

    private void shape(List<String> warnings) {
        int shortest = chainLengths.stream().mapToInt(Integer::intValue).min().orElseThrow();
        int longest = chainLengths.stream().mapToInt(Integer::intValue).max().orElseThrow();
        if (shortest < longest) {
            warnings.add("The chains differ in length: R-hat and ESS use the first " + Words.plural(shortest, "draw")
                    + " of each, the other columns all.");
        }
        List<String> constants = matching(PosteriorSummary::constant).stream()
                .map(ParameterSummary::name)
                .toList();
        if (!constants.isEmpty()) {
            warnings.add("Never changes: " + Words.names(constants) + "; R-hat and ESS are not defined.");
        }
        if (shortest < LEAST_ESS) {
            warnings.add("Too few draws: R-hat needs " + LEAST_RHAT + " a chain, ESS " + LEAST_ESS + ".");
        }
    }

    /** The standard deviation of equal values may be a rounding error, their quantiles are equal. */
    private static boolean constant(ParameterSummary p) {
        return Double.isNaN(p.essBulk()) && p.mad() == 0 && p.q5() == p.q95();
    }

    private List<ParameterSummary> matching(Predicate<ParameterSummary> condition) {
        return parameters.stream().filter(condition).toList();
    }

    private String share(List<ParameterSummary> some) {
        return some.size() + " of " + Words.plural(parameters.size(), "parameter");
    }
}
