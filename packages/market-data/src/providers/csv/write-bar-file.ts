import type { PriceBasis } from '@daytrade/contracts';
import { dateOfDayNumber, japanDate, japanTime } from '@daytrade/market';
import type { BarColumns, IntradayColumns } from '@daytrade/series';
import { csvRow } from '../../tables/lines.ts';

type StoredBars =
  | { readonly interval: '1d'; readonly columns: BarColumns }
  | { readonly interval: '5m'; readonly columns: IntradayColumns };

/** Origin of each bar: position of its source, -1 for unknown, and milliseconds since 1970 UTC. */
interface BarOrigins {
  readonly sources: readonly string[];
  readonly source: Int32Array;
  readonly fetchedAt: Float64Array;
}

interface BarFileColumns {
  readonly priceBasis: PriceBasis;
  readonly origins?: BarOrigins | undefined;
}

const rowsAtOnce = 500;

/**
 * Bars as the CSV text that `parseBarFile` reads: it gives the same bars, to the last bit. The text comes in pieces of
 * some hundred lines, the header first.
 */
export function* barFileText({ interval, columns }: StoredBars, beside: BarFileColumns): Generator<string> {
  const { priceBasis, origins } = beside;
  const { open, high, low, close, volume } = columns;
  const timeOf = interval === '1d' ? dayAt(columns) : instantAt(columns);
  const originOf = origins === undefined ? () => [] : originAt(origins);
  const header = [interval === '1d' ? 'date' : 'timestamp', 'open', 'high', 'low', 'close', 'volume', 'price_basis'];
  if (origins !== undefined) header.push('source', 'fetched_at');
  yield `${csvRow(header)}\n`;
  for (let from = 0; from < close.length; from += rowsAtOnce) {
    const to = Math.min(close.length, from + rowsAtOnce);
    let text = '';
    for (let row = from; row < to; row += 1) {
      const values = [open[row]!, high[row]!, low[row]!, close[row]!, volume[row]!];
      text += `${csvRow([timeOf(row), ...values, priceBasis, ...originOf(row)])}\n`;
    }
    yield text;
  }
}

function originAt({ sources, source, fetchedAt }: BarOrigins): (row: number) => readonly (string | null)[] {
  return (row) => {
    const name = sources[source[row]!];
    return name === undefined ? [null, null] : [name, new Date(fetchedAt[row]!).toISOString()];
  };
}

function dayAt({ days }: BarColumns): (row: number) => string {
  return (row) => dateOfDayNumber(days[row]!);
}

function instantAt({ times }: IntradayColumns): (row: number) => string {
  return (row) => `${japanDate(times[row]!)}T${japanTime(times[row]!)}+09:00`;
}
