import type { DateFormat, IndexImport } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';
import type { IndexName } from '@daytrade/market';
import { inspectIndex, readIndexFile, symbolOfFile } from '@daytrade/market-data';
import type { DataServiceDependencies } from '../dependencies.ts';

/** A file of the values of an index series, and what to do with it. */
export interface IndexFileImport {
  readonly name: IndexName;
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly dryRun: boolean;
  readonly dateFormat?: DateFormat | undefined;
}

/**
 * Takes the good values of a file into the stores; what is kept out is in the answer.
 *
 * @throws DayTradeError `data.file-unreadable`; `data.no-usable-rows` when every row was kept out
 */
export async function importIndex(
  { stores, clock }: Pick<DataServiceDependencies, 'stores' | 'clock'>,
  { name, file, bytes, dryRun, dateFormat }: IndexFileImport,
): Promise<IndexImport> {
  const symbol = symbolOfFile(file);
  if (symbol !== undefined) {
    const reason = `it is named for the symbol ${symbol}; import its bars without --index, or name it for ${name}`;
    throw new DayTradeError('data.file-unreadable', `${file}: ${reason}`);
  }
  const rows = await readIndexFile(bytes, file, dateFormat);
  const { values, keptOut, rowsOutsideCalendar } = inspectIndex(name, rows, clock.now());
  if (values.length === 0) throw noUsableRow(file, name, keptOut[0]);
  const key = { name, synthetic: false };
  const from = { source: file.slice(0, longestSource), fetchedAt: new Date(clock.now()).toISOString() };
  const merged = dryRun ? await stores.indices.compare(key, values) : await stores.indices.merge(key, values, from);
  return {
    name,
    file,
    dryRun,
    rowsRead: rows.length,
    valuesAdded: merged.added,
    valuesChanged: merged.changed,
    valuesUnchanged: merged.unchanged,
    rowsOutsideCalendar,
    keptOut: keptOut.map(({ line, reason, message }) => ({
      line,
      reason,
      message: `${file} line ${line}: ${message}`,
    })),
    firstDate: values[0]!.date,
    lastDate: values.at(-1)!.date,
  };
}

/** The table's column holds no more. */
const longestSource = 64;

function noUsableRow(
  file: string,
  name: IndexName,
  first: { readonly line: number; readonly message: string } | undefined,
): DayTradeError {
  const why =
    first === undefined
      ? 'all of them are before 2000 or after 2030'
      : `the first, line ${first.line}: ${first.message}`;
  return new DayTradeError('data.no-usable-rows', `${file}: no row is a value of ${name}; ${why}`);
}
