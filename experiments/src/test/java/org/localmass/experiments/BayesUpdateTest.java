package org.localmass.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BayesUpdateTest {
    static Path published() {
        String root = System.getProperty("localmass.testdata", "");
        Path folder = Path.of(root, "data", "authors");
        assumeTrue(!root.isEmpty() && Files.isDirectory(folder), "needs -Dlocalmass.testdata=DIR with data/authors");
        return folder;
    }

    @Test
    void laplace_agreesWithScipy_andItsGradientVanishes() throws IOException {
        for (BayesUpdate.DataSet data : BayesUpdate.DATA) {
            for (int seed = 0; seed < BayesUpdate.SEEDS; seed++) {
                JsonNode expected = new ObjectMapper()
                        .readTree(BayesUpdateTest.class.getResourceAsStream(
                                "laplace/" + data.file() + "_seed" + seed + ".json"));
                LogisticRegression.Laplace laplace =
                        BayesUpdate.run(data, seed, Design.exported(data, seed)).laplace();
                String where = data.file() + " " + seed;
                assertTrue(laplace.gradient() < 1e-12, where + ": " + laplace.gradient());
                for (int j = 0; j < 5; j++) {
                    assertEquals(expected.get("mean").get(j).asDouble(), laplace.mean()[j], 1e-7, where);
                    for (int k = 0; k < 5; k++) {
                        assertEquals(
                                expected.get("covariance").get(j).get(k).asDouble(),
                                laplace.covariance()[j][k],
                                1e-7,
                                where);
                    }
                }
            }
        }
    }

    @Test
    void publishedMassesAndSlopes_match() throws IOException {
        Result result = new BayesUpdate().run(new Experiment.Request(1, Optional.of(published()), false, false));
        assertEquals(7, result.comparisons().size());
        for (Comparison c : result.comparisons()) {
            assertEquals(Agreement.MATCH, c.agreement(), c.toString());
        }
        assertEquals("360 values", result.comparisons().get(4).published());
    }

    @Test
    void fromRaw_givesDesignsOfTheSameSize_andSaysThatTheyAreOthers() throws IOException {
        for (BayesUpdate.DataSet data : BayesUpdate.DATA) {
            Design own = Design.fromRaw(data, 0);
            Design theirs = Design.exported(data, 0);
            assertEquals(theirs.rows().length, own.rows().length, data.file());
            // components are centred and uncorrelated, and of the same spread as the exported ones
            for (int j = 1; j <= 4; j++) {
                double mean = 0;
                double square = 0;
                double other = 0;
                for (int i = 0; i < own.rows().length; i++) {
                    mean += own.rows()[i][j] / own.rows().length;
                    square += own.rows()[i][j] * own.rows()[i][j] / own.rows().length;
                    other += theirs.rows()[i][j] * theirs.rows()[i][j] / own.rows().length;
                }
                assertEquals(0, mean, 1e-10);
                assertTrue(
                        square / other > 0.6 && square / other < 1.7,
                        data.file() + " component " + j + ": " + square + " against " + other);
            }
        }
        Result result = new BayesUpdate().run(new Experiment.Request(1, Optional.empty(), true, false));
        for (Comparison c : result.comparisons()) {
            assertEquals(Agreement.NOT_COMPARABLE, c.agreement());
        }
    }
}
