package org.localmass.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.localmass.check.CheckReport;
import org.localmass.check.Finding;
import org.localmass.check.RequestedRegion;
import org.localmass.check.Verdict;
import picocli.CommandLine.Option;

/** When a check fails, that is exits with 1. */
final class Thresholds {
    @Option(
            names = "--fail-under",
            paramLabel = "R",
            description = "Fail if the upper end of a ratio's interval is below R (instead of: on any finding).")
    @Nullable
    Double failUnder;

    @Option(
            names = "--fail-over",
            paramLabel = "R",
            description = "Fail if the lower end of a ratio's interval is above R (instead of: on any finding).")
    @Nullable
    Double failOver;

    @Option(names = "--fail-inconclusive", description = "Fail if the check is inconclusive.")
    boolean failInconclusive;

    void validate() throws BadInput {
        positive("--fail-under", failUnder);
        positive("--fail-over", failOver);
    }

    private static void positive(String name, @Nullable Double value) throws BadInput {
        if (value != null && !(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new BadInput(name + " must be positive and finite, was " + value);
        }
    }

    /** The exit code of a report: 0 or 1. */
    int exitCode(CheckReport report) {
        if (failInconclusive && report.verdict() == Verdict.INCONCLUSIVE) {
            return Main.FOUND;
        }
        if (failUnder == null && failOver == null) {
            return report.verdict() == Verdict.FINDING ? Main.FOUND : Main.NOTHING_FOUND;
        }
        List<Finding> all = new ArrayList<>(report.findings());
        report.requested().stream().map(RequestedRegion::finding).forEach(all::add);
        for (Finding f : all) {
            if ((failUnder != null && f.ratio().upper() < failUnder)
                    || (failOver != null && f.ratio().lower() > failOver)) {
                return Main.FOUND;
            }
        }
        return Main.NOTHING_FOUND;
    }
}
