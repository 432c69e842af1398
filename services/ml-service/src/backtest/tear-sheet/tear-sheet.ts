import type { BacktestResult, ReportLanguage } from '@daytrade/contracts';
import { Html, html, withinPageOf } from '@daytrade/service/html';
import { count } from '../../reports/page/figures.ts';
import { styleSheet } from '../../reports/page/style-sheet.ts';
import { drawdownPlot, equityPlot } from './equity-plot.ts';
import { baselines, costs, luck, parameters, result, trading, wholeYen } from './sections.ts';
import { english, type TearSheetWords } from './words-english.ts';
import { japanese } from './words-japanese.ts';

const wordsOf: Readonly<Record<ReportLanguage, TearSheetWords>> = { en: english, ja: japanese };

const style = `${styleSheet}
.verdict { font-size: 1.3em; font-weight: 650; margin: 6px 0 10px; }
/* Lists of reasons and the hash are wider than a phone. */
.figure { white-space: normal; }
.figure .quiet { white-space: nowrap; }
footer { overflow-wrap: anywhere; }
@media (max-width: 720px) { .plots { overflow-x: auto; } .wide { min-width: 640px; } }
.wide text { font-size: 11px; fill: var(--quiet); }
.wide .axis { stroke: var(--rule); }
.wide polyline { fill: none; stroke-width: 1.6; }
.wide .gross, .legend .gross { stroke: var(--target); }
.wide .net, .legend .net { stroke: var(--line); }
`;

const policy = withinPageOf(style);

/** What a browser lets the page do when a service sends it. */
export const tearSheetPolicy = `${policy}; frame-ancestors 'none'; sandbox`;

/** A backtest as one HTML document that needs nothing beside it; its first line says what is left after costs. */
export function tearSheet(found: BacktestResult, language: ReportLanguage): string {
  const words = wordsOf[language];
  const title = words.title(found.strategy);
  return html`<!doctype html>
<html lang="${words.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title} · day-trade</title>
<style>${new Html(style)}</style>
</head>
<body>
<main>
<header><p class="verdict">${verdict(found, words)}</p><h1>${title}</h1>
<p>${words.span(found.from, found.to, count(found.sessions), count(found.symbols))} · ${words.account[found.account]}</p>
${found.synthetic ? html`<p class="synthetic"><strong>${words.synthetic}</strong> ${words.syntheticText}</p>` : ''}
${found.traded ? '' : html`<p class="quiet">${words.adjusted}</p>`}
${universeLines(found, words).map((line) => html`<p class="quiet">${line}</p>`)}</header>
<section class="plots"><h2>${words.equity}</h2>${equityPlot(found.curve, found.cash, words.equityLabel)}
<ul class="legend"><li>${key('gross')}${words.before}</li><li>${key('net')}${words.after}</li></ul>
<h3>${words.drawdown}</h3>${drawdownPlot(found.curve, found.cash, words.drawdown)}</section>
<div class="pair">${result(found, words)}${luck(found, words)}</div>
<div class="pair">${costs(found, words)}${trading(found, words)}</div>
${baselines(found, words)}
${parameters(found, words)}
<footer><p>${words.noProfit}</p><p>${words.reproducedBy(found.reproducedBy)}</p></footer>
</main>
</body>
</html>
`.markup;
}

/** Whose bars these are: of their time, or of today. */
function universeLines({ universe, synthetic, symbols }: BacktestResult, { universe: words }: TearSheetWords) {
  if (universe === undefined) return synthetic || symbols === 1 ? [] : [words.everySymbol];
  const { universe: name, ofItsTime, knownFrom, withoutBars, someWithoutBars } = universe;
  const which = ofItsTime ? words.ofItsTime(name, knownFrom ?? '–') : words.ofToday(name);
  if (withoutBars === 0) return [which];
  const more = withoutBars > someWithoutBars.length ? ' …' : '';
  return [which, words.withoutBars(`${count(withoutBars)} (${someWithoutBars.join(', ')}${more})`)];
}

function verdict({ verdict: said, net }: BacktestResult, words: TearSheetWords): string {
  const profit = `${wholeYen(net.profit)}\u00a0${words.language === 'ja' ? '円' : 'yen'}`;
  if (said === 'loses') return words.loses(profit);
  return said === 'may be luck' ? words.mayBeLuck(profit) : words.beats(profit);
}

function key(line: string): Html {
  return html`<svg viewBox="0 0 22 10"><line class="${line}" x1="0" x2="22" y1="5" y2="5" stroke-width="2"/></svg>`;
}
