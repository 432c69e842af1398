import type { DailyReport } from '@daytrade/contracts';
import { type Html, html } from '@daytrade/service/html';
import { count, japanClock, seconds } from '../figures.ts';
import type { Words } from '../words-english.ts';

/** How the runs of the day went, and why some failed. */
export function runs({ runs: { jobs, failed } }: DailyReport, words: Words): Html {
  return html`<section id="runs"><h2>${words.runs}</h2>${jobs.length === 0 ? html`<p>${words.noRuns}</p>` : jobTable(jobs, words)}${failures(failed, words)}</section>`;
}

function jobTable(jobs: DailyReport['runs']['jobs'], words: Words): Html {
  const rows = jobs.map(
    ({ job, runs: all, succeeded, failed, retried, longestSeconds }) => html`<tr><th scope="row">${job}</th>
<td class="figure" data-label="${words.succeeded}">${count(succeeded)} / ${count(all)}</td>
<td class="figure${failed > 0 ? ' out' : ''}" data-label="${words.failed}">${count(failed)}</td>
<td class="figure" data-label="${words.retried}">${count(retried)}</td>
<td class="figure" data-label="${words.longest}">${seconds(longestSeconds)}</td></tr>`,
  );
  return html`<table class="cards"><thead><tr><th>${words.job}</th><th class="figure">${words.succeeded}</th><th class="figure">${words.failed}</th><th class="figure">${words.retried}</th><th class="figure">${words.longest}</th></tr></thead><tbody>${rows}</tbody></table>`;
}

function failures(failed: DailyReport['runs']['failed'], words: Words): Html | '' {
  if (failed.length === 0) return '';
  const entries = failed.map(
    ({ id, job, attempt, at, code, message }) =>
      html`<li><strong>${job}</strong> ${japanClock(at)} <span class="quiet">${words.attempt(attempt)}, ${id}</span><br><span class="message">${code ?? ''} ${message ?? ''}</span></li>`,
  );
  return html`<h3>${words.failures}</h3><ul>${entries}</ul>`;
}

/** What is live. */
export function model({ model: live }: DailyReport, words: Words): Html {
  const text =
    live === null
      ? html`<p>${words.noModel}</p>`
      : html`<p><strong>${live.version}</strong><br>${words.modelText(japanClock(live.liveSince), live.trainedTo)}</p>`;
  return html`<section id="model"><h2>${words.model}</h2>${text}</section>`;
}
