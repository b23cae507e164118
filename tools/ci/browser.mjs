// Opens every report page below a folder in Chromium: two widths, two colour schemes, no network, no error.
// usage: node browser.mjs FOLDER [SCREENSHOTS]; ends with "N passed, N failed"
import { chromium } from 'playwright-core';
import { readdirSync, readFileSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = resolve(process.argv[2]);
const shots = process.argv[3];
if (shots) mkdirSync(shots, { recursive: true });
const pages = readdirSync(root, { recursive: true }).filter(f => f.endsWith('.html')).sort();
let passed = 0, failed = 0;
const expect = (ok, what) => { if (ok) passed++; else { failed++; console.log('FAILED: ' + what); } };

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
expect(pages.length > 0, 'no page below ' + root);
for (const name of pages) {
    for (const width of [1280, 420]) {
        for (const colorScheme of ['light', 'dark']) {
            const where = `${name} at ${width}, ${colorScheme}`;
            const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
            const page = await context.newPage();
            const problems = [];
            page.on('console', m => { if (['error', 'warning'].includes(m.type())) problems.push(m.text()); });
            page.on('pageerror', e => problems.push(String(e)));
            page.on('request', r => { if (!r.url().startsWith('file:') && !r.url().startsWith('data:')) problems.push('request ' + r.url()); });
            await page.goto(pathToFileURL(join(root, name)).href);
            const seen = await page.evaluate(() => ({
                wide: document.documentElement.scrollWidth > document.documentElement.clientWidth,
                text: document.body.innerText.replace(/\s+/g, ' '),
                ink: getComputedStyle(document.body).color,
                headings: document.querySelectorAll('h1').length,
                lang: document.documentElement.lang,
                policy: document.querySelector('meta[http-equiv="Content-Security-Policy"]')?.content ?? '' }));
            expect(problems.length === 0, where + ': ' + problems.join('; '));
            expect(!seen.wide, where + ': scrolls sideways');
            expect(seen.headings === 1 && seen.lang === 'en', where + ': one h1 and a language');
            expect(seen.policy.includes("default-src 'none'"), where + ': Content-Security-Policy');
            const light = (seen.ink.match(/\d+/g) ?? ['0']).slice(0, 3).reduce((a, b) => a + Number(b), 0) < 382;
            expect(light === (colorScheme === 'light'), where + ': text colour ' + seen.ink);
            const json = join(root, dirname(name), 'report.json');
            if (name.endsWith('report.html') && existsSync(json)) {
                const report = JSON.parse(readFileSync(json, 'utf8'));
                const plain = s => s.replace(/\s+/g, ' ');
                expect(seen.text.includes(plain(report.headline)), where + ': the headline of report.json');
                for (const f of report.findings.slice(0, 10)) {
                    expect(seen.text.includes(plain(f.region)), where + ': region ' + f.region);
                }
            }
            if (shots) await page.screenshot({ path: join(shots, `${relative('.', name).replaceAll('/', '-')}-${width}-${colorScheme}.png`), fullPage: true });
            await context.close();
        }
    }
}
await browser.close();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
