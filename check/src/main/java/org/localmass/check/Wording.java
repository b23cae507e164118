package org.localmass.check;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.localmass.core.internal.TwoDigits;
import org.localmass.core.mass.MassEstimate;
import org.localmass.core.mass.RatioEstimate;
import org.localmass.core.region.Intersection;
import org.localmass.core.region.Interval;
import org.localmass.core.region.LevelSet;
import org.localmass.core.region.Parity;
import org.localmass.core.region.Region;

/** Sentences about regions as a practitioner would say them. */
final class Wording {
    private Wording() {}

    /** A region with its numbers rounded to three significant digits. */
    static String region(Region region, List<String> names) {
        if (region instanceof Interval interval) {
            return region(interval, names.get(interval.coordinate()));
        }
        if (region instanceof Intersection box) {
            return box.regions().stream().map(r -> region(r, names)).collect(Collectors.joining(" & "));
        }
        if (region instanceof Parity parity) {
            return "an " + (parity.odd() ? "odd" : "even") + " number of "
                    + parity.regions().stream().map(r -> region(r, names)).collect(Collectors.joining(", "));
        }
        if (region instanceof LevelSet set) {
            return span(set.quantity(), set.lower(), set.upper());
        }
        return region.description();
    }

    /** An interval with its ends rounded to three significant digits: {@code tau < 0.498}. */
    static String region(Interval interval, String name) {
        if (interval.isAtom()) {
            return name + " == " + TwoDigits.end(interval.lower(), 17);
        }
        return span(name, interval.lower(), interval.upper());
    }

    private static String span(String name, double lower, double upper) {
        if (upper == Double.POSITIVE_INFINITY) {
            return name + " > " + end(lower, lower, upper);
        }
        if (lower == Double.NEGATIVE_INFINITY) {
            return name + " < " + end(upper, lower, upper);
        }
        return end(lower, lower, upper) + " < " + name + " < " + end(upper, lower, upper);
    }

    private static String end(double value, double lower, double upper) {
        double width = upper - lower;
        // enough digits to tell the two ends apart
        int digits = Double.isFinite(width) && value != 0
                ? Math.max(3, (int) Math.ceil(Math.log10(Math.abs(value) / width)) + 2)
                : 3;
        return TwoDigits.end(value, Math.min(17, digits));
    }

    /** One sentence about a region whose border no draw of q crosses, by weights. */
    static String unseen(String region, MassEstimate mass) {
        return (mass.hits() == 0 ? "no draw of q lies in " : "every draw of q lies in ") + region
                + ": what p gives it cannot be seen from weights";
    }

    /** One sentence with both masses and the factor. */
    static String sentence(
            String region,
            Optional<Typing> typing,
            MassEstimate reference,
            MassEstimate approximation,
            RatioEstimate ratio) {
        String masses =
                TwoDigits.percent(approximation.estimate()) + " instead of " + TwoDigits.percent(reference.estimate());
        String what = typing.map(t -> " (" + t.what() + ")").orElse("");
        if (approximation.estimate() == 0 && reference.estimate() == 0) {
            return "neither set has a draw in " + region;
        }
        if (approximation.estimate() == 0) {
            return "q gives " + region + " no probability: no draw instead of "
                    + TwoDigits.percent(reference.estimate()) + what;
        }
        if (reference.estimate() == 0) {
            return "q gives " + region + " " + TwoDigits.percent(approximation.estimate())
                    + ", the reference has no draw there" + what;
        }
        return factor(ratio.estimate())
                .map(words -> "q gives " + region + " " + words + " the probability it should have: " + masses + what)
                .orElseGet(() -> "q gives " + TwoDigits.number(ratio.estimate())
                        + " times the probability it should have" + " to " + region + ": " + masses + what);
    }

    /** A ratio as a fraction or multiple in words, where it is near one. */
    static Optional<String> factor(double ratio) {
        String[] fractions = {"half", "a third", "a quarter", "a fifth", "a tenth"};
        double[] values = {1 / 2.0, 1 / 3.0, 1 / 4.0, 1 / 5.0, 1 / 10.0};
        for (int i = 0; i < values.length; i++) {
            if (Math.abs(ratio / values[i] - 1) <= 0.1) {
                return Optional.of("about " + fractions[i] + (i == 0 ? "" : " of"));
            }
        }
        if (Math.abs(ratio / 2 - 1) <= 0.1) {
            return Optional.of("about twice");
        }
        return Optional.empty();
    }
}
