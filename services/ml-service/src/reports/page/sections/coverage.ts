import type { CoverageWindow, DailyReport, LiveAccuracy } from '@daytrade/contracts';
import { type Html, html } from '@daytrade/service/html';
import { count, percent } from '../figures.ts';
import { coverageCurve } from '../plots/coverage-curve.ts';
import type { Words } from '../words-english.ts';

/** Coverage of the day and of the windows to it, with the band that chance alone would make. */
export function coverage({ coverage: { day, windows, series, live } }: DailyReport, words: Words): Html {
  const curve =
    series.length === 0
      ? ''
      : html`<h3>${words.curve(series.length)}</h3>${coverageCurve(series, words.curve(series.length))}${legend(words)}`;
  return html`<section id="coverage"><h2>${words.coverage}</h2><table class="cards">
<thead><tr><th>${words.window}</th><th class="figure">${words.share}</th><th class="figure">${words.counts}</th><th class="figure">${words.band}</th><th>${words.verdict}</th></tr></thead>
<tbody>${[day, ...windows].map((window) => row(window, words))}</tbody></table>
${live === undefined ? '' : leftOut(live, words)}<p class="quiet">${words.coverageNote}</p>${curve}</section>`;
}

/** What the coverage of the longest window does not count. */
function leftOut({ unjudged, missing, restated }: LiveAccuracy, words: Words): Html {
  return html`<p>${words.leftOut(count(unjudged), count(missing), count(restated))}</p>
`;
}

function row(window: CoverageWindow, words: Words): Html {
  const { sessions, judgedSessions, judged, inside, coverage: share, band } = window;
  const name = sessions === 1 ? words.theDay : words.windowOf(count(sessions));
  const notFull = sessions > 1 && judgedSessions < sessions ? words.notFull(count(judgedSessions)) : '';
  const place = placeOf(window);
  return html`<tr><th scope="row">${name} <span class="quiet">${notFull}</span></th>
<td class="figure" data-label="${words.share}">${percent(share)}</td>
<td class="figure" data-label="${words.counts}">${count(inside)} / ${count(judged)}</td>
<td class="figure" data-label="${words.band}">${band === null ? '–' : `${percent(band.low)} – ${percent(band.high)}`}</td>
<td data-label="${words.verdict}"${place === 'within' || place === undefined ? '' : html` class="out"`}>${place === undefined ? '–' : words[place]}</td></tr>`;
}

function placeOf({ coverage: share, band }: CoverageWindow): 'below' | 'within' | 'above' | undefined {
  if (share === null || band === null) return undefined;
  if (share < band.low) return 'below';
  return share > band.high ? 'above' : 'within';
}

function legend(words: Words): Html {
  return html`<ul class="legend">
<li><svg class="curve" viewBox="0 0 22 10" aria-hidden="true"><rect class="band" x="6" width="10" y="0" height="10"/><circle class="day" cx="11" cy="5" r="3"/></svg>${words.curveDay}</li>
<li><svg class="curve" viewBox="0 0 22 10" aria-hidden="true"><polyline class="twenty" points="0,5 22,5"/></svg>${words.curveTwenty}</li>
<li><svg class="curve" viewBox="0 0 22 10" aria-hidden="true"><line class="target" x1="0" x2="22" y1="5" y2="5"/></svg>${words.curveTarget}</li></ul>`;
}
