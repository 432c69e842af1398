import { instantOf, isTradeDate } from '@daytrade/market';
import { barValues } from '@daytrade/series';
import type { MalformedRow, SourceRows, SymbolMaster } from '../../provider.ts';
import { shown, textOfRow } from '../network/daily-values.ts';
import type { DateRange } from '../network/missing-bars.ts';
import type { JQuantsRow } from './client.ts';

interface MinuteRowsOptions {
  readonly master: SymbolMaster;
  readonly file: string;
  readonly range: DateRange;
}

const slotMilliseconds = 300_000;
const columns = ['O', 'H', 'L', 'C', 'Vo'] as const;
const clockPattern = /^(?:[01]\d|2[0-3]):[0-5]\d$/;

/** One minute in which something was traded. */
interface Minute {
  readonly instant: number;
  readonly values: readonly number[];
  readonly row: JQuantsRow;
}

/** Five minutes while they are put together. */
interface Slot {
  readonly begin: number;
  readonly open: number;
  high: number;
  low: number;
  close: number;
  volume: number;
  readonly rows: JQuantsRow[];
}

/**
 * Rows of `/equities/bars/minute` of one symbol as 5-minute bars of traded prices: from 09:00 on, 09:04 is of the bar
 * that begins at 09:00. The closing auctions, which J-Quants writes into the minutes 11:30 and 15:30, are bars of their
 * own. A minute without a trade has no row.
 *
 * A row without the form of a minute, or one that comes twice with other values, is given back as malformed; the bar
 * that it is of is left out with it, since what is left would be another bar. Lines are the number of the five minutes
 * since 1970.
 */
export function minuteRows(rows: readonly JQuantsRow[], { master, file, range }: MinuteRowsOptions): SourceRows {
  const minutes = new Map<number, Minute>();
  const malformed: MalformedRow[] = [];
  const spoilt = new Set<number>();
  for (const row of rows) {
    const read = readMinute(row, range);
    if ('reason' in read) {
      malformed.push(read);
      spoilt.add(read.line);
    } else if (minutes.has(read.instant)) {
      malformed.push(malformedRow(row, 'date-duplicate', `Time: another row of ${String(row.Time)} has other values`));
      spoilt.add(slotOf(read.instant));
    } else minutes.set(read.instant, read);
  }
  const slots = fiveMinutes([...minutes.values()].toSorted((one, other) => one.instant - other.instant)).filter(
    ({ begin }) => !spoilt.has(slotOf(begin)),
  );
  return {
    master,
    interval: '5m',
    file,
    priceBasis: 'traded',
    times: Float64Array.from(slots, ({ begin }) => begin),
    ...barValues((name) => Float64Array.from(slots, (slot) => slot[name])),
    lines: Int32Array.from(slots, ({ begin }) => slotOf(begin)),
    rowText: (index) => slots[index]!.rows.map(textOfRow).join(' '),
    malformed,
    rowsWithoutTrade: 0,
  };
}

function fiveMinutes(minutes: readonly Minute[]): Slot[] {
  const slots: Slot[] = [];
  for (const { instant, values, row } of minutes) {
    const [open, high, low, close, volume] = values as [number, number, number, number, number];
    const begin = slotOf(instant) * slotMilliseconds;
    const slot = slots.at(-1);
    if (slot?.begin !== begin) {
      slots.push({ begin, open, high, low, close, volume, rows: [row] });
      continue;
    }
    slot.high = Math.max(slot.high, high);
    slot.low = Math.min(slot.low, low);
    slot.close = close;
    slot.volume += volume;
    slot.rows.push(row);
  }
  return slots;
}

function slotOf(instant: number): number {
  return Math.floor(instant / slotMilliseconds);
}

function readMinute(row: JQuantsRow, { from, to }: DateRange): Minute | MalformedRow {
  const { Date: date, Time: time } = row;
  if (typeof date !== 'string' || !isTradeDate(date)) {
    return malformedRow(row, 'date-invalid', `Date: expected YYYY-MM-DD, got ${shown(date)}`);
  }
  if (typeof time !== 'string' || !clockPattern.test(time)) {
    return malformedRow(row, 'date-invalid', `Time: expected HH:MM, got ${shown(time)}`);
  }
  if (date < from || date > to) {
    return malformedRow(row, 'date-out-of-range', `Date: asked for ${from} to ${to}, got ${date}`);
  }
  const found = columns.map((name) => row[name]);
  const wrong = found.findIndex((value) => typeof value !== 'number');
  if (wrong < 0) return { instant: instantOf(date, time), values: found as number[], row };
  const reason = found[wrong] === undefined || found[wrong] === null ? 'fields-missing' : 'not-a-number';
  return malformedRow(row, reason, `${columns[wrong]}: expected a number, got ${shown(found[wrong])}`);
}

/** Its line is that of the bar that it spoils; 0 where its time cannot be read. */
function malformedRow(row: JQuantsRow, reason: MalformedRow['reason'], message: string): MalformedRow {
  const { Date: day, Time: time } = row;
  const date = typeof day === 'string' ? day.slice(0, 40) : '';
  const isKnown = isTradeDate(date) && typeof time === 'string' && clockPattern.test(time);
  const line = isKnown ? slotOf(instantOf(date, time)) : 0;
  const clock = typeof time === 'string' ? ` ${time.slice(0, 20)}` : '';
  return { line, date: `${date}${clock}`, reason, message, row: textOfRow(row) };
}
