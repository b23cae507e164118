package org.localmass.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.localmass.check.CheckReport;
import org.localmass.check.Finding;
import org.localmass.check.RequestedRegion;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class HtmlReportTest {
    private static final Set<String> NAMESPACES = Set.of("http://www.w3.org/1999/xhtml", "http://www.w3.org/2000/svg");

    static Stream<String> names() {
        return Reports.all().keySet().stream();
    }

    private static CheckReport report(String name) {
        return Objects.requireNonNull(Reports.all().get(name));
    }

    private static String html(CheckReport report) {
        return Reports.print(out -> HtmlReport.write(report, Reports.provenance(), out));
    }

    static Document parse(String html) throws Exception {
        var factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(html)));
    }

    static List<Element> elements(Document document, String tag) {
        NodeList nodes = document.getElementsByTagName(tag);
        return Stream.iterate(0, i -> i + 1)
                .limit(nodes.getLength())
                .map(i -> (Element) nodes.item(i))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("names")
    void write_anyReport_isWellFormedAndClosedToTheNet(String name) throws Exception {
        String html = html(report(name));
        Document page = parse(html);
        assertEquals("en", page.getDocumentElement().getAttribute("lang"));
        assertEquals(1, elements(page, "h1").size());
        assertTrue(elements(page, "meta").stream()
                .anyMatch(m -> m.getAttribute("http-equiv").equals("Content-Security-Policy")
                        && m.getAttribute("content")
                                .startsWith("default-src 'none'; style-src 'unsafe-inline'; img-src data:")));
        for (String tag : List.of("link", "iframe", "object", "form", "base")) {
            assertEquals(List.of(), elements(page, tag), tag);
        }
        for (Element element : elements(page, "*")) {
            for (String attribute : List.of("style", "onclick", "onload")) {
                assertFalse(element.hasAttribute(attribute), element.getTagName() + " " + attribute);
            }
            if (element.hasAttribute("src")) {
                assertEquals("img", element.getTagName());
                assertTrue(element.getAttribute("src").startsWith("data:image/svg+xml;base64,"));
                assertFalse(element.getAttribute("alt").isEmpty());
            }
            if (element.hasAttribute("href")) {
                String target = element.getAttribute("href");
                assertTrue(target.startsWith("#"), target);
                assertTrue(
                        elements(page, "*").stream()
                                .anyMatch(e -> e.getAttribute("id").equals(target.substring(1))),
                        target);
            }
        }
        for (Element style : elements(page, "style")) {
            String css = style.getTextContent();
            assertFalse(css.contains("url(") || css.contains("@import"), "style sheet loads something");
        }
        String rest = html.replace("/*! https://github.com/leeoniya/uPlot", "");
        for (String namespace : NAMESPACES) {
            rest = rest.replace("\"" + namespace + "\"", "");
        }
        assertFalse(rest.contains("http://") || rest.contains("https://"));
    }

    @ParameterizedTest
    @MethodSource("names")
    void write_scripts_areThoseThatThePolicyNames(String name) throws Exception {
        String html = html(report(name));
        Document page = parse(html);
        String policy = elements(page, "meta").stream()
                .filter(m -> m.getAttribute("http-equiv").equals("Content-Security-Policy"))
                .map(m -> m.getAttribute("content"))
                .findFirst()
                .orElseThrow();
        Matcher scripts =
                Pattern.compile("<script>(.*?)</script>", Pattern.DOTALL).matcher(html);
        int count = 0;
        while (scripts.find()) {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(scripts.group(1).getBytes(StandardCharsets.UTF_8));
            assertTrue(policy.contains("'sha256-" + Base64.getEncoder().encodeToString(hash) + "'"));
            count++;
        }
        assertEquals(2, count);
        assertFalse(policy.substring(policy.indexOf("script-src")).contains("unsafe"));
        for (Element data : elements(page, "script")) {
            if (data.hasAttribute("type")) {
                assertEquals("application/json", data.getAttribute("type"));
                assertTrue(new ObjectMapper().readTree(data.getTextContent()).isArray());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void write_anyReport_isAccessible(String name) throws Exception {
        Document page = parse(html(report(name)));
        Set<String> ids = new HashSet<>();
        elements(page, "*").stream()
                .filter(e -> e.hasAttribute("id"))
                .forEach(e -> assertTrue(ids.add(e.getAttribute("id")), e.getAttribute("id")));
        for (Element section : elements(page, "section")) {
            assertTrue(ids.contains(section.getAttribute("aria-labelledby")));
        }
        elements(page, "table")
                .forEach(t -> assertEquals(1, t.getElementsByTagName("caption").getLength()));
        elements(page, "th").forEach(t -> assertTrue(Set.of("col", "row").contains(t.getAttribute("scope"))));
    }

    @ParameterizedTest
    @MethodSource("names")
    void write_numbers_areThoseOfTheText(String name) throws Exception {
        CheckReport report = report(name);
        String page = parse(html(report)).getDocumentElement().getTextContent().replace('\u00a0', ' ');
        String text = Reports.print(out -> TextReport.write(report, Reports.provenance(), TextStyle.plain(), out));
        assertFalse(page.contains("NaN"));
        List<Finding> shown =
                report.findings().subList(0, Math.min(10, report.findings().size()));
        for (Finding finding : Stream.concat(
                        shown.stream(), report.requested().stream().map(RequestedRegion::finding))
                .toList()) {
            for (String number : List.of(
                    Digits.percent(finding.referenceMass().estimate()),
                    Digits.massInterval(finding.approximationMass()),
                    Digits.number(finding.ratio().estimate()),
                    Digits.ratioInterval(finding.ratio()))) {
                assertTrue(page.contains(number), number);
                assertTrue(text.contains(number), number);
            }
        }
    }

    @Test
    void write_hostileNames_stayText() throws Exception {
        Document page = parse(html(Reports.hostile()));
        assertTrue(page.getDocumentElement().getTextContent().contains("<script>alert(\"x\")</script>&amp;|`a``b`"));
        assertTrue(page.getDocumentElement().getTextContent().chars().noneMatch(c -> c == 0x1b || c == 0x202e));
    }

    @Test
    void write_finding_saysEverything() throws Exception {
        Document page = parse(html(Reports.finding()));
        String text = page.getDocumentElement().getTextContent();
        for (String part : List.of(
                "R-hat of tau is 1.02: the reference chains have not fully mixed.",
                "inconclusive: 12 effective draws in this region; 400 would do",
                "tau <= 0.5234567890123456",
                "Caution: approximation: fewer than 30 effective draws",
                "values of a parameter that no draw of either input reached",
                "a".repeat(64),
                "the first row, the mean of the approximation, was left out",
                "log_g__, log_p__",
                "draws alone do not give log densities",
                "Run the reference longer",
                "seed 1")) {
            assertTrue(text.contains(part), part);
        }
    }

    @Test
    void write_figure_hasARowForEachRegionAndArrowsForOpenEnds() throws Exception {
        Document page = parse(html(Reports.finding()));
        List<Element> bars = elements(page, "line").stream()
                .filter(e -> e.getAttribute("class").equals("bar"))
                .toList();
        assertEquals(6, bars.size());
        long tips = elements(page, "path").stream()
                .filter(e -> e.getAttribute("class").equals("tip"))
                .count();
        assertEquals(2, tips);
        double under = percent(bars.get(0).getAttribute("x1"));
        double one = elements(page, "line").stream()
                .filter(e -> e.getAttribute("class").equals("one"))
                .mapToDouble(e -> percent(e.getAttribute("x1")))
                .findFirst()
                .orElseThrow();
        assertTrue(under < percent(bars.get(0).getAttribute("x2")));
        assertTrue(percent(bars.get(0).getAttribute("x2")) < one);
        assertTrue(percent(bars.get(1).getAttribute("x1")) > one);
    }

    private static double percent(String value) {
        return Double.parseDouble(value.replace("%", ""));
    }

    @Test
    void write_twice_givesSameText() {
        assertEquals(html(Reports.finding()), html(Reports.finding()));
    }
}
