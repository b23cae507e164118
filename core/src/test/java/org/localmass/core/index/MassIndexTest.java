package org.localmass.core.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.localmass.core.measure.Heaviness;
import org.localmass.core.measure.LocalLaw;

class MassIndexTest {
    private static MassIndex index(Exponent kappa, Exponent beta, Exponent atom) {
        return new MassIndex(kappa, beta, 2, atom, Optional.empty(), List.of());
    }

    private static Exponent around(double x) {
        return new Exponent(x, x - 0.1, x + 0.1);
    }

    @ParameterizedTest
    @CsvSource({
        "0.5, 0, 1, 3, HEAVIER",
        "1, 2, 1, 1, HEAVIER",
        "1, 1, 1, 1, EQUAL",
        "1, -1, 1, 0, LIGHTER",
        "2, 0, 1, 0, LIGHTER",
        "Infinity, NaN, 1, 0, LIGHTER",
        "Infinity, NaN, Infinity, NaN, INCOMPARABLE",
        "1, NaN, 1, 0, INCOMPARABLE",
        "0, -1, 0, -2, HEAVIER",
        "0, -1, 1, 5, HEAVIER"
    })
    void heaviness_exact_isThatOfTheLaws(
            double kappa, double beta, double otherKappa, double otherBeta, Heaviness expected) {
        LocalLaw law = LocalLaw.of(kappa, beta, 0);
        LocalLaw other = LocalLaw.of(otherKappa, otherBeta, 0);
        assertEquals(expected, MassIndex.of(law, 2).heaviness(MassIndex.of(other, 2)));
        assertEquals(expected.reversed(), MassIndex.of(other, 2).heaviness(MassIndex.of(law, 2)));
        assertEquals(expected, law.heaviness(other));
    }

    @Test
    void heaviness_atoms_byTheirMass() {
        MassIndex half = MassIndex.of(LocalLaw.atom(0.5), 2);
        assertEquals(Heaviness.HEAVIER, half.heaviness(MassIndex.of(LocalLaw.atom(0.25), 2)));
        assertEquals(Heaviness.EQUAL, half.heaviness(MassIndex.of(LocalLaw.atom(0.5), 2)));
        assertEquals(Heaviness.LIGHTER, MassIndex.of(LocalLaw.of(0, 0, -1), 2).heaviness(half));
        Exponent zero = Exponent.exact(0);
        MassIndex estimated = index(zero, zero, around(0.5));
        assertEquals(Heaviness.INCOMPARABLE, half.heaviness(estimated));
        assertEquals(Heaviness.HEAVIER, estimated.heaviness(MassIndex.of(LocalLaw.atom(0.3), 2)));
    }

    @Test
    void heaviness_intervals_decideWhereTheyDoNotOverlap() {
        Exponent zero = Exponent.exact(0);
        MassIndex one = index(around(1), zero, zero);
        assertEquals(Heaviness.INCOMPARABLE, one.heaviness(one));
        assertEquals(Heaviness.INCOMPARABLE, one.heaviness(index(around(1.15), zero, zero)));
        assertEquals(Heaviness.HEAVIER, one.heaviness(index(around(1.25), zero, zero)));
        assertEquals(Heaviness.LIGHTER, one.heaviness(index(around(0.5), around(3), zero)));
        MassIndex logs = index(Exponent.exact(1), around(1), zero);
        assertEquals(Heaviness.INCOMPARABLE, logs.heaviness(index(Exponent.exact(1), around(1.1), zero)));
        assertEquals(Heaviness.LIGHTER, logs.heaviness(index(Exponent.exact(1), around(2), zero)));
    }

    @Test
    void heaviness_otherDimension_isRefused() {
        LocalLaw law = LocalLaw.of(1, 0, 0);
        assertThrows(IllegalArgumentException.class, () -> MassIndex.of(law, 1).heaviness(MassIndex.of(law, 2)));
    }

    /** D2.2: power = d/kappa, log = d beta, nothing said by the log index of an atom. */
    @ParameterizedTest
    @CsvSource({"2, 1, 3, 1.5, 3", "0, -1, 2, Infinity, -2", "Infinity, NaN, 2, 0, NaN"})
    void of_isTheIndexOfTheLaw(double kappa, double beta, int dimension, double power, double log) {
        MassIndex index = MassIndex.of(LocalLaw.of(kappa, beta, 0), dimension);
        assertEquals(power, index.power().estimate());
        assertEquals(power, index.power().lower());
        assertEquals(log, index.log().estimate());
        assertTrue(index.power().isExact());
    }

    @Test
    void of_atom_hasNoLogIndex() {
        MassIndex index = MassIndex.of(LocalLaw.atom(0.5), 3);
        assertEquals(Double.POSITIVE_INFINITY, index.power().estimate());
        assertTrue(Double.isNaN(index.log().estimate()));
        assertEquals(0.5, index.atomMass().estimate());
        assertEquals(2, MassIndex.atInfinity(LocalLaw.of(0.5, 0, 0)).power().estimate());
    }

    @Test
    void isExact_isFalseForAnInterval() {
        assertFalse(around(1).isExact());
        assertFalse(new Exponent(1, 1, 2).isExact());
        assertTrue(Exponent.exact(1).isExact());
        assertFalse(Exponent.exact(Double.NaN).isExact());
    }
}
