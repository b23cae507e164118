package org.localmass.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.localmass.check.CheckReport;
import org.localmass.check.Direction;
import org.localmass.check.Finding;
import org.localmass.check.GlobalScores;
import org.localmass.core.region.LevelSet;

/**
 * A number at the top of the page; there are three at most.
 *
 * @param name   what it is
 * @param value  the number
 * @param detail what it refers to
 */
record Headline(String name, String value, String detail) {
    static List<Headline> of(CheckReport report) {
        List<Headline> numbers = new ArrayList<>();
        Optional<Finding> misplaced = misplaced(report);
        if (misplaced.isPresent()) {
            Finding worst = report.findings().get(0);
            numbers.add(new Headline(
                    "Ratio q/p of the worst region",
                    Digits.number(worst.ratio().estimate()),
                    worst.regionText() + ": " + Digits.ratioInterval(worst.ratio())));
            Finding most = misplaced.get();
            numbers.add(new Headline(
                    most.direction() == Direction.UNDER ? "Most mass missed" : "Most mass too many",
                    Digits.percent(gap(most)),
                    Digits.percent(most.referenceMass().estimate()) + " of p and "
                            + Digits.percent(most.approximationMass().estimate()) + " of q in " + most.regionText()));
        } else {
            double mass = report.minimumDetectableMass();
            if (!Double.isNaN(mass)) {
                numbers.add(
                        new Headline("A missed region shows from", Digits.percent(mass), "of the reference's mass on"));
            }
            numbers.add(new Headline(
                    "Regions tested", Integer.toString(report.candidates()), "found on one half, tested on the other"));
        }
        GlobalScores global = report.global();
        if (!Double.isNaN(global.khat())) {
            numbers.add(new Headline(
                    "Pareto k-hat, a global score",
                    Digits.number(global.khat()),
                    fine(global)
                            ? "looks fine: at most " + Digits.number(global.khatThreshold()) + " is expected"
                            : "too large: at most " + Digits.number(global.khatThreshold()) + " is expected"));
        } else if (!Double.isNaN(report.reference().essMin())) {
            numbers.add(new Headline(
                    "Effective draws of the reference",
                    Digits.count(report.reference().essMin()),
                    "at least, over all parameters"));
        }
        return List.copyOf(numbers);
    }

    /** What a fine global score hides; empty if there is nothing to contrast. */
    static Optional<String> contrast(CheckReport report) {
        GlobalScores global = report.global();
        if (Double.isNaN(global.khat()) || !fine(global)) {
            return Optional.empty();
        }
        return misplaced(report)
                .map(f -> "k-hat " + Digits.number(global.khat()) + " looks fine; yet "
                        + (f.direction() == Direction.UNDER
                                ? "q misses " + Digits.percent(gap(f)) + " of p's mass in "
                                : "q puts " + Digits.percent(gap(f)) + " of its mass too many into ")
                        + f.regionText() + ".");
    }

    private static boolean fine(GlobalScores global) {
        return global.khat() <= global.khatThreshold();
    }

    /**
     * The finding with the largest difference in mass; what is missed weighs more than what is too many, and a region that
     * can be said in a few words more than one that cannot.
     */
    private static Optional<Finding> misplaced(CheckReport report) {
        return report.findings().stream()
                .max(Comparator.<Finding>comparingInt(f -> f.region() instanceof LevelSet ? 0 : 1)
                        .thenComparingInt(f -> f.direction() == Direction.UNDER ? 1 : 0)
                        .thenComparingDouble(Headline::gap));
    }

    private static double gap(Finding finding) {
        return Math.abs(
                finding.referenceMass().estimate() - finding.approximationMass().estimate());
    }
}
