package org.localmass.core.bound;

/**
 * What bounded normalised divergences say about Mass Indices as balls shrink to a point: the one-sided Mass Index
 * theorem, docs/theory.md T6.5.
 */
public final class MassIndexTheorem {
    private MassIndexTheorem() {}

    /** What follows for the indices of q against those of p, in lexicographic order. */
    public enum Conclusion {
        /** They are equal. */
        EQUAL("the Mass Indices of q and p are equal"),
        /** q's are at least p's. */
        AT_LEAST("the Mass Index of q is at least that of p"),
        /** q's are at most p's. */
        AT_MOST("the Mass Index of q is at most that of p"),
        /** Nothing follows; they may still be equal. */
        NOTHING("nothing follows about the Mass Indices");

        private final String sentence;

        Conclusion(String sentence) {
            this.sentence = sentence;
        }

        /** The conclusion in words. */
        public String sentence() {
            return sentence;
        }
    }

    /**
     * A conclusion and the hypotheses that hold.
     *
     * @param conclusion what follows
     * @param hypotheses labels of the hypotheses used, such as {@code T6.5(i)}; empty where none holds
     */
    public record Result(Conclusion conclusion, String hypotheses) {}

    /**
     * Applies the theorem.
     *
     * @param forwardLimit  limsup of \( \bar D(q\|p;B_r) \) as r tends to 0; NaN where it is not known
     * @param backwardLimit limsup of \( \bar D(p\|q;B_r) \); NaN where it is not known
     */
    public static Result apply(double forwardLimit, double backwardLimit) {
        if (forwardLimit < 1) {
            return new Result(Conclusion.EQUAL, "T6.5(i)");
        }
        boolean atMost = forwardLimit < Double.POSITIVE_INFINITY;
        boolean atLeast = backwardLimit < Double.POSITIVE_INFINITY;
        if (backwardLimit < 1 || (atMost && atLeast)) {
            // the backward divergence below 1 is hypothesis (i) with the roles exchanged
            return new Result(Conclusion.EQUAL, backwardLimit < 1 ? "T6.5(i), roles exchanged" : "T6.5(i'), T6.5(ii)");
        }
        if (atLeast) {
            return new Result(Conclusion.AT_LEAST, "T6.5(ii)");
        }
        return atMost ? new Result(Conclusion.AT_MOST, "T6.5(i')") : new Result(Conclusion.NOTHING, "");
    }
}
