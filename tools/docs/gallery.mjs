// Pictures of docs/gallery from reports.  usage: node gallery.mjs REPORTS PICTURES; playwright-core beside it
import { chromium } from 'playwright-core';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [reports, pictures] = process.argv.slice(2).map(p => resolve(p));
mkdirSync(pictures, { recursive: true });
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });

const open = async (page, width, colorScheme) => {
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
    const tab = await context.newPage();
    tab.on('console', m => console.log(page, m.text()));
    tab.on('pageerror', e => console.log(page, e.message));
    await tab.goto(pathToFileURL(join(reports, page)).href);
    return tab;
};

// the top of each example's page, both widths, both themes
const examples = {
    eight_schools: 'eight_schools/advi_meanfield/report.html', bimodal_location: 'bimodal_location/laplace/report.html',
    neal_funnel: 'neal_funnel/advi_meanfield/report.html', logistic_breast_cancer: 'logistic_breast_cancer/laplace/report.html',
    screening: 'screening/meanfield/report.html' };
for (const [name, page] of Object.entries(examples)) {
    for (const width of [1280, 420]) {
        for (const theme of ['light', 'dark']) {
            const tab = await open(page, width, theme);
            await tab.screenshot({ path: join(pictures, `${name}-${width}-${theme}.png`), fullPage: true, clip: { x: 0, y: 0, width, height: width === 420 ? 1500 : 1200 } });
            await tab.context().close();
        }
    }
}

// single parts: page, what to open, what to show
const parts = [
    ['tail', 'logistic_breast_cancer/laplace/report.html', k => k.kind === 'tail' && k.direction === 'under'],
    ['boundary', 'eight_schools/advi_meanfield/report.html', k => k.kind === 'boundary'],
    ['mode-missing', 'bimodal_location/laplace/report.html', k => k.kind === 'mode'],
    ['mode-invented', 'bimodal_location/advi_meanfield/report.html', k => k.kind === 'mode'],
    ['weight', 'neal_funnel/advi_meanfield/report.html', k => k.kind === 'weight'],
    ['correlation', 'screening/meanfield/report.html', k => k.kind === 'correlation'],
    ['joint', 'screening/meanfield/report.html', k => k.kind === 'joint'],
];
const { readFileSync } = await import('node:fs');
for (const [name, page, wanted] of parts) {
    const report = JSON.parse(readFileSync(join(reports, page.replace('.html', '.json')), 'utf8'));
    const finding = report.findings.find(wanted);
    if (!finding) { console.log('no finding for ' + name); continue; }
    const tab = await open(page, 1000, 'light');
    const card = tab.locator('#region-' + finding.id);
    await card.locator('details.panel').evaluate(d => { d.open = true; });
    await card.scrollIntoViewIfNeeded();
    await tab.waitForFunction(id => document.querySelector('#region-' + id + ' canvas'), finding.id);
    await card.evaluate(e => { e.querySelector('.panel > dl')?.remove(); });
    await card.screenshot({ path: join(pictures, name + '.png') });
    await tab.context().close();
}
for (const [name, page, heading] of [
    ['mass-map', 'eight_schools/advi_meanfield/report.html', 'mass-map'], ['balls', 'eight_schools/advi_meanfield/report.html', 'balls'],
    ['modes', 'bimodal_location/laplace/report.html', 'modes'], ['comparison', 'eight_schools/comparison.html', 'regions'] ]) {
    const tab = await open(page, 1000, 'light');
    const section = tab.locator(`section[aria-labelledby="${heading}"]`);
    if (await section.count() === 0) { console.log('no section ' + heading); continue; }
    await section.scrollIntoViewIfNeeded();
    await tab.waitForTimeout(300);
    await section.screenshot({ path: join(pictures, name + '.png') });
    await tab.context().close();
}
await browser.close();
