import type { DailyReport } from '@daytrade/contracts';
import { type Html, html } from '@daytrade/service/html';
import { basisPoints, count, percent } from '../figures.ts';
import type { Words } from '../words-english.ts';

/** What the forecasts of each time of the day did; nothing where none was published. */
export function withinDay({ withinDay: horizons }: DailyReport, words: Words): Html | '' {
  if (horizons.length === 0) return '';
  const rows = horizons.map(
    ({ horizon, published, late, judged, inside, coverage: share, meanWidthBp }) => html`<tr>
<th scope="row">${words.timeOfDay(horizon)}</th>
<td class="figure" data-label="${words.share}">${percent(share)}</td>
<td class="figure" data-label="${words.counts}">${count(inside)} / ${count(judged)}</td>
<td class="figure" data-label="${words.width}">${basisPoints(meanWidthBp)}</td>
<td class="figure" data-label="${words.publishedInDay}">${count(published)}</td>
<td class="figure${late > 0 ? ' out' : ''}" data-label="${words.lateInDay}">${count(late)}</td></tr>`,
  );
  return html`<section id="within-day"><h2>${words.withinDay}</h2><p class="quiet">${words.withinDayNote}</p>
<table class="cards"><thead><tr><th>${words.time}</th><th class="figure">${words.share}</th><th class="figure">${words.counts}</th><th class="figure">${words.width}</th><th class="figure">${words.publishedInDay}</th><th class="figure">${words.lateInDay}</th></tr></thead>
<tbody>${rows}</tbody></table></section>`;
}
