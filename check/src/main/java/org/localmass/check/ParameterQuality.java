package org.localmass.check;

/**
 * How well the draws of one parameter mix.
 *
 * @param parameter          its name
 * @param referenceEss       smaller of bulk and tail effective sample size of the reference; NaN if not defined
 * @param referenceRhat      rank-normalised split R-hat of the reference; NaN if not defined
 * @param approximationEss   the same of the approximation; NaN for independent draws
 * @param approximationRhat  the same of the approximation; NaN for independent draws
 * @param constant           whether either input never changes
 */
public record ParameterQuality(
        String parameter,
        double referenceEss,
        double referenceRhat,
        double approximationEss,
        double approximationRhat,
        boolean constant) {}
