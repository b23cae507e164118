package org.localmass.report;

import java.util.ArrayList;
import java.util.List;
import org.localmass.check.CheckReport;
import org.localmass.check.DrawsSummary;
import org.localmass.check.MassMap;
import org.localmass.check.RequestedOutcome;
import org.localmass.check.RequestedRegion;

/** What was looked at and found in order. */
final class Passed {
    private Passed() {}

    static List<String> of(CheckReport report) {
        List<String> passed = new ArrayList<>();
        for (RequestedRegion requested : report.requested()) {
            if (requested.outcome() == RequestedOutcome.AGREES) {
                passed.add(
                        requested.finding().id() + ", " + requested.finding().regionText() + ": p and q agree, ratio "
                                + Digits.ratio(requested.finding().ratio()) + ".");
            }
        }
        if (report.candidates() > 0 && report.findings().isEmpty()) {
            passed.add(Words.plural(report.candidates(), "candidate region")
                    + " tested, no material difference confirmed.");
        }
        DrawsSummary p = report.reference();
        if (p.rhatMax() <= 1.01) {
            passed.add("R-hat of every parameter of the reference is at most " + Words.rhat(p.rhatMax()) + ".");
        }
        if (p.essMin() >= 100 * Math.min(4, p.chains())) {
            passed.add(
                    "Every parameter of the reference has at least " + Digits.count(p.essMin()) + " effective draws.");
        }
        if (p.divergences() == 0 && p.rhatMax() <= 1.05) {
            passed.add("The reference's file reports no divergent transition.");
        }
        if (p.constants().isEmpty() && report.approximation().constants().isEmpty()) {
            passed.add("No parameter is constant.");
        }
        if (report.global().khat() <= report.global().khatThreshold()) {
            passed.add("Pareto k-hat is " + Digits.number(report.global().khat()) + ", below "
                    + Digits.number(report.global().khatThreshold()) + ".");
        }
        List<String> same = report.portrait().massMap().rows().stream()
                .filter(r -> MassMapTable.deviation(r) == 0)
                .map(MassMap.Row::parameter)
                .toList();
        if (!same.isEmpty()) {
            passed.add("No cell of the mass map differs in " + Words.plural(same.size(), "parameter") + ": "
                    + Words.names(same) + ".");
        }
        return List.copyOf(passed);
    }
}
