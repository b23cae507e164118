package org.localmass.core.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.localmass.core.region.HalfSpace;

/** Every row of the catalogue: masses of balls and tails, local laws at the point and at infinity. */
class CatalogueTest {
    @TestFactory
    Stream<DynamicTest> masses() {
        return Vectors.cases("catalogue.json").stream()
                .map(c -> DynamicTest.dynamicTest(CatalogueCases.label(c), () -> {
                    Distribution law = CatalogueCases.law(c);
                    Errors masses = Errors.of("masses", CatalogueCases.limit(law));
                    Errors logs = Errors.ofLogs("logs", CatalogueCases.LOG);
                    Errors near = Errors.of("logs near 0", CatalogueCases.SPACE);
                    CatalogueCases.measure(c, law, masses, logs, near);
                    assertTrue(masses.holds(), masses::toString);
                    assertTrue(logs.count() == 0 || logs.holds(), logs::toString);
                    assertTrue(near.count() == 0 || near.holds(), near::toString);
                }));
    }

    @TestFactory
    Stream<DynamicTest> localLaws() {
        return Vectors.cases("catalogue.json").stream()
                .map(c -> DynamicTest.dynamicTest(CatalogueCases.label(c), () -> {
                    Distribution law = CatalogueCases.law(c);
                    LocalLaw actual = law.localLaw(CatalogueCases.point(c), CatalogueCases.norm(c));
                    if (law instanceof Dirichlet) {
                        // the reference takes the l1 ball of the chart, which is a half-space
                        double r = 1e-9;
                        double log = law.logMass(HalfSpace.of(List.of("x1", "x2"), new double[] {1, 1}, r));
                        actual = LocalLaw.of(actual.kappa(), actual.beta(), log - actual.kappa() * Math.log(r));
                        assertEquals(Vectors.number(c.get("C")), Math.exp(actual.logConstant()), 1e-8);
                        actual = LocalLaw.of(actual.kappa(), actual.beta(), Math.log(Vectors.number(c.get("C"))));
                    }
                    check(c, "", actual);
                    if (!c.path("tail").path("kappa").isMissingNode()
                            && !c.path("tail").path("kappa").isNull()) {
                        check(c.get("tail"), "tail ", law.lawAtInfinity(CatalogueCases.norm(c)));
                    }
                }));
    }

    private static void check(JsonNode expected, String what, LocalLaw actual) {
        double kappa = Vectors.number(expected.get("kappa"));
        assertEquals(kappa, actual.kappa(), 1e-15 * Math.max(1, kappa), what + "kappa");
        assertEquals(Vectors.number(expected.get("beta")), actual.beta(), 1e-15, what + "beta");
        double c = Vectors.number(expected.get("C"));
        if (!Double.isNaN(c)) {
            assertEquals(c, Math.exp(actual.logConstant()), 1e-13 * c, what + "C");
        }
        if (expected.has("atom_mass")) {
            double atom = Vectors.number(expected.get("atom_mass"));
            assertEquals(atom, actual.atomMass(), 1e-15 * atom, "atom");
        }
    }

    @Test
    void oneDimensionalMasses_medianError() {
        Errors masses = new Errors();
        for (JsonNode c : Vectors.cases("catalogue.json")) {
            Distribution law = CatalogueCases.law(c);
            if (law instanceof Univariate) {
                CatalogueCases.measure(c, law, masses, new Errors(), new Errors());
            }
        }
        assertTrue(masses.median() <= 2e-15, masses::toString);
    }
}
