import type { ReportLanguage } from '@daytrade/contracts';
import { Html, html, withinPageOf } from '@daytrade/service-kit/html';
import type { RehearsalReport } from './rehearsal-report.ts';
import { costs, head, limits, loads, mendings, policyFindings, stepTable } from './sections.ts';
import { styleSheet } from './style-sheet.ts';
import { english, type Words } from './words-english.ts';
import { japanese } from './words-japanese.ts';

const wordsOf: Readonly<Record<ReportLanguage, Words>> = { en: english, ja: japanese };

/** The report as one HTML document that needs nothing beside it: no script, no picture, no address. */
export function reportPage(report: RehearsalReport, language: ReportLanguage): string {
  const words = wordsOf[language];
  return html`<!doctype html>
<html lang="${words.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${withinPageOf(styleSheet)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${words.title(report.environment, report.cloud)} · day-trade</title>
<style>${new Html(styleSheet)}</style>
</head>
<body>
<main>
${head(report, words)}
${stepTable(report.steps, words)}
${mendings(report.mended, words)}
${loads(report.steps, words)}
${costs(report.steps, words)}
${policyFindings(report.steps, words)}
${limits(words)}
</main>
</body>
</html>
`.markup;
}
