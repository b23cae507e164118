// Behaviour of a Localmass page. Everything is readable without it; it draws the charts, opens regions, sorts and filters.
(() => {
    'use strict';
    const read = id => {
        const element = document.getElementById(id);
        return element ? JSON.parse(element.textContent) : [];
    };
    const plots = new Map(read('charts').map(p => [p.id, p]));
    const drawn = new Map();

    // ---- numbers
    const number = v => {
        if (v === null || v === undefined) return '';
        const size = Math.abs(v);
        if (v === 0) return '0';
        return size >= 1e5 || size < 1e-3 ? v.toExponential(1).replace('.0e', 'e').replace('e+', 'e') : String(parseFloat(v.toPrecision(4)));
    };

    // ---- charts, by uPlot
    let printing = false;
    const colours = () => {
        const style = getComputedStyle(document.documentElement);
        const of = name => style.getPropertyValue('--' + name).trim();
        return { text: of('text'), soft: of('soft'), line: of('line'), panel: of('panel'), shade: of('shade'), reference: of('p'), approximation: of('q'),
            under: of('under'), over: of('over'), agrees: of('agrees'), open: of('open') };
    };
    const alpha = (colour, share) => colour + Math.round(share * 255).toString(16).padStart(2, '0');

    const columns = plot => {
        // one x for all series, as uPlot wants it
        const first = plot.series[0];
        if (first.form === 'steps' || first.form === 'line') return first.x;
        const all = [];
        plot.series.forEach((s, i) => s.x.forEach((x, k) => all.push([x, s.y[k], i])));
        all.sort((a, b) => a[0] - b[0]);
        return all;
    };

    const options = (plot, width, height) => {
        const c = colours();
        const font = '12px system-ui, "Segoe UI", Roboto, Arial, sans-serif';
        const series = [{}];
        const bands = [];
        const shared = columns(plot);
        // on a log axis zero is the floor
        const positive = plot.y.log ? plot.series.flatMap(s => [...s.y, ...(s.low || []), ...(s.high || [])]).filter(v => v > 0) : [];
        const floor = positive.length ? Math.min(...positive) / 3 : 0;
        const lift = values => plot.y.log ? values.map(v => v === null ? null : Math.max(v, floor)) : values;
        const scattered = Array.isArray(shared[0]);
        const data = [scattered ? shared.map(r => r[0]) : shared];
        plot.series.forEach((s, i) => {
            const colour = c[s.role];
            const dash = s.role === 'approximation' ? [6, 3] : undefined;
            if (s.form === 'steps') {
                series.push({ label: s.name, stroke: colour, width: 2, fill: s.role === 'reference' ? alpha(colour, 0.18) : undefined,
                    dash, paths: uPlot.paths.stepped({ align: 1 }), points: { show: false } });
                data.push([...s.y, s.y[s.y.length - 1]]);
            } else if (s.form === 'line') {
                series.push({ label: s.name, stroke: colour, width: 2, dash, points: { show: true, size: 6, stroke: colour, fill: colour } });
                data.push(plot.y.log ? s.y.map(v => v > 0 ? v : null) : s.y);
                if (s.low) {
                    const edge = { stroke: colour, width: 0.75, points: { show: false } };
                    series.push({ ...edge, label: s.name + ', upper' }, { ...edge, label: s.name + ', lower' });
                    bands.push({ series: [series.length - 2, series.length - 1], fill: alpha(colour, 0.14) });
                    data.push(lift(s.high), lift(s.low));
                }
            } else {
                const faint = s.form === 'faint-points';
                const hue = faint ? alpha(colour, 0.45) : colour;
                series.push({ label: s.name, stroke: hue, paths: () => null,
                    points: { show: true, size: faint ? 4 : 6.5, width: 1, stroke: hue, fill: s.role === 'reference' ? hue : (faint ? undefined : alpha(colour, 0.35)) } });
                data.push(shared.map(r => r[2] === i ? r[1] : null));
            }
        });
        const scale = axis => axis.log
            ? { time: false, distr: 3, range: (u, low, high) => low === null || low === undefined || !(low < high) ? [(low || 1) / 2, (high || 1) * 2] : [low / 1.15, high * 1.15] }
            : axis.from !== null ? { time: false, range: [axis.from, axis.to] } : { time: false };
        const y = scale(plot.y);
        if (plot.series[0].form === 'steps') y.range = (u, low, high) => [0, high * 1.08 || 1];
        const decades = (u, i, low, high) => {
            const from = Math.ceil(Math.log10(low) - 1e-9);
            const to = Math.floor(Math.log10(high) + 1e-9);
            const step = Math.max(1, Math.ceil((to - from) / 7));
            const ticks = [];
            for (let k = from - 1; k <= to; k++) for (const m of to - from < 2 ? [1, 2, 5] : [1]) {
                const tick = Number(m + 'e' + k);
                if (tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9) && (m > 1 || (k - from) % step === 0)) ticks.push(tick);
            }
            return ticks;
        };
        const axis = (label, log) => ({ label, ...(log ? { splits: decades, filter: (u, ticks) => ticks } : {}), labelFont: font, font, stroke: c.soft, grid: { stroke: c.line, width: 1 }, ticks: { stroke: c.line, width: 1, size: 5 },
            values: (u, ticks) => ticks.map(number), labelSize: 20 });
        return [{
            width, height, series, bands,
            padding: [12, 12, 0, 0],
            scales: { x: scale(plot.x), y },
            axes: [{ ...axis(plot.x.label, plot.x.log), size: 34 },
                { ...axis(plot.y.label, plot.y.log), size: (u, values) => 16 + 7 * Math.max(3, ...(values || []).map(v => v.length)) }],
            legend: { show: false },
            cursor: { drag: { x: false, y: false, setScale: false }, points: scattered ? { show: false } : {}, x: !scattered, y: false },
            hooks: {
                drawClear: [u => {
                    u.ctx.save();
                    u.ctx.fillStyle = c.shade;
                    for (const [from, to] of plot.shades) {
                        const low = from === null ? u.scales.x.min : Math.max(from, u.scales.x.min);
                        const high = to === null ? u.scales.x.max : Math.min(to, u.scales.x.max);
                        const left = u.valToPos(low, 'x', true);
                        u.ctx.fillRect(left, u.bbox.top, Math.max(2, u.valToPos(high, 'x', true) - left), u.bbox.height);
                    }
                    u.ctx.restore();
                }],
                setCursor: [u => {
                    const out = u.root.parentElement && u.root.parentElement.nextElementSibling;
                    if (!out || !out.classList.contains('readout') || scattered) return;
                    const i = u.cursor.idx;
                    if (i === null || i === undefined) { out.textContent = '\u00a0'; return; }
                    const parts = plot.series.map(s => s.name + ' ' + (number(s.y[Math.min(i, s.y.length - 1)]) || 'none'));
                    out.textContent = plot.x.label + ' ' + number(data[0][i]) + ': ' + parts.join(', ');
                }]
            }
        }, data];
    };

    const draw = box => {
        const plot = plots.get(box.dataset.chart);
        if (!plot || box.clientWidth === 0) return;
        const old = drawn.get(box);
        if (old) old.destroy();
        const [opts, data] = options(plot, printing ? 620 : box.clientWidth, box.clientHeight);
        drawn.set(box, new uPlot(opts, data, box));
    };
    const boxes = [...document.querySelectorAll('.plot[data-chart]')];
    const seen = new IntersectionObserver(entries => {
        for (const e of entries) if (e.isIntersecting && !drawn.has(e.target)) draw(e.target);
    }, { rootMargin: '200px' });
    const sized = new ResizeObserver(entries => {
        for (const e of entries) {
            const chart = drawn.get(e.target);
            if (chart && !printing && e.target.clientWidth > 0 && Math.abs(chart.width - e.target.clientWidth) > 1)
                chart.setSize({ width: e.target.clientWidth, height: e.target.clientHeight });
        }
    });
    boxes.forEach(b => { seen.observe(b); sized.observe(b); });
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => [...drawn.keys()].forEach(draw));

    // ---- regions open when they are asked for
    const reveal = () => {
        const id = decodeURIComponent(location.hash.slice(1));
        const target = id && document.getElementById(id);
        if (!target) return;
        for (let e = target; e; e = e.parentElement) if (e.tagName === 'DETAILS') e.open = true;
        const panel = target.querySelector(':scope > details.panel');
        if (panel) panel.open = true;
        target.scrollIntoView({ block: 'start' });
        const heading = target.querySelector('h3');
        if (heading) { heading.tabIndex = -1; heading.focus({ preventScroll: true }); }
    };
    addEventListener('hashchange', reveal);
    document.addEventListener('click', e => {
        const link = e.target.closest && e.target.closest('a[href^="#"]');
        if (link && link.getAttribute('href') === location.hash) reveal();
    });
    if (location.hash) reveal();

    // ---- paper: everything open, charts in the colours and width of the page
    let closed = [];
    addEventListener('beforeprint', () => {
        printing = true;
        closed = [...document.querySelectorAll('details.panel:not([open])')];
        closed.forEach(d => { d.open = true; });
        boxes.forEach(draw);
    });
    addEventListener('afterprint', () => {
        printing = false;
        closed.forEach(d => { d.open = false; });
        [...drawn.keys()].forEach(draw);
    });

    // ---- copying
    for (const code of document.querySelectorAll('code.copy')) {
        const button = document.createElement('button');
        button.type = 'button';
        button.textContent = 'Copy';
        button.addEventListener('click', async () => {
            try {
                await navigator.clipboard.writeText(code.textContent);
                button.textContent = 'Copied';
            } catch {
                getSelection().selectAllChildren(code);
                button.textContent = 'Selected';
            }
            setTimeout(() => { button.textContent = 'Copy'; }, 2000);
        });
        code.after(' ', button);
    }

    // ---- mass map
    const table = document.getElementById('map');
    if (!table) return;
    const cells = read('map-cells');
    const body = table.tBodies[0];
    const rows = [...body.rows].map((row, index) => ({ row, index, name: row.cells[0].textContent, deviation: Number(row.dataset.d) }));
    const at = new Map(rows.map(r => [r.row, r]));
    const heads = [...table.tHead.rows[0].cells].map(c => c.textContent);
    const filter = document.getElementById('map-filter');
    const order = document.getElementById('map-order');
    const count = document.getElementById('map-count');
    const detail = document.getElementById('map-detail');
    document.querySelector('.maptools').hidden = false;

    const sift = () => {
        let test = () => true;
        try {
            const pattern = new RegExp(filter.value, 'i');
            test = name => pattern.test(name);
            filter.removeAttribute('aria-invalid');
        } catch {
            filter.setAttribute('aria-invalid', 'true');
            count.textContent = 'not a regular expression';
            return;
        }
        let shown = 0;
        for (const r of rows) {
            r.row.hidden = !test(r.name);
            if (!r.row.hidden) shown++;
        }
        count.textContent = shown + ' of ' + rows.length + ' parameters';
        reach();
    };
    const sort = () => {
        const by = { file: (a, b) => a.index - b.index, deviation: (a, b) => b.deviation - a.deviation || a.index - b.index,
            name: (a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }) }[order.value];
        body.append(...[...rows].sort(by).map(r => r.row));
        reach();
    };
    // one cell is in the tab order; arrows move from it
    let current = null;
    const stand = cell => {
        if (current) current.tabIndex = -1;
        current = cell;
        if (cell) cell.tabIndex = 0;
    };
    const reach = () => {
        if (current && !current.parentElement.hidden) return;
        const first = [...body.rows].find(r => !r.hidden);
        stand(first ? first.cells[1] : null);
    };
    const tell = cell => {
        const r = at.get(cell.parentElement);
        const k = cell.cellIndex - 1;
        if (!r || k < 0) return;
        const text = cells[r.index][k];
        if (!text) { detail.textContent = r.name + ', percentiles ' + heads[k + 1] + ' of p: no cell, two percentiles coincide.'; return; }
        const [p, q, interval, from, to] = text.split('|');
        const region = (from ? from + ' < ' : '') + r.name + (to ? ' <= ' + to : '');
        const shown = from || !to ? (to ? region : r.name + ' > ' + from) : region;
        detail.textContent = shown + ': p ' + p + ', q ' + q + '; ratio ' + cell.textContent.replace('?', '') + ' (' + interval + ')'
            + (cell.classList.contains('w') ? '; the draws do not tell.' : '.');
    };
    body.addEventListener('pointerover', e => { const cell = e.target.closest('td'); if (cell) tell(cell); });
    body.addEventListener('click', e => { const cell = e.target.closest('td'); if (cell) { stand(cell); cell.focus(); tell(cell); } });
    body.addEventListener('focusin', e => { const cell = e.target.closest('td'); if (cell) tell(cell); });
    body.addEventListener('keydown', e => {
        const cell = e.target.closest('td');
        if (!cell) return;
        const visible = [...body.rows].filter(r => !r.hidden);
        const i = visible.indexOf(cell.parentElement);
        const k = cell.cellIndex;
        const to = { ArrowUp: [i - 1, k], ArrowDown: [i + 1, k], ArrowLeft: [i, k - 1], ArrowRight: [i, k + 1], Home: [i, 1], End: [i, heads.length - 1] }[e.key];
        if (!to) return;
        const next = visible[to[0]] && to[1] > 0 && visible[to[0]].cells[to[1]];
        if (next) { stand(next); next.focus(); }
        e.preventDefault();
    });
    filter.addEventListener('input', sift);
    order.addEventListener('change', sort);
    sort();
    sift();
})();
