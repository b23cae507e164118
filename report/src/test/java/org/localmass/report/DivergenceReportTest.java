package org.localmass.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.localmass.core.bound.Certificate;
import org.localmass.core.divergence.DivergenceCurve;
import org.localmass.core.divergence.Generator;
import org.localmass.core.divergence.LocalRekl;
import org.localmass.core.divergence.Rekl;
import org.localmass.core.measure.Distribution;
import org.localmass.core.region.Norm;
import org.localmass.core.spec.DistributionText;

class DivergenceReportTest {
    private static DivergenceReport.Content content(String from, String to, double alpha, double... radii) {
        Distribution q = DistributionText.parse(from);
        Distribution p = DistributionText.parse(to);
        double[] centre = new double[p.dimension()];
        DivergenceCurve curve = DivergenceCurve.about(LocalRekl.of(alpha), q, p, centre, Norm.l2(), radii);
        List<Certificate> best = new ArrayList<>();
        for (Rekl backward : curve.backward()) {
            best.add(Certificate.best(List.of(Certificate.of(Generator.of(alpha), backward.normalised()))));
        }
        return new DivergenceReport.Content(
                q.toString(),
                p.toString(),
                new Place("0", centre, "l2", p.dimension()),
                alpha,
                curve,
                List.of(alpha),
                best,
                q.localLaw(centre, Norm.l2()),
                p.localLaw(centre, Norm.l2()));
    }

    private static String text(DivergenceReport.Content content) throws IOException {
        StringWriter out = new StringWriter();
        DivergenceReport.writeText(content, TextStyle.plain(), out);
        return out.toString();
    }

    private static JsonNode json(DivergenceReport.Content content) throws IOException {
        StringWriter out = new StringWriter();
        DivergenceReport.writeJson(content, "0", out);
        return new ObjectMapper().readTree(out.toString());
    }

    @ParameterizedTest(name = "{0} to {1}, alpha {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "normal(0, 1) | student_t(3, 0, 1) | 0.5",
                "normal(0, 1) | student_t(3, 0, 1) | 1",
                "normal(0, 1) | horseshoe(1) | 2",
                "spike_slab(0.3, normal(0, 1)) | normal(0, 1) | 0.5",
                "normal(0, 1) | spike_slab(0.3, normal(0, 1)) | 1",
                "point(0) | normal(0, 1) | 0.5",
                "normal(0, 1e-5) | normal(0, 1) | 0.3",
                "mvnormal([0, 0], 1) | mvnormal([0, 0], 2) | 0.5"
            })
    void everyForm_saysTheSame(String from, String to, double alpha) throws IOException {
        DivergenceReport.Content content = content(from, to, alpha, 1e-3, 0.1, 2);
        String text = text(content);
        assertTrue(text.contains("Certificate"), text);
        for (String line : text.split("\n", -1)) {
            assertTrue(line.length() <= 80, line);
        }
        JsonNode json = json(content);
        assertEquals("localmass.divergence/1", json.get("schema").asText());
        for (String name : List.of("radii", "logMassFrom", "logMassTo", "forward", "backward", "certificate")) {
            assertEquals(3, json.get(name).size(), name);
        }
        for (int i = 0; i < 3; i++) {
            Rekl forward = content.curve().forward().get(i);
            double expected = forward.value().value();
            JsonNode written = json.get("forward").get(i);
            assertEquals(expected, written.isTextual() ? Double.POSITIVE_INFINITY : written.asDouble());
        }
        StringWriter markdown = new StringWriter();
        DivergenceReport.writeMarkdown(content, markdown);
        assertTrue(markdown.toString().contains("|--:|"), markdown.toString());
        assertFalse(markdown.toString().contains("null"), markdown.toString());
    }

    @Test
    void certificate_isInWords() throws IOException {
        String text = text(content("normal(0, 1)", "student_t(3, 0, 1)", 0.5, 0.01, 1));
        String words = text.replaceAll("\\s+", " ");
        assertTrue(words.contains("does not under-cover the ball by more than a factor"), words);
        // of order 1 against an atom that q lacks nothing is certified
        String none = text(content("normal(0, 1)", "spike_slab(0.3, normal(0, 1))", 1, 0.01, 1));
        assertTrue(none.contains("infinite") || none.contains("none"), none);
    }
}
