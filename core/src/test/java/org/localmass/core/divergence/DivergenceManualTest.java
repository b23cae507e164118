package org.localmass.core.divergence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.localmass.core.bound.Certificate;
import org.localmass.core.bound.MassBounds;
import org.localmass.core.measure.Distribution;
import org.localmass.core.measure.NoClosedFormException;
import org.localmass.core.region.Norm;
import org.localmass.core.spec.DistributionText;

/** What docs/divergence.md says beside the outputs of commands. */
class DivergenceManualTest {
    private static String manual() throws IOException {
        return Files.readString(Path.of(System.getProperty("localmass.root"), "docs", "divergence.md"))
                .replace("\r\n", "\n");
    }

    @Test
    void java_example_hasTheValuesShown() throws IOException {
        Distribution q = DistributionText.parse("normal(0, 1)");
        Distribution p = DistributionText.parse("student_t(3, 0, 1)");
        Rekl forward = LocalRekl.of(0.5).onBall(q, p, new double[] {0}, 1, Norm.l2());
        Rekl backward = LocalRekl.of(0.5).onBall(p, q, new double[] {0}, 1, Norm.l2());
        Certificate certificate = Certificate.of(Generator.of(0.5), backward.normalised());
        Generator f = Generator.of(0.5);
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("forward.value().value()", forward.value().value());
        values.put("forward.normalised()", forward.normalised());
        values.put("forward.massTerm()", forward.massTerm());
        values.put("forward.shapeTerm()", forward.shapeTerm());
        values.put("certificate.factor()", certificate.factor());
        values.put(
                "MassBounds.ratio(f, forward.normalised()).upper()",
                MassBounds.ratio(f, forward.normalised()).upper());
        Map<String, Double> shown = new LinkedHashMap<>();
        Matcher row = Pattern.compile("(?m)^\\| `([^`]+)` \\| ([0-9.]+) \\|$").matcher(manual());
        while (row.find()) {
            shown.put(row.group(1), Double.parseDouble(row.group(2)));
        }
        assertEquals(values.keySet(), shown.keySet());
        values.forEach((expression, value) ->
                assertEquals(value, shown.getOrDefault(expression, Double.NaN), 1e-13, expression));
    }

    /** The sentences on orders, and on what forward tends to where q's share of the mass vanishes. */
    @Test
    void sentences_hold() {
        Distribution q = DistributionText.parse("normal(0, 0.01)");
        Distribution p = DistributionText.parse("spike_slab(0.3, normal(0, 1))");
        double[] centre = {0};
        assertEquals(1, LocalRekl.of(0.5).onBall(q, p, centre, 1e-12, Norm.l2()).normalised(), 1e-4);
        double previous = 0;
        for (double alpha : new double[] {0.1, 0.5, 0.9, 1, 2}) {
            double value = LocalRekl.of(alpha)
                    .onBall(q, p, centre, 0.01, Norm.l2())
                    .value()
                    .value();
            assertTrue(value > previous);
            previous = value;
        }
        assertEquals(
                Double.POSITIVE_INFINITY,
                LocalRekl.of(1).onBall(p, q, centre, 0.01, Norm.l2()).normalised());
    }

    /** The table of pairs and sets: one of each kind has a value, others are refused. */
    @Test
    void pairs_areThoseOfTheTable() {
        LocalRekl rekl = LocalRekl.of(0.5);
        double[] centre = new double[2];
        Distribution normal = DistributionText.parse("multi_normal([0, 0], [[1, 0.5], [0.5, 1]])");
        Distribution diagonal = DistributionText.parse("multi_normal([0, 0], [1, 2])");
        Distribution spikes = DistributionText.parse("spike_slab_product(0.3, normal(0, 1), 2)");
        Distribution product = DistributionText.parse("product(cauchy(0, 1), normal(0, 1))");
        Distribution other = DistributionText.parse("multi_student_t(3, [0, 0], 1)");
        for (Distribution law : List.of(diagonal, spikes, product)) {
            assertTrue(rekl.onBall(law, product, centre, 1, Norm.linf()).normalised() >= 0);
            assertTrue(rekl.atInfinity(law, product, 1, Norm.linf()).normalised() >= 0);
            assertThrows(NoClosedFormException.class, () -> rekl.onBall(law, other, centre, 1, Norm.linf()));
        }
        for (Norm norm :
                List.of(Norm.l2(), Norm.mahalanobis(normal.scaleMatrix().orElseThrow()))) {
            assertTrue(rekl.onBall(normal, diagonal, centre, 1, norm).normalised() > 0);
            assertTrue(rekl.atInfinity(normal, diagonal, 1, norm).normalised() > 0);
            assertThrows(NoClosedFormException.class, () -> rekl.onBall(normal, other, centre, 1, norm));
        }
        assertTrue(rekl.everywhere(normal, diagonal).normalised() > 0);
        assertTrue(rekl.everywhere(spikes, product).normalised() > 0);
    }
}
