import type { BarInterval, PriceBasis } from '@daytrade/contracts';
import { csvFields } from './csv-lines.ts';
import { unreadable } from './decode-text.ts';

/** What the header of a CSV file says about its rows: at which position each value stands. */
export interface BarHeader {
  readonly interval: BarInterval;
  /** Number of fields of a row. */
  readonly fields: number;
  readonly time: number;
  /** Positions of open, high, low, close, volume. */
  readonly values: readonly number[];
  /** Position of `adjclose`; undefined when there is no such column. */
  readonly adjustedClose: number | undefined;
  /** Position of `price_basis`, which says in each row what its prices are; undefined when there is no such column. */
  readonly statedBasis: number | undefined;
  /** 'split-adjusted' when there is an `adjclose` column, else unknown. */
  readonly priceBasis: PriceBasis | undefined;
}

const valueColumns = ['open', 'high', 'low', 'close', 'volume'];
const expected =
  'expected date,open,high,low,close,volume (daily; an adjclose column may follow close) or timestamp,open,high,low,close,volume (5 minutes)';

/**
 * Recognises a file's format by its header. Columns may stand in any order and case; further columns are ignored.
 *
 * `date,open,high,low,close,volume` are daily bars. With `adjclose` the vendor keeps open, high, low and close adjusted
 * for splits only, and those are read as they are; `adjclose`, adjusted for dividends too, is read only when fully
 * adjusted prices are asked for. `timestamp,open,high,low,close,volume` are 5-minute bars, each stamped with its
 * beginning and its offset to UTC. A column `price_basis`, which exports have, says what the prices are.
 *
 * @throws DayTradeError `data.file-unreadable`, with the header that was found and what was expected
 */
export function recogniseHeader(line: string, file: string): BarHeader {
  const names = csvFields(line).map((name) => name.trim().toLowerCase().replaceAll(/[ _]/g, ''));
  const at = (name: string) => names.indexOf(name);
  const refuse = (reason: string) => unreadable(file, `line 1: ${reason}; the header is ${shown(line)}, ${expected}`);
  const interval = at('date') >= 0 ? '1d' : '5m';
  const time = Math.max(at('date'), at('timestamp'));
  if (time < 0) throw refuse('there is no column date or timestamp');
  const missing = valueColumns.filter((name) => at(name) < 0);
  if (missing.length === 1 && missing[0] === 'volume') {
    throw refuse('there is no column volume: an index has none, and only symbols that are traded are taken');
  }
  if (missing.length > 0) throw refuse(`there is no column ${missing.join(', ')}`);
  const twice = names.find(
    (name, index) => [...valueColumns, 'date', 'timestamp'].includes(name) && at(name) !== index,
  );
  if (twice !== undefined) throw refuse(`the column ${twice} is there twice`);
  if (at('symbol') >= 0 || at('code') >= 0) throw refuse('there is a column of symbols, but a file holds one symbol');
  return {
    interval,
    fields: names.length,
    time,
    values: valueColumns.map(at),
    adjustedClose: at('adjclose') >= 0 ? at('adjclose') : undefined,
    statedBasis: at('pricebasis') >= 0 ? at('pricebasis') : undefined,
    priceBasis: at('adjclose') >= 0 ? 'split-adjusted' : undefined,
  };
}

function shown(line: string): string {
  return JSON.stringify(line.length > 200 ? `${line.slice(0, 200)}…` : line);
}
