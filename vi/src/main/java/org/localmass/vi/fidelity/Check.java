package org.localmass.vi.fidelity;

import java.util.Locale;
import org.localmass.core.internal.TwoDigits;

/**
 * A check of a fit that can withhold the verdict.
 *
 * @param kind  which
 * @param value what was measured
 * @param limit beyond which it withholds
 */
public record Check(Kind kind, double value, double limit) {
    /** What is checked. */
    public enum Kind {
        /** Difference of log Z between independent exploring runs, nats. */
        RUNS_DISAGREE("independent exploring runs disagree about log Z by %s nats (limit %s)"),
        /** log Z by importance draws above that of the exploring runs, nats. */
        EXPLORERS_MISSED_MASS("the fit finds %s times the mass that the exploring runs found (limit %s)", true),
        /** k-hat of the defensive importance draws. */
        HEAVY_WEIGHTS(
                "the weights of draws from the fit are too heavy-tailed, k-hat %s (limit %s): masses are estimates"),
        /** Effective share of the importance draws. */
        FEW_EFFECTIVE("only %s of the draws from the fit are effective (at least %s)"),
        /** Largest absolute log ratio of a tracked region. */
        REGION_OFF("a tracked region is off by a factor of %s (limit %s)", true),
        /** Ratio of the worst ball found. */
        BALL_LOST("a ball that holds a hundredth of the target keeps only %s of its mass (at least %s)"),
        /** Largest change of a log mass between independent references. */
        MASSES_MOVE("two independent estimates of the target's masses differ by a factor of %s (limit %s)", true),
        /** The longer examination did not converge. */
        NOT_CONVERGED("the longer examination of the density did not converge (%s doubts; %s allowed)"),
        /** Regions whose mass could not be measured. */
        NOT_MEASURED("named regions that could not be measured: %s (%s allowed)"),
        /** No exploring run arrived. */
        NOTHING_FOUND("no exploring run arrived at the target (%s did; at least %s)"),
        /** The fit was stopped. */
        CANCELLED("the fit was stopped before its end");

        private final String sentence;
        private final boolean ofLogs;

        Kind(String sentence) {
            this(sentence, false);
        }

        Kind(String sentence, boolean ofLogs) {
            this.sentence = sentence;
            this.ofLogs = ofLogs;
        }
    }

    /** One sentence for a report, without its full stop; logs are given as factors. */
    public String sentence() {
        return String.format(Locale.ROOT, kind.sentence, shown(value), shown(limit));
    }

    private String shown(double number) {
        if (kind.ofLogs) {
            return TwoDigits.number(Math.exp(number));
        }
        return switch (kind) {
            case NOT_CONVERGED, NOT_MEASURED, NOTHING_FOUND -> Long.toString(Math.round(number));
            default -> TwoDigits.number(number);
        };
    }
}
