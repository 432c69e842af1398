import type { BarInterval } from '@daytrade/contracts';
import type { OwnFile } from '../parquet/read-columns.ts';
import { type BarOrigins, type FileBars, unknownOrigins } from './bar-origins.ts';
import type { Columns } from './columns.ts';

/** The bars of a file that `barFileBytes` made. @throws RangeError where its bytes were changed */
export function barsOfOwnFile(file: OwnFile, interval: BarInterval): FileBars {
  return { columns: columnsOf(file, interval), origins: originsOf(file) };
}

/** As {@link barsOfOwnFile}, without where the bars came from. */
export function columnsOf(file: OwnFile, interval: BarInterval): Columns {
  const axis =
    interval === '1d' ? file.numbers('date') : file.numbers('time').map((microseconds) => microseconds / 1000);
  return {
    axis,
    open: file.numbers('open'),
    high: file.numbers('high'),
    low: file.numbers('low'),
    close: file.numbers('close'),
    volume: file.numbers('volume'),
  };
}

function originsOf(file: OwnFile): BarOrigins {
  if (!file.has('fetched_at')) return unknownOrigins(file.footer.rows);
  const names = file.distinct('source');
  const moments = file.distinct('fetched_at');
  const fetchedAt = Float64Array.from(
    moments.rows,
    (position) => Number(moments.values[position] ?? Number.NaN) / 1000,
  );
  return { sources: Array.from(names.values, String), source: names.rows, fetchedAt };
}
