import type { DateFormat } from '@daytrade/contracts';
import { isNoValue, numberFault, parseNumber } from '../csv/bar-number.ts';
import { parseDay } from '../csv/bar-time.ts';
import { namedColumns } from '../csv/column-names.ts';
import { type CsvLine, csvFields, csvLines, type Separator } from '../csv/csv-lines.ts';
import { dateFormatOf } from '../csv/date-format.ts';
import { decodeText } from '../csv/decode-text.ts';
import { unreadable } from '../csv/file-error.ts';
import { unpack } from '../csv/unpack.ts';

/** A row of a file of index values as it was written: its day and its value, or what is wrong with it. */
export interface IndexRow {
  /** The first line of the file is 1. */
  readonly line: number;
  /** Days since 1970-01-01; undefined where the date cannot be read. */
  readonly day: number | undefined;
  /** Not a number where there is a fault. */
  readonly value: number;
  readonly fault?: {
    readonly reason: 'fields-missing' | 'date-invalid' | 'date-out-of-range' | 'not-a-number';
    readonly message: string;
  };
}

/** The rows of a file, without those that have no value at all. */
export interface IndexFile {
  readonly rows: readonly IndexRow[];
  readonly rowsWithoutValue: number;
}

const separators = [',', ';', '\t'] as const satisfies readonly Separator[];
const expected =
  'expected date,close, as 2026-11-24,22990.1 (other columns are passed over), or two columns: a date and a value';

/**
 * Reads a file of the values of one index series: CSV, gzipped or not, in UTF-8 or Shift_JIS, with a header. Days are
 * those of the market that the series is of; no time of day is looked at.
 *
 * @param file name for the messages
 * @param dateFormat of dates that can be read in two ways; default: found from the rows
 * @throws DayTradeError `data.file-unreadable` for what is not a table of values
 */
export async function readIndexFile(bytes: Uint8Array, file: string, dateFormat?: DateFormat): Promise<IndexFile> {
  const unpacked = await unpack(bytes, file);
  const lines = [...csvLines(decodeText(unpacked.bytes, file).text)];
  const [header, ...body] = lines;
  if (header === undefined) throw unreadable(file, 'the file holds nothing but blank lines');
  const columns = columnsOf(header, file);
  const dates = body.map(({ text }) => csvFields(text, columns.separator)[columns.date]?.trim() ?? '');
  const format = dateFormat ?? dateFormatOf(dates);
  const rows: IndexRow[] = [];
  let rowsWithoutValue = 0;
  for (const line of body) {
    const row = rowOf(line, columns, format);
    if (row === undefined) rowsWithoutValue += 1;
    else rows.push(row);
  }
  if (rows.length === 0) throw unreadable(file, 'there is no row with a value after the header');
  return { rows, rowsWithoutValue };
}

interface Columns {
  readonly separator: Separator;
  readonly fields: number;
  readonly date: number;
  readonly value: number;
}

function columnsOf({ text, line }: CsvLine, file: string): Columns {
  const separator = separators.find((each) => text.includes(each)) ?? ',';
  const header = csvFields(text, separator);
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
