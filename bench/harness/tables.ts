import type { Bar, Comparison, FigureKind, SuiteResult } from './result.ts';
import type { Suite } from './suite.ts';

/** A figure as tables show it. */
export function formatFigure(value: number, kind: FigureKind): string {
  switch (kind) {
    case 'ratio':
      return `${value.toPrecision(3)} x`;
    case 'percent':
      return `${value >= 0 ? '+' : ''}${value.toFixed(2)} %`;
    case 'share':
      return `${value.toFixed(2)} %`;
    case 'milliseconds':
      return `${value.toPrecision(3)} ms`;
    case 'relative error':
      return value.toExponential(1);
    case 'correlation':
      return value.toFixed(4);
    case 't':
      return value.toFixed(1);
  }
}

/** A measurement with as many digits as it deserves. */
export function formatMeasurement(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size < 1e-3) return value.toExponential(1);
  if (size >= 1000) return Math.round(value).toLocaleString('en');
  return String(Number(value.toPrecision(4)));
}

/** The cells of a comparison: what, ours, the peer's, figure, must, aim, verdict. */
export function comparisonCells(comparison: Comparison): readonly string[] {
  const { name, unit, ours, peer, figure, kind, bar, verdict } = comparison;
  return [
    `${name} (${unit})`,
    ours === undefined ? '' : formatMeasurement(ours),
    peer === undefined ? '' : `${formatMeasurement(peer.value)} ${peer.name}`,
    formatFigure(figure, kind),
    bar === undefined ? '' : formatLimit(bar, bar.must, kind),
    bar?.aim === undefined ? '' : formatLimit(bar, bar.aim, kind),
    verdict === 'no bar' ? '' : verdict,
  ];
}

/** What stands over {@link comparisonCells}. */
export const comparisonHeader = ['what', 'ours', 'peer', 'figure', 'must', 'aim', 'verdict'] as const;

function formatLimit(bar: Bar, limit: number, kind: FigureKind): string {
  const sign = bar.sense === 'at most' ? '<=' : '>=';
  const number = kind === 'relative error' ? limit.toExponential() : String(limit);
  return `${sign} ${number}${limitUnits[kind]}`;
}

const limitUnits: Readonly<Record<FigureKind, string>> = {
  ratio: ' x',
  percent: ' %',
  share: ' %',
  milliseconds: ' ms',
  'relative error': '',
  correlation: '',
  t: '',
};

/** A suite's tables as text for a terminal. */
export function terminalText(title: string, result: SuiteResult): string {
  const parts = [`${title}${result.quick ? ' (quick: sizes too small for the bars to mean anything)' : ''}`];
  if (result.comparisons.length > 0) {
    parts.push(alignedTable([comparisonHeader, ...result.comparisons.map(comparisonCells)]));
  }
  for (const { name, note } of result.comparisons) if (note !== undefined) parts.push(`  ${name}: ${note}`);
  for (const reason of result.skipped) parts.push(`  skipped: ${reason}`);
  parts.push(`  ${result.wallSeconds.toFixed(0)} s, load ${result.machine.loadAtStart} when it began`);
  return parts.join('\n');
}

function alignedTable(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows
    .map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd())
    .join('\n');
}

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
anything was measured and are never moved: \`aim held\` meets both, \`must held\` only the first, \`missed\` neither.
Rows without a target are for information. The command also prints how each row was measured.`;

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
