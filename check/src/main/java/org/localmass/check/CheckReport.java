package org.localmass.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The result of checking one approximation against reference draws.
 *
 * @param verdict               what is concluded
 * @param headline              the verdict in one sentence
 * @param warnings              what is to be said first: doubts about the inputs, in order of weight
 * @param reference             size and quality of the reference draws
 * @param approximation         size and quality of the approximation's draws
 * @param global                global scores
 * @param findings              confirmed, material regions, worst first
 * @param requested             regions that the user named, in the user's order
 * @param balls                 balls that the user named, in the user's order
 * @param minimumDetectableMass smallest reference mass of a region without approximation mass that these draws would
 *     very probably have shown
 * @param candidates            regions tested by the scan, both folds together
 * @param notExamined           what the search could not see
 * @param onlyInReference       parameters that only the reference has
 * @param onlyInApproximation   parameters that only the approximation has
 * @param nextSteps             what to do next, most useful first
 * @param options               options of the check
 * @param portrait              what the figures show
 * @param baseline              the report beside an earlier one
 * @param evidence              what the conclusions rest on, modes, regions that were not confirmed
 */
public record CheckReport(
        Verdict verdict,
        String headline,
        List<String> warnings,
        DrawsSummary reference,
        DrawsSummary approximation,
        GlobalScores global,
        List<Finding> findings,
        List<RequestedRegion> requested,
        List<BallCurve> balls,
        double minimumDetectableMass,
        int candidates,
        List<String> notExamined,
        List<String> onlyInReference,
        List<String> onlyInApproximation,
        List<String> nextSteps,
        CheckOptions options,
        Portrait portrait,
        Optional<Baseline> baseline,
        Evidence evidence) {
    public CheckReport {
        warnings = List.copyOf(warnings);
        findings = List.copyOf(findings);
        requested = List.copyOf(requested);
        balls = List.copyOf(balls);
        notExamined = List.copyOf(notExamined);
        onlyInReference = List.copyOf(onlyInReference);
        onlyInApproximation = List.copyOf(onlyInApproximation);
        nextSteps = List.copyOf(nextSteps);
    }

    /** A report by draws, with neither figures nor anything beside the findings. */
    public CheckReport(
            Verdict verdict,
            String headline,
            List<String> warnings,
            DrawsSummary reference,
            DrawsSummary approximation,
            GlobalScores global,
            List<Finding> findings,
            List<RequestedRegion> requested,
            List<BallCurve> balls,
            double minimumDetectableMass,
            int candidates,
            List<String> notExamined,
            List<String> onlyInReference,
            List<String> onlyInApproximation,
            List<String> nextSteps,
            CheckOptions options) {
        this(
                verdict,
                headline,
                warnings,
                reference,
                approximation,
                global,
                findings,
                requested,
                balls,
                minimumDetectableMass,
                candidates,
                notExamined,
                onlyInReference,
                onlyInApproximation,
                nextSteps,
                options,
                Portrait.none(),
                Optional.empty(),
                Evidence.ofDraws());
    }

    /** The report with doubts about the inputs said before its own. */
    public CheckReport withFirstWarnings(List<String> first) {
        List<String> all = new ArrayList<>(first);
        all.addAll(warnings);
        return with(all, baseline);
    }

    /** The report beside an earlier one. */
    public CheckReport withBaseline(Baseline earlier) {
        return with(warnings, Optional.of(earlier));
    }

    private CheckReport with(List<String> allWarnings, Optional<Baseline> earlier) {
        return new CheckReport(
                verdict,
                headline,
                allWarnings,
                reference,
                approximation,
                global,
                findings,
                requested,
                balls,
                minimumDetectableMass,
                candidates,
                notExamined,
                onlyInReference,
                onlyInApproximation,
                nextSteps,
                options,
                portrait,
                earlier,
                evidence);
    }
}
