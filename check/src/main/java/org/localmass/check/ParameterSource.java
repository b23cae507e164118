package org.localmass.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A source that looks at one parameter at a time. */
abstract class ParameterSource implements CandidateSource {
    /** Proposes regions of the parameter in column j. */
    abstract List<Candidate> scan(Half half, List<String> names, int j);

    @Override
    public final List<Candidate> candidates(Half half) {
        List<String> names = half.names();
        List<Candidate> all = new ArrayList<>();
        for (List<Candidate> found : half.workers().map(names.size(), j -> scan(half, names, j))) {
            all.addAll(found);
        }
        all.sort(Comparator.comparingDouble(Candidate::score).reversed());
        return all;
    }
}
