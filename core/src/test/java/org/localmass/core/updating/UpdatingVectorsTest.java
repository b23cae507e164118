package org.localmass.core.updating;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.localmass.core.index.MassIndex;
import org.localmass.core.measure.LocalLaw;
import org.localmass.core.measure.Vectors;

/**
 * Every case of updating.json: prior and factor are stated here, exponents, constant, index, atom and masses of the
 * posterior are the reference. Normalising constants are computed from the inputs.
 */
class UpdatingVectorsTest {
    private static void same(JsonNode expected, double actual) {
        double value = Vectors.number(expected);
        if (Double.isNaN(value) || Double.isInfinite(value) || value == 0) {
            assertEquals(value, actual);
        } else {
            assertEquals(0, Vectors.relativeError(actual, expected), UpdatingCases.EXACT);
        }
    }

    @TestFactory
    Stream<DynamicTest> apply_agreesWithReference() {
        return Vectors.cases("updating.json").stream()
                .filter(c -> !UpdatingCases.isLeadingPart(c))
                .map(c -> DynamicTest.dynamicTest(c.get("kind").asText() + " " + c.get("inputs"), () -> check(c)));
    }

    private static void check(JsonNode c) {
        JsonNode expected = c.get("expected");
        UpdatingCases.Question question = UpdatingCases.question(c);
        Update update =
                question.prior().withLogNormaliser(question.logNormaliser()).apply(question.factor());
        Update.Proper none = assertInstanceOf(
                Update.Proper.class, question.prior().withLogNormaliser(0).apply(LikelihoodFactor.inside()));
        same(expected.get("prior_kappa"), none.law().kappa());
        same(expected.get("prior_beta"), none.law().beta());
        if (expected.has("prior_atom")) {
            same(expected.get("prior_atom"), none.law().atomMass());
        }
        if (!expected.get("proper").asBoolean()) {
            Update.Improper improper = assertInstanceOf(Update.Improper.class, update);
            assertFalse(improper.reason().isEmpty());
            assertFalse(improper.rules().isEmpty());
            return;
        }
        Update.Proper proper = assertInstanceOf(Update.Proper.class, update);
        assertTrue(proper.normalised());
        assertFalse(proper.rules().isEmpty());
        LocalLaw law = proper.law();
        same(expected.get("posterior_kappa"), law.kappa());
        same(expected.get("posterior_beta"), law.beta());
        same(expected.get("posterior_C"), Math.exp(law.logConstant()));
        if (expected.has("posterior_atom")) {
            same(expected.get("posterior_atom"), law.atomMass());
        }
        MassIndex index = MassIndex.of(law, c.get("d").intValue());
        same(expected.get("posterior_MI_pow"), index.power().estimate());
        same(expected.get("posterior_MI_log"), index.log().estimate());
        checkMasses(law, expected.get("masses"));
    }

    /** The masses approach the law as the radius falls. */
    private static void checkMasses(LocalLaw law, JsonNode masses) {
        double previous = 0;
        for (JsonNode one : masses) {
            double r = one.get("r").doubleValue();
            if (r == 1) {
                continue;
            }
            if (law.isVanishing()) {
                double slope = Vectors.number(one.get("log_mass")) / Math.log(r);
                assertTrue(r > 0.01 || slope > 20, "mass " + one);
                continue;
            }
            double log = law.logConstant() + law.kappa() * Math.log(r) + law.beta() * Math.log(-Math.log(r));
            double error = Math.abs(Vectors.number(one.get("log_mass")) - log);
            assertTrue(error >= previous - 1e-13, "error falls to " + error + " at " + r);
            if (r <= 1e-6) {
                double allowed = law.beta() == 0 ? Math.sqrt(r) : 8 / -Math.log(r);
                assertTrue(error < allowed, "error " + error + " at " + r);
            }
            previous = error;
        }
    }

    /** T4.3: |x|^-1 is the leading part of (x^2+y^4)^(-1/2); on its own it would have infinite mass. */
    @Test
    void apply_leadingPartOfAnotherFactor_saysNothingAboutIt() {
        List<JsonNode> cases = Vectors.cases("updating.json").stream()
                .filter(UpdatingCases::isLeadingPart)
                .toList();
        assertEquals(1, cases.size());
        UpdatingCases.Question question = UpdatingCases.question(cases.get(0));
        Update.Improper update =
                assertInstanceOf(Update.Improper.class, question.prior().apply(question.factor()));
        assertTrue(update.reason().startsWith("g1 = -1 is not above -1"), update.reason());
        assertTrue(cases.get(0).get("expected").get("proper").asBoolean());
    }
}
