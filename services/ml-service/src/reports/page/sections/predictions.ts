import type { DailyReport, ReportedPrediction } from '@daytrade/contracts';
import { type Html, html } from '@daytrade/service/html';
import { percent, yen } from '../figures.ts';
import { intervalStrip, reachOf } from '../plots/interval-strip.ts';
import type { Words } from '../words-english.ts';

/** Every published interval beside its close: misses first, then those without a close. */
export function predictions({ predictions: published }: DailyReport, words: Words): Html | '' {
  if (published.length === 0) return '';
  const reach = reachOf(published);
  const sorted = published.toSorted((one, other) => rank(one) - rank(other) || (one.symbol < other.symbol ? -1 : 1));
  const bases = new Set(published.map(({ priceBasis }) => priceBasis));
  const mixed = bases.size > 1;
  return html`<section id="predictions"><h2>${words.predictions}</h2>
<p class="quiet">${basisNote(published, words)} ${words.predictionsNote} ${words.scale(percent(reach))}</p>
<table class="cards"><thead><tr><th>${words.symbol}</th><th class="figure">${words.lastClose}</th><th class="figure">${words.interval}</th><th class="figure">${words.close}</th><th>${words.outcome}</th>${mixed ? html`<th>${words.basis}</th>` : ''}<th class="plot">${words.plot}</th></tr></thead>
<tbody>${sorted.map((prediction) => row(prediction, { reach, mixed }, words))}</tbody></table></section>`;
}

function row(
  prediction: ReportedPrediction,
  { reach, mixed }: { readonly reach: number; readonly mixed: boolean },
  words: Words,
): Html {
  const { symbol, name, lastClose, lower, upper, close, inside, priceBasis } = prediction;
  const outcome = outcomeOf(prediction, words);
  return html`<tr data-symbol="${symbol}"><th scope="row">${symbol} <span class="quiet">${name}</span></th>
<td class="figure" data-label="${words.lastClose}">${yen(lastClose)}</td>
<td class="figure" data-label="${words.interval}">${yen(lower)} – ${yen(upper)}</td>
<td class="figure" data-label="${words.close}">${yen(close)}</td>
<td data-label="${words.outcome}"${inside === false ? html` class="out"` : ''}>${outcome}</td>
${mixed ? html`<td data-label="${words.basis}">${words.bases[priceBasis]}</td>` : ''}
<td class="plot">${intervalStrip(prediction, reach, words.stripOf(symbol, outcome))}</td></tr>`;
}

function outcomeOf({ close, lower, inside, late }: ReportedPrediction, words: Words): string {
  if (late) return words.late;
  if (close === null) return words.noClose;
  if (inside === true) return words.inside;
  return close < lower ? words.outsideBelow : words.outsideAbove;
}

function rank({ inside }: ReportedPrediction): number {
  if (inside === false) return 0;
  return inside === null ? 1 : 2;
}

function basisNote(published: readonly ReportedPrediction[], words: Words): string {
  const bases = [...new Set(published.map(({ priceBasis }) => priceBasis))];
  const named = words.basisOfAll(bases.map((basis) => words.bases[basis]).join(' / '));
  return bases.every((basis) => basis === 'traded') ? named : `${named} ${words.notQuotable}`;
}
