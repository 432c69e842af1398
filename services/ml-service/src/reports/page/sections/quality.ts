import type { DailyReport } from '@daytrade/contracts';
import { type Html, html } from '@daytrade/service/html';
import { count, missing } from '../figures.ts';
import type { Words } from '../words-english.ts';

/** Symbols that are named; the others are counted. */
const mostNamed = 50;

/** The age of the bars, symbols without the newest one, and the rows that were kept out. */
export function quality({ quality: found }: DailyReport, words: Words): Html {
  const { barsAge, stale, symbols, reasons } = found;
  const age = barsAge === null ? words.noBars : words.barsAge(barsAge.newest, count(barsAge.sessionsBehind));
  return html`<section id="quality"><h2>${words.quality}</h2><p>${age} ${words.stale(count(stale.length), count(symbols))}</p>
${staleList(stale, words)}${reasons.length === 0 ? html`<p>${words.noReasons}</p>` : reasonTable(reasons, words)}</section>`;
}

function staleList(stale: DailyReport['quality']['stale'], words: Words): Html | '' {
  if (stale.length === 0) return '';
  const named = stale
    .slice(0, mostNamed)
    .map(
      ({ symbol, name, lastDate }) =>
        html`<li>${symbol} ${name} <span class="quiet">${words.lastBar} ${lastDate}</span></li>`,
    );
  const more = stale.length - named.length;
  return html`<ul>${named}${more > 0 ? html`<li>${words.staleMore(count(more))}</li>` : ''}</ul>`;
}

function reasonTable(reasons: DailyReport['quality']['reasons'], words: Words): Html {
  const rows = reasons.map(
    ({ reason, severity, rows, added }) => html`<tr><th scope="row">${reason}</th>
<td>${words.severities[severity]}</td><td class="figure">${count(rows)}</td><td class="figure">${added === null ? missing : count(added)}</td></tr>`,
  );
  return html`<table><thead><tr><th>${words.reason}</th><th>${words.severity}</th><th class="figure">${words.rows}</th><th class="figure">${words.added}</th></tr></thead>
<tbody>${rows}</tbody></table><p class="quiet">${words.addedNote}</p>`;
}
