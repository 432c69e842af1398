import { type Content, type Html, html } from '@daytrade/service-kit/html';
import { type Figure, type FigureId, holds } from '../steps/figure.ts';
import type { StepResult } from '../steps/step-result.ts';
import { barText, valueText } from './figure-text.ts';
import { loadPlot } from './load-plot.ts';
import type { RehearsalReport } from './rehearsal-report.ts';
import type { Words } from './words-english.ts';

/** What a reader wants to know first: whether it holds, what does not, and the figures of the whole. */
export function head(report: RehearsalReport, words: Words): Html {
  const { at, commit, environment, cloud, interrupted, total, steps } = report;
  const wrong = steps.filter(({ verdict }) => verdict !== 'held').map(({ step }) => words.steps[step]);
  const missed = [...wrong, ...(holds(total) ? [] : [words.figures.totalSeconds])].join(' · ');
  const verdict = interrupted ? words.interrupted : report.holds ? words.holds : words.misses(missed);
  const sum = (id: FigureId) =>
    steps.flatMap(({ figures }) => figures).reduce((all, one) => (one.id === id ? all + Number(one.value) : all), 0);
  const has = (id: FigureId) => steps.some(({ figures }) => figures.some((figure) => figure.id === id));
  const slowest = Math.max(...valuesOf(steps, 'recoverySeconds'));
  const keys: readonly Figure[] = [
    total,
    ...(has('requests') ? [{ id: 'requests', value: sum('requests'), unit: '' } as const] : []),
    ...(has('failedRequests') ? [{ id: 'failedRequests', value: sum('failedRequests'), unit: '' } as const] : []),
    ...(has('downtime') ? [{ id: 'downtime', value: sum('downtime'), unit: 's' } as const] : []),
    ...(has('recoverySeconds') ? [{ id: 'recoverySeconds', value: slowest, unit: 's' } as const] : []),
    ...(has('lostRows') ? [{ id: 'lostRows', value: sum('lostRows'), unit: '' } as const] : []),
    ...(has('dollarsAMonth') ? [{ id: 'dollarsAMonth', value: sum('dollarsAMonth'), unit: 'US$' } as const] : []),
  ];
  return html`<header>
<h1>${words.title(environment, cloud)}</h1>
<p>${words.began} ${at.slice(0, 16).replace('T', ' ')} UTC${commit === null ? '' : ` · ${words.commit} ${commit}`}</p>
<p>${words.what}</p>
<p class="verdict${report.holds ? '' : ' bad'}">${verdict}</p>
</header>
<div class="key">${keys.map(
    (figure) => html`<div><b>${valueText(figure)}</b><span>${words.figures[figure.id]}</span></div>`,
  )}</div>`;
}

function valuesOf(steps: readonly StepResult[], id: FigureId): readonly number[] {
  return steps.flatMap(({ figures }) => figures.filter((figure) => figure.id === id).map(({ value }) => Number(value)));
}

/** Each step with its verdict, its time and its figures against their bars. */
export function stepTable(steps: readonly StepResult[], words: Words): Html {
  const rows = steps.map(
    ({ step, verdict, seconds, figures, cause }) => html`<tr>
<th scope="row">${words.steps[step]}</th>
<td class="${verdict === 'not run' ? 'quiet' : verdict}">${words.verdicts[verdict]}</td>
<td class="number">${valueText({ value: seconds, unit: 's' })}</td>
<td><ul class="figures">${figures.map((figure) => figureItem(figure, words))}</ul>${
      cause === undefined ? '' : html`<pre>${cause}</pre>`
    }</td>
</tr>`,
  );
  return html`<section><h2>${words.stepsTitle}</h2>
<table class="steps"><thead><tr>${columns(words.columns)}</tr></thead><tbody>${rows}</tbody></table></section>`;
}

function figureItem(figure: Figure, words: Words): Html {
  const bar = barText(figure, words);
  const told = bar === undefined ? '' : html` <span class="bar">(${bar})</span>`;
  const value = html`<b class="${holds(figure) ? '' : 'missed'}">${valueText(figure)}</b>`;
  return html`<li>${words.figures[figure.id]} ${value}${told}</li>`;
}

