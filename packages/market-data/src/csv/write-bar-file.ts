import type { PriceBasis } from '@daytrade/contracts';
import { dateOfDayNumber, japanDate, japanTime } from '@daytrade/market';
import type { BarColumns, IntradayColumns } from '@daytrade/series';
import { csvRow } from './csv-row.ts';

/** Bars of one symbol as they are stored. */
export type StoredBars =
  | { readonly interval: '1d'; readonly columns: BarColumns }
  | { readonly interval: '5m'; readonly columns: IntradayColumns };

/** What stands beside the bars in each row. */
export interface BarFileColumns {
  readonly priceBasis: PriceBasis;
  /** Written in front of each row; a file without holds one symbol. */
  readonly symbol?: string | undefined;
}

/** Rows of one piece of text. */
const rowsAtOnce = 500;

/**
 * Bars as the CSV text that `parseBarFile` reads: it gives the same bars, to the last bit. The text comes in pieces of
 * some hundred lines, the header first.
 */
export function* barFileText({ interval, columns }: StoredBars, beside: BarFileColumns): Generator<string> {
  const { priceBasis, symbol } = beside;
  const { open, high, low, close, volume } = columns;
  const before = symbol === undefined ? [] : [symbol];
  const timeOf = interval === '1d' ? dayAt(columns) : instantAt(columns);
  const ofRow = symbol === undefined ? [] : ['symbol'];
  yield `${csvRow([...ofRow, interval === '1d' ? 'date' : 'timestamp', ...names])}\n`;
  for (let from = 0; from < close.length; from += rowsAtOnce) {
    const to = Math.min(close.length, from + rowsAtOnce);
    let text = '';
    for (let row = from; row < to; row += 1) {
      const values = [open[row]!, high[row]!, low[row]!, close[row]!, volume[row]!];
      text += `${csvRow([...before, timeOf(row), ...values, priceBasis])}\n`;
    }
    yield text;
  }
}

const names = ['open', 'high', 'low', 'close', 'volume', 'price_basis'];

function dayAt({ days }: BarColumns): (row: number) => string {
  return (row) => dateOfDayNumber(days[row]!);
}

function instantAt({ times }: IntradayColumns): (row: number) => string {
  return (row) => `${japanDate(times[row]!)}T${japanTime(times[row]!)}+09:00`;
}
