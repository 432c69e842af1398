import type { IndexEntry, IndexImport } from '@daytrade/contracts';
import { count, quantity } from './format.ts';
import { renderTable } from './table.ts';

/** What an import of index values did, in a few lines. */
export function indexImportReport(result: IndexImport): string {
  const { name, file, dryRun, valuesAdded, valuesChanged, valuesUnchanged, firstDate, lastDate } = result;
  const would = dryRun ? 'would be ' : '';
  const days = firstDate === null ? '' : `, ${firstDate} to ${lastDate}`;
  const lines = [
    `${name} from ${file}: ${quantity(result.rowsRead, 'row')}${days}.`,
    `${count(valuesAdded)} ${would}added, ${count(valuesChanged)} ${would}changed, ${count(valuesUnchanged)} the same.`,
  ];
  if (result.keptOut.length > 0) lines.push(`${quantity(result.keptOut.length, 'row')} ${would}kept out.`);
  if (result.rowsOutsideCalendar > 0)
    lines.push(`${count(result.rowsOutsideCalendar)} before 2000 or after 2030 passed over.`);
  if (dryRun) lines.push('Nothing was written.');
  return lines.join('\n');
}

/** The index series as a table, with what is missing of each. */
export function indexTable(indices: readonly IndexEntry[]): string {
  return renderTable(
    [
      { title: 'index' },
      { title: 'series' },
      { title: 'values', align: 'right' },
      { title: 'first' },
      { title: 'last' },
      { title: 'could have' },
      { title: 'state' },
      { title: 'from' },
    ],
    indices.map((index) => [
      index.name,
      index.title,
      count(index.values),
      index.firstDate ?? '–',
      index.lastDate ?? '–',
      index.expected,
      stateInWords(index),
      index.source ?? '–',
    ]),
  );
}

function stateInWords({ state, synthetic, inUse }: IndexEntry): string {
  const words = synthetic && state !== 'absent' ? `${state}, synthetic` : state;
  return inUse ? words : `${words}, not used`;
}
