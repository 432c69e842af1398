import type { DateFormat } from '@daytrade/contracts';
import {
  compareText,
  dateOfDayNumber,
  dayNumber,
  type IndexName,
  indexClosedReason,
  indexKnownAt,
  marketIndices,
  type TradeDate,
} from '@daytrade/market';
import { namedColumns } from '../tables/columns.ts';
import { type CsvLine, csvFields, type Separator } from '../tables/lines.ts';
import { parseDay } from '../tables/moments.ts';
import { isNoValue, numberFault, parseNumber } from '../tables/numbers.ts';
import { unreadable } from '../tables/read-file.ts';
import { readTableFile, type TableFile } from '../tables/table-file.ts';
import { dateFormatOf } from '../tables/time-column.ts';

/** A row of a file of index values as it was written: its day and its value, or what is wrong with it. */
export interface IndexRow {
  /** The first line of the file is 1. */
  readonly line: number;
  /** Days since 1970-01-01; undefined where the date cannot be read. */
  readonly day: number | undefined;
  readonly value: number;
  readonly fault?: {
    readonly reason: 'fields-missing' | 'date-invalid' | 'date-out-of-range' | 'not-a-number';
    readonly message: string;
  };
}

const expected =
  'expected date,close, as 2026-11-24,22990.1 (other columns are passed over), or two columns: a date and a value';

/**
 * Reads a file of the values of one index series: CSV, gzipped or not, in UTF-8 or Shift_JIS, with a header. Days are
 * those of the market that the series is of; no time of day is looked at. Rows without any value are left out.
 *
 * @param dateFormat of dates that can be read in two ways; default: found from the rows
 * @throws DayTradeError `data.file-unreadable` for what is not a table of values
 */
export async function readIndexFile(
  bytes: Uint8Array,
  file: string,
  dateFormat?: DateFormat,
): Promise<readonly IndexRow[]> {
  const table = await readTableFile(bytes, file);
  const { body } = table;
  const columns = columnsOf(table, file);
  const dates = body.map(({ text }) => csvFields(text, columns.separator)[columns.date]?.trim() ?? '');
  const format = dateFormat ?? dateFormatOf(dates);
  const rows = body.map((line) => rowOf(line, columns, format)).filter((row) => row !== undefined);
  if (rows.length === 0) throw unreadable(file, 'there is no row with a value after the header');
  return rows;
}

interface Columns {
  readonly separator: Separator;
  readonly fields: number;
  readonly date: number;
  readonly value: number;
}

function columnsOf({ header: { text, line }, names: header, separator }: TableFile, file: string): Columns {
  const { at, twice } = namedColumns(header);
  if (twice.length > 0) throw unreadable(file, `line ${line}: the column ${twice[0]} is there twice`);
  const isPair = header.length === 2;
  const date = at.get('date') ?? at.get('stamp') ?? (isPair && /date|日/i.test(header[0]!) ? 0 : undefined);
  const value = at.get('close') ?? at.get('adjustedClose') ?? (isPair && date === 0 ? 1 : undefined);
  if (date === undefined || value === undefined) {
    throw unreadable(file, `line ${line}: the header is ${JSON.stringify(text.slice(0, 120))}, ${expected}`);
  }
  return { separator, fields: header.length, date, value };
}

/** Undefined for a row without a value, as some sources write a holiday. */
function rowOf({ text, line }: CsvLine, columns: Columns, format: DateFormat | undefined): IndexRow | undefined {
  const fields = csvFields(text, columns.separator);
  const missing = { day: undefined, value: Number.NaN };
  if (fields.length !== columns.fields) {
    const message = `expected ${columns.fields} fields, got ${fields.length}`;
    return { line, ...missing, fault: { reason: 'fields-missing', message } };
  }
  const [dateText, valueText] = [fields[columns.date]!.trim(), fields[columns.value]!];
  const day = parseDay(dateText, 'date', format);
  if (!('value' in day)) return { line, ...missing, fault: day };
  if (isNoValue(valueText) || valueText.trim() === '.') return undefined;
  const value = parseNumber(valueText, columns.separator);
  if (!Number.isNaN(value)) return { line, day: day.value, value };
  const message = numberFault('close', valueText, columns.separator);
  return { line, day: day.value, value, fault: { reason: 'not-a-number', message } };
}

