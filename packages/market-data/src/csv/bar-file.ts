import { type PriceBasis, priceBasisSchema } from '@daytrade/contracts';
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
 * Reads a CSV text of bars. Rows without the form of a bar are returned as malformed, the others are kept.
 *
 * Of a file with `adjclose`, fully adjusted prices are open, high, low and close times adjclose / close of the same
 * row: dividends are added back, and the shape of the bar stays. Volumes stay as they are.
 *
 * @param file name for the messages
 * @param wanted the price basis that is asked for; default: that of the file
 * @throws DayTradeError `data.file-unreadable` when the header is none of bars, or no row follows it
 */
export function parseBarFile(text: string, file: string, wanted?: PriceBasis): BarFile {
  const lines = csvLines(text);
  const first = lines.next();
  if (first.done === true) throw unreadable(file, 'the file holds nothing but blank lines; expected a header line');
  const header = recogniseHeader(first.value.text, file);
  const rows = new RowCollector(header, { file, wanted, capacity: countLines(text) });
  for (const line of lines) rows.add(line);
  if (rows.isEmpty) throw unreadable(file, 'there is no row after the header');
  return rows.finish();
}

/** The file whose rows are collected: its name, the price basis that is asked for, and rows at most. */
interface Collected {
  readonly file: string;
  readonly wanted: PriceBasis | undefined;
  readonly capacity: number;
}

class RowCollector {
  readonly #header: BarHeader;
  readonly #parseTime: (text: string) => ParsedTime;
  readonly #times: Float64Array;
  readonly #values: readonly Float64Array[];
  readonly #lines: Int32Array;
  readonly #texts: string[] = [];
  readonly #malformed: MalformedRow[] = [];
  readonly #file: string;
  readonly #wanted: PriceBasis | undefined;
  #priceBasis: PriceBasis | undefined;
  /** What the column `price_basis` said first; the others say the same. */
  #stated: string | undefined;
  /** Position of the adjusted close when prices are to be scaled by it. */
  readonly #adjustedClose: number | undefined;
  #rowsWithoutTrade = 0;

  constructor(header: BarHeader, { file, wanted, capacity }: Collected) {
    this.#header = header;
    this.#file = file;
    this.#wanted = wanted;
    this.#priceBasis = wanted ?? header.priceBasis;
    this.#adjustedClose = wanted === 'fully-adjusted' ? header.adjustedClose : undefined;
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
    if (header.statedBasis !== undefined && this.#wanted === undefined) this.#state(fields[header.statedBasis]!, line);
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
    const refuseNumber = (name: string, position: number) => {
      const found = JSON.stringify(fields[position]!.slice(0, 40));
      refuse({ reason: 'not-a-number', message: `${name}: expected a number, got ${found}` });
    };
    for (let column = 0; column < columnNames.length; column += 1) {
      const position = header.values[column]!;
      const value = parseNumber(fields[position]!);
      if (Number.isNaN(value)) {
        refuseNumber(columnNames[column]!, position);
        return;
      }
      this.#values[column]![row] = value;
    }
    if (this.#adjustedClose !== undefined) {
      const adjustedClose = parseNumber(fields[this.#adjustedClose]!);
      if (Number.isNaN(adjustedClose)) {
        refuseNumber('adjclose', this.#adjustedClose);
        return;
      }
      this.#addDividendsBack(row, adjustedClose);
    }
    this.#times[row] = time;
    this.#lines[row] = line;
    this.#texts.push(text);
  }

  /** @throws DayTradeError `data.file-unreadable` for no basis, or another one than in the rows before */
  #state(field: string, line: number): void {
    const text = field.trim();
    if (text === this.#stated) return;
    const parsed = priceBasisSchema.safeParse(text);
    if (this.#stated === undefined && parsed.success) {
      this.#stated = text;
      this.#priceBasis = parsed.data;
      return;
    }
    const expected = this.#stated ?? priceBasisSchema.options.join(', ');
    const got = JSON.stringify(text.slice(0, 40));
    throw unreadable(this.#file, `line ${line}: price_basis: expected ${expected} in every row, got ${got}`);
  }

  /** One factor for the four prices of a row keeps their order. A close of 0 is left to the quality gate. */
  #addDividendsBack(row: number, adjustedClose: number): void {
    const [open, high, low, close] = this.#values;
    const factor = close![row]! === 0 ? 1 : adjustedClose / close![row]!;
    for (const prices of [open!, high!, low!, close!]) prices[row]! *= factor;
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
      priceBasis: this.#priceBasis,
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

/** NaN for a text that is not a finite number. */
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
