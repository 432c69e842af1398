import { comparisonCells, comparisonHeader } from './format.ts';
import type { PlainTable, SuiteResult } from './result.ts';
import type { Suite } from './suite.ts';

/** The page `docs/performance.md`, made of the results of full runs. */
export function performancePage(suites: readonly Suite[], results: readonly SuiteResult[]): string {
  const sections = suites.flatMap((suite) => {
    const result = results.find((candidate) => candidate.suite === suite.name);
    return [result === undefined ? `## ${suite.title}\n\nNot measured yet.` : section(suite, result)];
  });
  return `${[opening, ...sections].join('\n\n')}\n`;
}

const opening = `# Performance

Made by \`npm run bench\` from \`bench/results.json\`; edits here are lost. Each comparison runs both sides in turns, each
in a process of its own with one thread, and takes the best of at least three rounds. \`must\` and \`aim\` were set before
anything was measured and are never moved: \`aim held\` meets both, \`must held\` only the first, \`missed\` neither. Rows
without a target are for information.`;

function section(suite: Suite, result: SuiteResult): string {
  const { machine, comparisons, tables, notes, skipped } = result;
  const versions = Object.entries(machine.versions).map(([name, version]) => `${name} ${version}`);
  const notesOfRows = comparisons.flatMap(({ name, note }) => (note === undefined ? [] : [`${name}: ${note}`]));
  return [
    `## ${suite.title}`,
    `${result.measuredAt.slice(0, 10)}, ${machine.processor}, ${machine.cores} cores, ` +
      `${machine.memoryGigabytes} GB, ${machine.system}; load ${machine.loadAtStart} when it began; ` +
      `${Math.round(result.wallSeconds)} s.`,
    ...(comparisons.length > 0 ? [markdownTable(comparisonHeader, comparisons.map(emphasised))] : []),
    ...tables.map(({ title, header, rows }: PlainTable) => `### ${title}\n\n${markdownTable(header, rows)}`),
    ...(skipped.length > 0 ? [skipped.map((reason) => `- Skipped: ${reason}`).join('\n')] : []),
    [...notes, ...notesOfRows].map((note) => `- ${note}`).join('\n'),
    `Versions: ${versions.join(', ')}.`,
  ].join('\n\n');
}

function emphasised(comparison: SuiteResult['comparisons'][number]): readonly string[] {
  return comparisonCells(comparison).map((cell) => (cell === 'missed' ? '**missed**' : cell));
}

function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}
