import type { DailyReport } from '@daytrade/contracts';
import { type Html, html } from '@daytrade/service/html';
import { at, basisPoints, count, percent } from '../figures.ts';
import type { Words } from '../words-english.ts';

/** The hit rate of directions only where an evaluation measured skill; else that it did not. */
export function direction({ direction: measured }: DailyReport, words: Words): Html {
  return html`<section id="direction"><h2>${words.direction}</h2>${measured === null ? html`<p><strong>${words.noSkill}</strong></p><p>${words.noEvaluation}</p>` : figures(measured, words)}</section>`;
}

function figures({ skilled, hitRate, alwaysUp }: NonNullable<DailyReport['direction']>, words: Words): Html {
  const [low, high, up] = [percent(hitRate.low), percent(hitRate.high), percent(alwaysUp)];
  const [verdict, text] = skilled
    ? [words.skill, words.skillText(percent(hitRate.value), low, high, up)]
    : [words.noSkill, words.noSkillText(low, high, up)];
  return html`<p><strong>${verdict}</strong></p><p>${text}</p>`;
}

/** How narrow the intervals are beside those of the baselines that were judged on the same symbol-days. */
export function sharpness({ sharpness: { publishedWidthBp, evaluation } }: DailyReport, words: Words): Html {
  const today = publishedWidthBp === null ? '' : html`<p>${words.widthToday(basisPoints(publishedWidthBp))}</p>`;
  return html`<section id="sharpness"><h2>${words.sharpness}</h2>${today}${evaluation === null ? html`<p>${words.noEvaluation}</p>` : methodTable(evaluation, words)}</section>`;
}

function methodTable(evaluation: NonNullable<DailyReport['sharpness']['evaluation']>, words: Words): Html {
  const { from, to, symbolDays, intervalMethods } = evaluation;
  const most = Math.max(...intervalMethods.map(({ winklerBp }) => winklerBp));
  const sorted = intervalMethods.toSorted((one, other) => one.winklerBp - other.winklerBp);
  const rows = sorted.map(({ name, coverage: share, meanWidthBp, winklerBp }) => {
    const published = name === 'published';
    return html`<tr><th scope="row">${published ? words.methodPublished : name}</th>
<td class="figure" data-label="${words.share}">${percent(share)}</td>
<td class="figure" data-label="${words.width}">${basisPoints(meanWidthBp)}</td>
<td class="figure" data-label="${words.winkler}">${basisPoints(winklerBp)}</td>
<td class="plot"><svg class="bar" viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true"><rect${published ? html` class="published"` : ''} width="${at((100 * winklerBp) / most)}" height="12"/></svg></td></tr>`;
  });
  return html`<p class="quiet">${words.sharpnessNote(from, to, count(symbolDays))}</p><table class="cards">
<thead><tr><th>${words.method}</th><th class="figure">${words.share}</th><th class="figure">${words.width}</th><th class="figure">${words.winkler}</th><th class="plot"></th></tr></thead>
<tbody>${rows}</tbody></table>`;
}