/** Why a row was kept out, in the order in which a row is judged. */
type IndexReason =
  | 'fields-missing'
  | 'date-invalid'
  | 'not-a-number'
  | 'value-not-positive'
  | 'market-closed'
  | 'not-over-yet'
  | 'date-duplicate'
  /** Further from the value before than any was. */
  | 'change-implausible';

interface KeptOutRow {
  readonly line: number;
  readonly reason: IndexReason;
  readonly message: string;
}

/** Good values, oldest first, and quarantined rows in the order of their lines. */
interface InspectedIndex {
  readonly values: readonly { readonly date: TradeDate; readonly value: number }[];
  readonly keptOut: readonly KeptOutRow[];
  readonly rowsOutsideCalendar: number;
}

type Judged = { readonly date: TradeDate; readonly value: number } | KeptOutRow | 'outside the calendar';

/**
 * The quality gate of index values: a row is good or is kept out with the reason, and nothing is repaired. Rows of days
 * on which the market was closed are what vendors fill in; a value of a day that is not over is one of the running
 * session.
 *
 * @param now milliseconds since 1970-01-01 UTC
 */
export function inspectIndex(name: IndexName, rows: readonly IndexRow[], now: number): InspectedIndex {
  const byDate = new Map<TradeDate, { readonly line: number; readonly value: number }>();
  const keptOut: KeptOutRow[] = [];
  let rowsOutsideCalendar = 0;
  for (const row of rows) {
    const judged = judge(name, row, now);
    if (judged === 'outside the calendar') rowsOutsideCalendar += 1;
    else if ('reason' in judged) keptOut.push(judged);
    else if (byDate.has(judged.date)) {
      const message = `${judged.date} is in line ${byDate.get(judged.date)!.line} already`;
      keptOut.push({ line: row.line, reason: 'date-duplicate', message });
    } else byDate.set(judged.date, { line: row.line, value: judged.value });
  }
  const inOrder = [...byDate].toSorted(([one], [other]) => compareText(one, other));
  const { values, leaps } = withoutLeaps(name, inOrder);
  return { values, keptOut: [...keptOut, ...leaps].sort((one, other) => one.line - other.line), rowsOutsideCalendar };
}

function judge(name: IndexName, { line, day, value, fault }: IndexRow, now: number): Judged {
  if (fault?.reason === 'date-out-of-range') return 'outside the calendar';
  if (fault !== undefined || day === undefined) {
    return { line, reason: fault?.reason ?? 'date-invalid', message: fault?.message ?? 'no date' };
  }
  const date = dateOfDayNumber(day);
  const keep = (reason: IndexReason, message: string): KeptOutRow => ({ line, reason, message });
  if (!(value > 0)) return keep('value-not-positive', `expected a value above 0, got ${value}`);
  const closed = indexClosedReason(name, date);
  if (closed !== undefined) return keep('market-closed', `${date}: the market was closed (${closed})`);
  const knownAt = indexKnownAt(name, date);
  if (knownAt <= now) return { date, value };
  return keep('not-over-yet', `${date} is over at ${new Date(knownAt).toISOString()}`);
}

type InOrder = readonly (readonly [TradeDate, { readonly line: number; readonly value: number }])[];

/** Takes out the values that lie further from the last good one than the series ever moved. */
function withoutLeaps(name: IndexName, inOrder: InOrder) {
  const { largestChange } = marketIndices[name];
  const values: { readonly date: TradeDate; readonly value: number }[] = [];
  const leaps: KeptOutRow[] = [];
  for (const [date, { line, value }] of inOrder) {
    const before = values.at(-1);
    const ratio = before === undefined ? 1 : Math.max(value / before.value, before.value / value);
    // After a gap of weeks a series may be anywhere.
    const isNear = before !== undefined && dayNumber(date) - dayNumber(before.date) <= longestGap;
    if (ratio > largestChange && isNear) {
      const message = `${date}: ${value} after ${before.value} is a change that ${name} never had in a day`;
      leaps.push({ line, reason: 'change-implausible', message });
    } else values.push({ date, value });
  }
  return { values, leaps };
}

/** Days up to which the value before says what is plausible: a wrong one does not keep out all that come after it. */
const longestGap = 10;
