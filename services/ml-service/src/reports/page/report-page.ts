import type { DailyReport, ReportLanguage } from '@daytrade/contracts';
import { Html, html, withinPageOf } from '@daytrade/service/html';
import { coverage } from './sections/coverage.ts';
import { head } from './sections/head.ts';
import { predictions } from './sections/predictions.ts';
import { quality } from './sections/quality.ts';
import { direction, sharpness } from './sections/skill.ts';
import { withinDay } from './sections/within-day.ts';
import { model, runs } from './sections/work.ts';
import { styleSheet } from './style-sheet.ts';
import { english, type Words } from './words-english.ts';
import { japanese } from './words-japanese.ts';

const wordsOf: Readonly<Record<ReportLanguage, Words>> = { en: english, ja: japanese };

const withinPage = withinPageOf(styleSheet);

/** What a browser lets the page do when a service sends it. */
export const reportSecurityPolicy = `${withinPage}; frame-ancestors 'none'; sandbox`;

/** The report as one HTML document that needs nothing beside it, so that it opens from disk as well. */
export function reportPage(report: DailyReport, language: ReportLanguage): string {
  const words = wordsOf[language];
  return html`<!doctype html>
<html lang="${words.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${withinPage}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${words.title(report.session)} · day-trade</title>
<style>${new Html(styleSheet)}</style>
</head>
<body>
<main>
${head(report, words)}
${coverage(report, words)}
${predictions(report, words)}
${withinDay(report, words)}
<div class="pair">${direction(report, words)}${model(report, words)}</div>
${sharpness(report, words)}
${quality(report, words)}
${runs(report, words)}
<footer><p>${words.promise} ${words.noProfit}</p></footer>
</main>
</body>
</html>
`.markup;
}
