package org.localmass.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The system's Chromium. {@code -Dlocalmass.browser} names it, {@code -Dlocalmass.playwright} a folder with npm's
 * playwright-core, see tools/ci/driver.sh. A test that needs them is skipped where neither is given, and fails where one
 * is given and does not work.
 */
final class Browser implements AutoCloseable {
    private final Playwright playwright;
    private final com.microsoft.playwright.Browser chromium;

    private Browser(Playwright playwright, com.microsoft.playwright.Browser chromium) {
        this.playwright = playwright;
        this.chromium = chromium;
    }

    static Browser open() {
        String program = System.getProperty("localmass.browser", "");
        String driver = System.getProperty("localmass.playwright", "");
        assumeTrue(
                !program.isEmpty() || !driver.isEmpty(),
                "no browser: set -Dlocalmass.browser and -Dlocalmass.playwright, see tools/ci/driver.sh");
        assertTrue(Files.isExecutable(Path.of(program)), "localmass.browser is no program: " + program);
        assertTrue(
                Files.isRegularFile(Path.of(driver, "package", "cli.js")),
                "localmass.playwright holds no package/cli.js: " + driver);
        System.setProperty("playwright.cli.dir", driver);
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        environment.putIfAbsent("PLAYWRIGHT_NODEJS_PATH", node());
        Playwright playwright = Playwright.create(new Playwright.CreateOptions().setEnv(environment));
        return new Browser(
                playwright,
                playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(Path.of(program))
                                .setArgs(List.of(
                                        "--no-sandbox",
                                        "--disable-gpu",
                                        "--disable-background-networking",
                                        "--disable-component-update",
                                        "--disable-sync"))));
    }

    private static String node() {
        for (String folder : System.getenv("PATH").split(java.io.File.pathSeparator, -1)) {
            Path node = Path.of(folder, "node");
            if (Files.isExecutable(node)) {
                return node.toString();
            }
        }
        throw new AssertionError("no node on the PATH");
    }

    /** One tab, with what went wrong in it. */
    static final class Tab implements AutoCloseable {
        private final BrowserContext context;
        final Page page;
        /** Console messages, errors, dialogs and requests for anything but the file. */
        final List<String> problems = new ArrayList<>();

        private Tab(BrowserContext context) {
            this.context = context;
            this.page = context.newPage();
            page.onConsoleMessage(m -> problems.add(m.type() + ": " + m.text()));
            page.onPageError(problems::add);
            page.onDialog(d -> {
                problems.add("dialog " + d.message());
                d.dismiss();
            });
            page.onRequest(r -> {
                if (!r.url().startsWith("file:") && !r.url().startsWith("data:")) {
                    problems.add("request " + r.url());
                }
            });
        }

        Tab go(Path file) {
            page.navigate(file.toUri().toString());
            return this;
        }

        boolean truth(String script) {
            return Boolean.TRUE.equals(page.evaluate(script));
        }

        String text(String script) {
            return String.valueOf(page.evaluate(script));
        }

        int count(String script) {
            return ((Number) page.evaluate(script)).intValue();
        }

        /** Violations of serious or critical impact that axe-core finds. */
        String violations() throws IOException {
            try (InputStream axe =
                    Objects.requireNonNull(Browser.class.getResourceAsStream("/axe.min.js"), "axe.min.js")) {
                page.evaluate(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
            }
            return text(
                    """
                    async () => {
                        const result = await axe.run(document, { resultTypes: ['violations'] });
                        return result.violations.filter(v => ['serious', 'critical'].includes(v.impact))
                            .map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.target + ' ' + n.failureSummary).join(' | ')).join('\\n');
                    }
                    """);
        }

        @Override
        public void close() {
            context.close();
        }
    }

    Tab tab(int width, boolean dark) {
        return tab(width, dark, true);
    }

    Tab tab(int width, boolean dark, boolean script) {
        return new Tab(chromium.newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                .setViewportSize(width, 900)
                .setJavaScriptEnabled(script)
                .setColorScheme(dark ? ColorScheme.DARK : ColorScheme.LIGHT)));
    }

    @Override
    public void close() {
        chromium.close();
        playwright.close();
    }
}
