package org.localmass.experiments;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PublishedComparisonTest {
    private static void print(Result r) {
        for (Comparison c : r.comparisons()) {
            System.err.println(c);
        }
    }

    @Test
    void grid() throws IOException {
        print(new DirectionalGrid().run(new Experiment.Request(1, Optional.of(BayesUpdateTest.published()), false)));
    }

    @Test
    void global() throws IOException {
        Result r = new GlobalVsLocal().run(new Experiment.Request(1, Optional.of(BayesUpdateTest.published()), false));
        print(r);
        System.err.println(r.tables().get(0).toCsv());
    }

    @Test
    void direction() {
        print(new Directionality().run(new Experiment.Request(1, Optional.empty(), false)));
    }

    @Test
    void sparse() throws IOException {
        Result r =
                new SparseRegression().run(new Experiment.Request(1, Optional.of(BayesUpdateTest.published()), false));
        print(r);
        System.err.println(r.tables().get(1).toCsv());
        System.err.println(r.tables().get(2).toCsv());
    }
}
