package org.localmass.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.localmass.core.internal.TwoDigits;

/** The pages in a real browser. */
class BrowserTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final List<String> EXAMPLES =
            List.of("eight_schools", "bimodal_location", "neal_funnel", "logistic_breast_cancer", "screening");

    @TempDir
    private static Path folder = Path.of("");

    private static Browser browser = placeholder();

    @SuppressWarnings("NullAway")
    private static Browser placeholder() {
        return null;
    }

    @BeforeAll
    static void open() throws IOException {
        browser = Browser.open();
        report("eight_schools", "--region", "tau < 0.5", "--region", "tau < 0.5 & theta[1] > 5", "--ball", "tau=0");
        report("bimodal_location", "--region", "abs(mu) < 1");
        report(
                "neal_funnel",
                "--reference",
                CommandRun.example("neal_funnel/exact_draws.csv.gz"),
                "--region",
                "v < -5");
        report("logistic_breast_cancer", "--region", "norm(theta) > 5.67");
        result("mass", "mass", "--dist", "horseshoe(1)", "--at", "0", "--radii", "1e-300:1:13");
        result("index", "index", "--dist", "spike_slab(0.3, normal(0,1))", "--at", "0");
        result(
                "divergence",
                "divergence",
                "--from",
                "normal(0,1)",
                "--to",
                "student_t(3,0,1)",
                "--at",
                "0",
                "--radii",
                "0.1:10:9");
        result("fit", "fit", "--model", "far3(d=2)", "--region", "x1 > 5", "--draws", "10");
        CommandRun screening = CommandRun.of(
                "check",
                "--approx",
                CommandRun.example("screening/meanfield.csv"),
                "--reference",
                CommandRun.example("screening/mcmc_1.csv"),
                CommandRun.example("screening/mcmc_2.csv"),
                "--out",
                folder.resolve("screening/meanfield").toString(),
                "--quiet");
        assertTrue(screening.code() <= 1, screening.err());
    }

    private static void result(String name, String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--quiet", "--out", folder.resolve(name).toString()));
        CommandRun run = CommandRun.of(all.toArray(String[]::new));
        assertEquals(0, run.code(), run.err());
    }

    private static void report(String example, String... more) {
        List<String> args = new ArrayList<>(List.of("check", CommandRun.example(example), "--quiet", "--out"));
        args.add(folder.resolve(example).toString());
        args.addAll(List.of(more));
        CommandRun run = CommandRun.of(args.toArray(String[]::new));
        assertTrue(run.code() <= 1, run.err());
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
    }

    private Path page(String example) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve(example))) {
            return files.filter(f -> f.endsWith("report.html"))
                    .min(java.util.Comparator.comparing(
                                    (Path f) -> !f.toString().contains("meanfield"))
                            .thenComparing(f -> f))
                    .orElseThrow();
        }
    }

    private List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(f -> f.toString().endsWith(".html")).sorted().toList();
        }
    }

    private static JsonNode json(Path page) throws IOException {
        return MAPPER.readTree(Files.readString(page.resolveSibling("report.json")));
    }

    static Stream<Arguments> looks() {
        return Stream.of(1280, 420).flatMap(w -> Stream.of(false, true).map(dark -> Arguments.of(w, dark)));
    }

    @ParameterizedTest(name = "{0} px, dark {1}")
    @MethodSource("looks")
    void everyPage_opensQuietlyAndFits(int width, boolean dark) throws IOException {
        List<Path> pages = pages();
        assertTrue(pages.size() >= 17, pages.toString());
        for (Path page : pages) {
            try (Browser.Tab tab = browser.tab(width, dark).go(page)) {
                tab.page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })");
                tab.page.evaluate("scrollTo(0, document.body.scrollHeight)");
                tab.page.waitForTimeout(50);
                assertEquals(List.of(), tab.problems, page.toString());
                assertTrue(
                        tab.truth("document.documentElement.scrollWidth <= document.documentElement.clientWidth"),
                        page + " scrolls sideways");
                assertEquals(1, tab.count("document.querySelectorAll('h1').length"), page.toString());
                int[] ink = Arrays.stream(tab.text("getComputedStyle(document.body).color")
                                .replaceAll("[^0-9,]", "")
                                .split(","))
                        .mapToInt(Integer::parseInt)
                        .toArray();
                assertEquals(dark, ink[0] + ink[1] + ink[2] > 382, page.toString());
            }
        }
    }

    @Test
    void violations_ofABadPage_areFound() throws IOException {
        try (Browser.Tab tab = browser.tab(1280, false)) {
            tab.page.setContent("<html><body><img src='data:,'><input></body></html>");
            assertTrue(tab.violations().contains("image-alt"), tab.violations());
        }
    }

    @ParameterizedTest(name = "{0} px, dark {1}")
    @CsvSource({"1280, false", "420, true"})
    void everyExample_hasNoSeriousViolation(int width, boolean dark) throws IOException {
        List<Path> pages = new ArrayList<>();
        for (String example : EXAMPLES) {
            pages.add(page(example));
        }
        pages.add(folder.resolve("eight_schools/comparison.html"));
        for (String result : List.of("mass", "index", "divergence", "fit")) {
            pages.add(folder.resolve(result).resolve("report.html"));
        }
        for (Path page : pages) {
            try (Browser.Tab tab = browser.tab(width, dark).go(page)) {
                tab.page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })");
                assertEquals("", tab.violations(), page.toString());
            }
        }
    }

    @Test
    void forest_click_opensTheRegionAndDrawsIt() throws IOException {
        Path page = page("eight_schools");
        String id = json(page).get("findings").get(1).get("id").asText();
        try (Browser.Tab tab = browser.tab(1280, false).go(page)) {
            String panel = "document.querySelector('#region-" + id + " details.panel')";
            assertFalse(tab.truth(panel + ".open"));
            tab.page.click(".forest a[href='#region-" + id + "'] text");
            tab.page.waitForFunction("() => " + panel + ".open && " + panel + ".querySelector('canvas')");
            assertTrue(
                    tab.truth("(() => { const c = " + panel + ".querySelector('canvas'); const d = c.getContext('2d')"
                            + ".getImageData(0, 0, c.width, c.height).data; return d.some(v => v > 0); })()"));
            assertEquals(id, tab.text("document.activeElement.querySelector('.id').textContent"));
            assertEquals(List.of(), tab.problems);
        }
    }

    @Test
    void map_filterAndOrder_work() throws IOException {
        Path page = page("eight_schools");
        JsonNode rows = json(page).at("/massMap/rows");
        try (Browser.Tab tab = browser.tab(1280, false).go(page)) {
            String visible = "[...document.querySelectorAll('#map tbody tr')].filter(r => !r.hidden).length";
            assertEquals(rows.size(), tab.count(visible));
            tab.page.fill("#map-filter", "^theta\\[[12]\\]$");
            assertEquals(2, tab.count(visible));
            assertEquals("2 of " + rows.size() + " parameters", tab.page.textContent("#map-count"));
            tab.page.fill("#map-filter", "(");
            assertEquals("true", tab.page.getAttribute("#map-filter", "aria-invalid"));
            assertEquals("not a regular expression", tab.page.textContent("#map-count"));
            tab.page.fill("#map-filter", "");
            assertEquals(rows.size(), tab.count(visible));
            tab.page.selectOption("#map-order", "deviation");
            assertEquals("tau", tab.page.textContent("#map tbody tr:first-child th"));
            tab.page.selectOption("#map-order", "name");
            assertEquals("mu", tab.page.textContent("#map tbody tr:first-child th"));
            assertEquals(List.of(), tab.problems);
        }
    }

    @Test
    void map_arrowKeys_walkThroughTheCells() throws IOException {
        try (Browser.Tab tab = browser.tab(1280, false).go(page("eight_schools"))) {
            tab.page.focus("#map tbody tr:first-child td");
            tab.page.keyboard().press("ArrowDown");
            tab.page.keyboard().press("ArrowRight");
            String detail = tab.page.textContent("#map-detail");
            assertTrue(detail.matches("[0-9.]+ < tau <= [0-9.]+: p .* %, q 0 %; ratio 0 \\(at most .*"), detail);
            assertEquals(1, tab.count("document.querySelectorAll('#map td[tabindex=\"0\"]').length"));
        }
    }

    @Test
    void numbers_ofThePage_areThoseOfReportJson() throws IOException {
        for (String example : EXAMPLES) {
            Path page = page(example);
            JsonNode report = json(page);
            try (Browser.Tab tab = browser.tab(1280, false).go(page)) {
                assertEquals(plain(report.get("headline").asText()), plain(tab.page.textContent("h1")));
                for (JsonNode finding : report.get("findings")) {
                    String card = "#region-" + finding.get("id").asText();
                    String text = finding.get("kind").asText().equals("requested")
                            ? tab.text("document.querySelector('#requested').parentElement.textContent")
                            : tab.page.textContent(card);
                    for (String mass : List.of("referenceMass", "approximationMass")) {
                        String share = TwoDigits.percent(
                                finding.at("/" + mass + "/estimate").asDouble());
                        assertTrue(plain(text).contains(share), card + " " + share);
                    }
                    String ratio =
                            TwoDigits.number(finding.at("/ratio/estimate").asDouble());
                    assertTrue(plain(text).contains(ratio), card + " " + ratio);
                }
                JsonNode rows = report.at("/massMap/rows");
                assertEquals(rows.size(), tab.count("document.querySelectorAll('#map tbody tr').length"));
                for (int i = 0; i < rows.size(); i++) {
                    String cells = "[...document.querySelectorAll('#map tbody tr')[" + i + "].cells]";
                    assertEquals(rows.get(i).get("parameter").asText(), tab.text(cells + "[0].textContent"));
                    for (int k = 0; k < rows.get(i).get("ratio").size(); k++) {
                        double expected = rows.get(i).get("ratio").get(k).asDouble();
                        String shown = tab.text(cells + "[" + (k + 1) + "].textContent");
                        if (expected > 0.001 && expected < 1000) {
                            assertEquals(expected, Double.parseDouble(shown), 0.051 * expected, example + " " + i);
                        }
                    }
                }
            }
        }
    }

    private static String plain(String text) {
        return text.replace('\u00a0', ' ').replaceAll("\\s+", " ").strip();
    }

    @Test
    void numbers_ofAResult_areThoseOfItsJson() throws IOException {
        Path page = folder.resolve("divergence/report.html");
        JsonNode certificates = json(page).get("certificate");
        try (Browser.Tab tab = browser.tab(1280, false).go(page)) {
            assertEquals(certificates.size(), tab.count("document.querySelectorAll('tbody tr').length"));
            for (int i = 0; i < certificates.size(); i++) {
                double shown = Double.parseDouble(
                        tab.text("document.querySelectorAll('tbody tr')[" + i + "].lastElementChild.textContent"));
                double exact = certificates.get(i).asDouble();
                assertTrue(shown >= exact && shown < 1.01 * exact, shown + " for " + exact);
            }
        }
    }

    @Test
    void numbers_ofAFit_areThoseOfItsJson() throws IOException {
        Path page = folder.resolve("fit/report.html");
        JsonNode fit = MAPPER.readTree(Files.readString(page.resolveSibling("fit.json")));
        try (Browser.Tab tab = browser.tab(1280, false).go(page)) {
            assertEquals(fit.get("verdict").asText(), tab.page.textContent(".badge"));
            String row = plain(
                    tab.text("document.querySelector('#regions').parentElement.querySelector('tbody tr').textContent"));
            JsonNode region = fit.at("/regions/0");
            assertTrue(row.startsWith(region.get("region").asText()), row);
            assertTrue(row.contains(TwoDigits.percent(region.get("mass").asDouble())), row);
            assertTrue(row.contains(TwoDigits.number(region.at("/rho/estimate").asDouble())), row);
            tab.page.evaluate("document.querySelector('#traces').scrollIntoView()");
            tab.page.waitForFunction("() => document.querySelectorAll('section canvas').length >= 1");
            assertEquals(List.of(), tab.problems);
        }
    }

    @Test
    void withoutScript_figuresAreThereAsPictures() throws IOException {
        try (Browser.Tab tab = browser.tab(1280, false, false).go(page("eight_schools"))) {
            tab.page.click("#region-F1 summary");
            var picture = tab.page.locator("#region-F1 img");
            picture.waitFor();
            assertTrue(picture.boundingBox().height > 100);
            assertFalse(tab.page.locator("#region-F1 .plot").isVisible());
            assertFalse(tab.page.locator(".maptools").isVisible());
            assertTrue(tab.page.locator("#map td").first().isVisible());
            assertEquals(List.of(), tab.problems);
        }
    }

    @Test
    void darkMode_change_redrawsTheCharts() throws IOException {
        try (Browser.Tab tab = browser.tab(1280, false).go(page("eight_schools"))) {
            tab.page.evaluate("document.querySelector('#region-R1 details').open = true");
            tab.page.evaluate("document.querySelector('#region-R1').scrollIntoView()");
            tab.page.waitForFunction("() => document.querySelector('#region-R1 canvas')");
            String brightest =
                    "(() => { const c = document.querySelector('#region-R1 canvas'); const d = c.getContext('2d')"
                            + ".getImageData(0, 0, c.width, c.height).data; let most = 0; for (let i = 0; i < d.length; i += 4)"
                            + " if (d[i + 3] > 250) most = Math.max(most, d[i] + d[i + 1] + d[i + 2]); return most; })()";
            int light = tab.count(brightest);
            tab.page.emulateMedia(new com.microsoft.playwright.Page.EmulateMediaOptions()
                    .setColorScheme(com.microsoft.playwright.options.ColorScheme.DARK));
            tab.page.waitForTimeout(100);
            tab.page.waitForFunction("() => document.querySelectorAll('#region-R1 canvas').length === 1");
            int reference = tab.count(
                    "(() => { const c = document.querySelector('#region-R1 canvas'); const d ="
                            + " c.getContext('2d').getImageData(0, 0, c.width, c.height).data; let n = 0; for (let i = 0; i <"
                            + " d.length; i += 4) if (d[i] === 0xc3 && d[i + 1] === 0xca && d[i + 2] === 0xd3) n++; return n; })()");
            assertTrue(reference > 100, "no line in the dark theme's colour; brightest before " + light);
            assertEquals(List.of(), tab.problems);
        }
    }

    @Test
    void paper_showsEveryPanelOnA4() throws IOException {
        try (Browser.Tab tab = browser.tab(1280, true).go(page("eight_schools"))) {
            byte[] pdf = tab.page.pdf(new com.microsoft.playwright.Page.PdfOptions()
                    .setFormat("A4")
                    .setPrintBackground(true));
            assertTrue(pdf.length > 50_000, "only " + pdf.length + " bytes");
            assertEquals(List.of(), tab.problems);
            assertFalse(tab.truth("document.querySelector('#region-F2 details.panel').open"));
        }
    }

    @Test
    void hostileNames_stayText(@TempDir Path work) throws IOException {
        List<String> names = List.of(
                "<img src=x onerror=alert(1)>", "</script><script>alert(2)</script>", "'\"`${alert(3)}", "]]><!--");
        Path p = work.resolve("p.csv");
        Path q = work.resolve("q.csv");
        draws(p, names, 600, 1, 1);
        draws(q, names, 600, 2, 0.4);
        CommandRun run = CommandRun.of(
                "check",
                "--approx",
                q.toString(),
                "--reference",
                p.toString(),
                "--out",
                work.resolve("out").toString(),
                "--quiet");
        assertEquals(1, run.code(), run.err());
        try (Browser.Tab tab = browser.tab(1280, false).go(work.resolve("out/report.html"))) {
            tab.page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })");
            tab.page.evaluate("document.querySelector('.plot').scrollIntoView()");
            tab.page.waitForFunction("() => document.querySelector('canvas')");
            tab.page.fill("#map-filter", "script");
            tab.page.hover("#map tbody tr:not([hidden]) td");
            tab.page.waitForTimeout(50);
            assertEquals(List.of(), tab.problems);
            assertEquals(names.get(1), tab.page.textContent("#map tbody tr:not([hidden]) th"));
            assertEquals(0, tab.count("document.querySelectorAll('main img[src=x]').length"));
        }
    }

    /** Sizes of the issue: 100 parameters below 3 MB, 1,000 below 8 MB; both usable. */
    @ParameterizedTest(name = "{0} parameters, {1} MB")
    @MethodSource("sizes")
    void manyParameters_pageStaysSmallAndUsable(int parameters, int megabytes, @TempDir Path work) throws IOException {
        List<String> names = new ArrayList<>();
        for (int j = 1; j <= parameters; j++) {
            names.add("beta[" + j + "]");
        }
        Path p = work.resolve("p.csv");
        Path q = work.resolve("q.csv");
        draws(p, names, 400, 1, 1);
        draws(q, names, 400, 2, 0.3);
        CommandRun run = CommandRun.of(
                "check",
                "--approx",
                q.toString(),
                "--reference",
                p.toString(),
                "--out",
                work.resolve("out").toString(),
                "--quiet");
        assertEquals(1, run.code(), run.err());
        Path page = work.resolve("out/report.html");
        assertTrue(Files.size(page) < megabytes * 1_000_000L, Files.size(page) + " bytes");
        try (Browser.Tab tab = browser.tab(420, false).go(page)) {
            tab.page.fill("#map-filter", "\\[" + parameters + "\\]");
            assertEquals("1 of " + parameters + " parameters", tab.page.textContent("#map-count"));
            assertEquals(List.of(), tab.problems);
            assertTrue(tab.truth("document.documentElement.scrollWidth <= document.documentElement.clientWidth"));
        }
    }

    static Stream<Arguments> sizes() {
        return Stream.of(Arguments.of(100, 3), Arguments.of(1000, 8));
    }

    /** Normal draws with the given standard deviation. */
    private static void draws(Path file, List<String> names, int n, long seed, double sd) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> lines = new ArrayList<>();
        lines.add(String.join(
                ",",
                names.stream().map(s -> '"' + s.replace("\"", "\"\"") + '"').toList()));
        for (int i = 0; i < n; i++) {
            List<String> row = new ArrayList<>(Collections.nCopies(names.size(), ""));
            row.replaceAll(x -> String.format(Locale.ROOT, "%.6f", sd * random.nextGaussian()));
            lines.add(String.join(",", row));
        }
        Files.write(file, lines);
    }
}
