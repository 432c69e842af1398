import type { MalformedRow, SourceRows } from '../provider.ts';
import { type BarHeader, recogniseHeader } from './bar-header.ts';
import { type ParsedTime, parseDay, parseTimestamp } from './bar-time.ts';
import { type CsvLine, csvFields, csvLines } from './csv-lines.ts';
import { unreadable } from './decode-text.ts';

/** The rows of a file of one symbol's bars. */
export type BarFile = Omit<SourceRows, 'master' | 'file'>;

const columnNames = ['open', 'high', 'low', 'close', 'volume'] as const;
const numberPattern = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const longestRow = 200;

/**
 * Reads a CSV text of bars. Rows that are no bar in form are given back as malformed, the others are kept.
 *
 * @param file name for the messages
 * @throws DayTradeError `data.file-unreadable` when the header is none of bars, or no row follows it
 */
export function parseBarFile(text: string, file: string): BarFile {
  const lines = csvLines(text);
  const first = lines.next();
  if (first.done === true) throw unreadable(file, 'the file holds nothing but blank lines; expected a header line');
  const header = recogniseHeader(first.value.text, file);
  const rows = new RowCollector(header, countLines(text));
  for (const line of lines) rows.add(line);
  if (rows.isEmpty) throw unreadable(file, 'there is no row after the header');
  return rows.finish();
}

class RowCollector {
  readonly #header: BarHeader;
  readonly #parseTime: (text: string) => ParsedTime;
  readonly #times: Float64Array;
  readonly #values: readonly Float64Array[];
  readonly #lines: Int32Array;
  readonly #texts: string[] = [];
  readonly #malformed: MalformedRow[] = [];
  #rowsWithoutTrade = 0;

  constructor(header: BarHeader, capacity: number) {
    this.#header = header;
    this.#parseTime = header.interval === '1d' ? parseDay : parseTimestamp;
    this.#times = new Float64Array(capacity);
    this.#values = columnNames.map(() => new Float64Array(capacity));
    this.#lines = new Int32Array(capacity);
  }

  get isEmpty(): boolean {
    return this.#texts.length + this.#malformed.length + this.#rowsWithoutTrade === 0;
  }

  add({ line, text }: CsvLine): void {
    const header = this.#header;
    const fields = csvFields(text);
    const date = (fields[header.time] ?? '').trim();
    const refuse = (fault: Pick<MalformedRow, 'reason' | 'message'>) =>
      this.#malformed.push({ line, date: date.slice(0, 40), ...fault, row: text.slice(0, longestRow) });
    if (fields.length !== header.fields) {
      const message = `expected ${header.fields} fields as in the header, found ${fields.length}`;
      refuse({ reason: 'fields-missing', message });
      return;
    }
    const time = this.#parseTime(date);
    if (typeof time === 'object') {
      refuse(time);
      return;
    }
    if (header.interval === '5m' && this.#isWithoutTrade(fields)) {
      this.#rowsWithoutTrade += 1;
      return;
    }
    const row = this.#texts.length;
    for (let column = 0; column < columnNames.length; column += 1) {
      const value = parseNumber(fields[header.values[column]!]!);
      if (Number.isNaN(value)) {
        const found = JSON.stringify(fields[header.values[column]!]!.slice(0, 40));
        refuse({ reason: 'not-a-number', message: `${columnNames[column]}: expected a number, got ${found}` });
        return;
      }
      this.#values[column]![row] = value;
    }
    this.#times[row] = time;
    this.#lines[row] = line;
    this.#texts.push(text);
  }

  /** No price, and no volume or none but 0. */
  #isWithoutTrade(fields: readonly string[]): boolean {
    const values = this.#header.values.map((position) => fields[position]!.trim());
    const volume = values.pop()!;
    return values.every((value) => value === '') && (volume === '' || Number(volume) === 0);
  }

  finish(): BarFile {
    const rows = this.#texts.length;
    const [open, high, low, close, volume] = this.#values.map((column) => column.slice(0, rows));
    return {
      interval: this.#header.interval,
      priceBasis: this.#header.priceBasis,
      times: this.#times.slice(0, rows),
      open: open!,
      high: high!,
      low: low!,
      close: close!,
      volume: volume!,
      lines: this.#lines.slice(0, rows),
      rowText: (index) => (this.#texts[index] ?? '').slice(0, longestRow),
      malformed: this.#malformed,
      rowsWithoutTrade: this.#rowsWithoutTrade,
    };
  }
}

/** NaN for a text that is no finite number. */
function parseNumber(field: string): number {
  const text = field.trim();
  if (!numberPattern.test(text)) return Number.NaN;
  const value = Number(text);
  return Number.isFinite(value) ? value : Number.NaN;
}

function countLines(text: string): number {
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}
