import { comparisonCells, comparisonHeader } from './format.ts';
import type { SuiteResult } from './result.ts';

/** A suite's tables as text for a terminal. */
export function terminalText(title: string, result: SuiteResult): string {
  const parts = [`${title}${result.quick ? ' (quick: sizes too small for the bars to mean anything)' : ''}`];
  if (result.comparisons.length > 0) {
    parts.push(alignedTable([comparisonHeader, ...result.comparisons.map(comparisonCells)]));
  }
  for (const { title: name, header, rows } of result.tables) parts.push(`${name}\n${alignedTable([header, ...rows])}`);
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
