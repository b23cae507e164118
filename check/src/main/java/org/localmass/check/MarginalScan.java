package org.localmass.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.localmass.core.region.Interval;

/**
 * Proposes intervals of every parameter: the best two of either direction that do not overlap, see {@link LineScan}.
 * <br>Source: docs/theory.md, C10.1.
 */
final class MarginalScan implements CandidateSource {
    @Override
    public View view() {
        return View.INTERVALS;
    }

    @Override
    public int quota() {
        return 4;
    }

    @Override
    public List<Candidate> candidates(Half half) {
        List<Candidate> all = new ArrayList<>();
        double penalty = Math.log(1800.0 * half.dimension());
        for (int j = 0; j < half.dimension(); j++) {
            for (LineScan.Span span : half.spans(j)) {
                all.add(new Candidate(
                        Interval.halfOpen(half.names(), j, span.lower(), span.upper()),
                        span.score(),
                        penalty,
                        span.direction(),
                        View.INTERVALS));
            }
        }
        all.sort(Comparator.comparingDouble(Candidate::score).reversed());
        return all;
    }
}
