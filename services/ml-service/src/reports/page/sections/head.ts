import type { DailyReport } from '@daytrade/contracts';
import { type Html, html } from '@daytrade/service/html';
import { count, japanClock, percent } from '../figures.ts';
import type { Words } from '../words-english.ts';

/** What the report is of, whether the data is invented, and the session in one line. */
export function head(report: DailyReport, words: Words): Html {
  const { session, revision, madeAt, synthetic } = report;
  return html`<header><h1>${words.title(session)}</h1><p>${words.made(japanClock(madeAt), revision)}</p></header>
${synthetic ? html`<p class="synthetic"><strong>${words.synthetic}</strong> ${words.syntheticText}</p>` : ''}
<section><h2>${words.today}</h2>${outcome(report, words)}<p class="quiet">${words.promise}</p></section>`;
}

function outcome({ predictions, coverage: { day } }: DailyReport, words: Words): Html {
  if (predictions.length === 0) return html`<p>${words.nonePublished}</p>`;
  const inTime = predictions.filter(({ late }) => !late).length;
  if (inTime === 0) return html`<p>${words.allLate}</p>`;
  const unjudged = inTime - day.judged;
  const result = day.judged === 0 ? words.noneJudged : words.insideOf(count(day.inside), count(day.judged));
  return html`<p class="headline">${day.coverage === null ? '' : percent(day.coverage)}</p>
<p>${words.published(result, count(inTime))}</p>
${unjudged === 0 ? '' : html`<p>${words.unjudged(count(unjudged))}</p>`}`;
}