/** What of this machine's cluster did not last: its figures are not the release's alone then. */
export function mendings(mended: readonly string[], words: Words): Content {
  if (mended.length === 0) return '';
  const items = mended.map((line) => html`<li>${line}</li>`);
  return html`<section><h2>${words.mendedTitle}</h2><p class="quiet">${words.mendedText}</p>
<ul class="limits">${items}</ul></section>`;
}

/** The loads, side by side, with what was reported where a deployment failed as it was meant to. */
export function loads(steps: readonly StepResult[], words: Words): Content {
  const plots = steps.flatMap(({ step, load }) => {
    if (load === undefined) return [];
    const failed = load.seconds.reduce((sum, second) => sum + second.failed, 0);
    const plot = loadPlot(load, words.loadLabel(words.steps[step], failed));
    return [html`<div><h3>${words.steps[step]}</h3>${plot}</div>`];
  });
  if (plots.length === 0) return '';
  const swatch = (name: string, text: string) =>
    html`<li><svg viewBox="0 0 22 10" aria-hidden="true">${
      name === 'p99'
        ? html`<line class="p99" x1="0" x2="22" y1="5" y2="5"/>`
        : html`<rect class="${name}" width="22" height="10"/>`
    }</svg>${text}</li>`;
  return html`<section><h2>${words.loadTitle}</h2><p class="quiet">${words.loadText}</p>
<ul class="legend">${[
    swatch('answered', words.answered),
    swatch('failed', words.failed),
    swatch('p99', words.slowest),
    swatch('change', words.change),
  ]}</ul>
<div class="loads">${plots}</div>${steps.map((step) => reported(step, words))}</section>`;
}

function reported({ step, said }: StepResult, words: Words): Content {
  return said === undefined ? '' : html`<h3 class="said">${words.steps[step]}: ${words.said}</h3><pre>${said}</pre>`;
}

/** What the environment would cost. */
export function costs(steps: readonly StepResult[], words: Words): Content {
  const cost = steps.find((step) => step.cost !== undefined)?.cost;
  if (cost === undefined) return '';
  const amount = (value: number) => html`<td class="number">${Math.round(value).toLocaleString('en-US')}</td>`;
  const rows = Object.entries(cost).map(([part, value]) => html`<tr><td>${part}</td>${amount(value)}</tr>`);
  const all = Object.values(cost).reduce((sum, value) => sum + value, 0);
  return html`<section><h2>${words.costTitle}</h2><p class="quiet">${words.costText}</p>
<table><thead><tr><th>${words.costColumns[0]}</th><th class="number">${words.costColumns[1]}</th></tr></thead>
<tbody>${rows}<tr><th scope="row">${words.all}</th>${amount(all)}</tr></tbody></table></section>`;
}

/** Policies that are broken, and those that were waived with their reasons. */
export function policyFindings(steps: readonly StepResult[], words: Words): Content {
  const findings = steps.find(({ policies }) => policies !== undefined)?.policies;
  if (findings === undefined) return '';
  const broken = findings.filter(({ reason }) => reason === undefined).length;
  const rows = findings.map(
    ({ id, name, where, reason }) => html`<tr><th scope="row">${id}<br><span class="quiet">${name}</span></th>
<td>${where}</td><td>${reason ?? html`<span class="failed">${words.broken}</span>`}</td></tr>`,
  );
  return html`<section><h2>${words.policiesTitle}</h2>
<p class="quiet">${words.policiesText(broken, findings.length - broken)}</p>
${rows.length === 0 ? '' : html`<table><thead><tr>${columns(words.policyColumns)}</tr></thead><tbody>${rows}</tbody></table>`}
</section>`;
}

/** What a rehearsal cannot say. */
export function limits(words: Words): Html {
  const items = words.limits.map((limit) => html`<li>${limit}</li>`);
  return html`<section><h2>${words.limitsTitle}</h2><ul class="limits">${items}</ul></section>`;
}

function columns(titles: readonly string[]): readonly Html[] {
  return titles.map((title) => html`<th scope="col">${title}</th>`);
}
