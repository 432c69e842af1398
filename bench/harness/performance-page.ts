import { comparisonCells, comparisonHeader } from './format.ts';
import type { SuiteResult } from './result.ts';
import type { Suite } from './suite.ts';

/** Returns the page `docs/performance.md` with the section of one suite replaced by a new result. */
export function performancePage(
  page: string,
  suites: readonly Suite[],
  measured: Pick<Suite, 'title'>,
  result: SuiteResult,
): string {
  const kept = new Map(page.split(/^(?=## )/m).map((text) => [/^## (.*)/.exec(text)?.[1], text.trimEnd()]));
  kept.set(measured.title, section(measured, result));
  const sections = suites.map(({ title }) => kept.get(title) ?? `## ${title}\n\nNot measured yet.`);
  return `${[opening, ...sections].join('\n\n')}\n`;
}

const opening = `# Performance

\`npm run bench -- SUITE\` writes the section of its suite here. Each comparison runs both sides in turns, each in a
process of its own with one thread, and takes the best of at least three rounds. \`must\` and \`aim\` were set before
anything was measured and are never moved: \`aim held\` meets both, \`must held\` only the first, \`missed\` neither. Rows
without a target are for information. The command also prints tables by year, time and class, and how each row was
measured.`;

function section(suite: Pick<Suite, 'title'>, { machine, comparisons, measuredAt, wallSeconds, skipped }: SuiteResult) {
  return [
    `## ${suite.title}`,
    `${measuredAt.slice(0, 10)}, ${machine.processor}, ${machine.cores} cores, ${machine.memoryGigabytes} GB, ` +
      `${machine.system}; load ${machine.loadAtStart} when it began; ${Math.round(wallSeconds)} s.`,
    ...(comparisons.length > 0 ? [markdownTable(comparisonHeader, comparisons.map(emphasised))] : []),
    ...(skipped.length > 0 ? [skipped.map((reason) => `- Skipped: ${reason}`).join('\n')] : []),
  ].join('\n\n');
}

function emphasised(comparison: SuiteResult['comparisons'][number]): readonly string[] {
  return comparisonCells(comparison).map((cell) => (cell === 'missed' ? '**missed**' : cell));
}

function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}
