import type { IndexEntry, IndexImport } from '@daytrade/contracts';
import { count, quantity } from './format.ts';
import { right, table } from './table.ts';

/** Reports an import of index values. */
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

/** Lists the index series with the newest and the possible day of each. */
export function indexTable(indices: readonly IndexEntry[]): string {
  return table(indices, {
    index: ({ name }) => name,
    series: ({ title }) => title,
    values: right(({ values }) => values),
    first: ({ firstDate }) => firstDate,
    last: ({ lastDate }) => lastDate,
    'could have': ({ expected }) => expected,
    state: stateInWords,
    from: ({ source }) => source,
  });
}

function stateInWords({ state, synthetic, inUse }: IndexEntry): string {
  const words = synthetic && state !== 'absent' ? `${state}, synthetic` : state;
  return inUse ? words : `${words}, not used`;
}
