package org.localmass.core.draws;

/**
 * What the largest importance weights say of the rest: their tail's shape and what they are worth.
 *
 * <p>k-hat judges the draws that were made. Of a region that was never visited it says nothing.
 *
 * @param status            whether the shape could be fitted, and why not
 * @param kHat              k-hat, the shape of the generalised Pareto distribution fitted to the tail; NaN unless
 *     fitted
 * @param threshold         largest acceptable k-hat at this number of draws, min(1 - 1/log10 S, 0.7), at least 0
 * @param size              S, number of draws, those of weight zero included
 * @param tailLength        number of weights fitted; 0 unless fitted
 * @param effectiveSize     Kish's effective sample size \((\sum w)^2/\sum w^2\) of the weights after smoothing, in
 *     independent draws; multiply by the relative efficiency if the draws are dependent
 * @param effectiveFraction effectiveSize / S
 */
public record ParetoDiagnostic(
        Status status,
        double kHat,
        double threshold,
        int size,
        int tailLength,
        double effectiveSize,
        double effectiveFraction) {

    /** Whether the tail's shape could be fitted, and why not. */
    public enum Status {
        /** The shape was fitted and the tail smoothed. */
        FITTED("the tail of the weights was fitted"),
        /** All positive weights are equal up to rounding (1e-8): there is no tail. */
        FLAT("all weights are equal: k-hat is not defined"),
        /** The largest weights are equal, or a quarter of them ties with the next one: no shape to fit. */
        TIED("the largest weights are tied: k-hat is not defined"),
        /** Fewer than 5 weights in the tail (S at most 20, or hardly any positive weight). */
        TOO_FEW("fewer than 5 draws in the tail: k-hat is not defined");

        private final String sentence;

        Status(String sentence) {
            this.sentence = sentence;
        }

        /** The status in words. */
        public String sentence() {
            return sentence;
        }
    }

    /** Whether k-hat is known and at most the threshold. False where it is not defined. */
    public boolean reliable() {
        return status == Status.FITTED && kHat <= threshold;
    }
}
