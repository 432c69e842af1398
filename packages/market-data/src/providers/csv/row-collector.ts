import { type BarInterval, type DateFormat, type PriceBasis, priceBasisSchema } from '@daytrade/contracts';
import type { MalformedRow } from '../../provider.ts';
import { type CsvLine, csvFields, lineAt, type Separator } from '../../tables/lines.ts';
import { type ParsedTime, parseDay, parseInstant } from '../../tables/moments.ts';
import { isNoValue, numberFault, parseNumber, parseVolume } from '../../tables/numbers.ts';
import { unreadable } from '../../tables/read-file.ts';
import type { BarFile } from './bar-file.ts';
import type { BarColumns } from './bar-table.ts';
import { dividendsInFile } from './dividends-in-file.ts';

const columnNames = ['open', 'high', 'low', 'close', 'volume'] as const;
const longestRow = 200;
const fewLines = 100;

interface RowsToCollect {
  readonly columns: BarColumns;
  readonly separator: Separator;
  readonly fields: number;
  readonly interval: BarInterval;
  readonly file: string;
  readonly wanted: PriceBasis | undefined;
  readonly dateFormat?: DateFormat | undefined;
  readonly capacity: number;
  readonly text: string;
}

export class RowCollector {
  readonly #rows: RowsToCollect;
  readonly #columns: BarColumns;
  readonly #parseTime: (text: string, column: string, format: DateFormat | undefined) => ParsedTime;
  readonly #timeName: string;
  readonly #times: Float64Array;
  readonly #values: readonly Float64Array[];
  readonly #adjustedCloses: Float64Array | undefined;
  readonly #dividends: Float64Array | undefined;
  readonly #lines: Int32Array;
  /** Start of each row's line in the text. */
  readonly #starts: Float64Array;
  #length = 0;
  readonly #malformed: MalformedRow[] = [];
  /** Price basis stated by the first row; the others must state the same. */
  #statedBasis: PriceBasis | undefined;
  readonly #dateForms = new Set<string>();
  #lastForm = '';
  #rowsWithoutTrade = 0;

  constructor(rows: RowsToCollect) {
    this.#rows = rows;
    this.#columns = rows.columns;
    this.#parseTime = rows.interval === '1d' ? parseDay : parseInstant;
    this.#timeName = rows.interval === '1d' ? 'date' : 'timestamp';
    this.#times = new Float64Array(rows.capacity);
    this.#values = columnNames.map(() => new Float64Array(rows.capacity));
    this.#adjustedCloses = rows.columns.adjustedClose === undefined ? undefined : new Float64Array(rows.capacity);
    this.#dividends = rows.columns.dividend === undefined ? undefined : new Float64Array(rows.capacity);
    this.#lines = new Int32Array(rows.capacity);
    this.#starts = new Float64Array(rows.capacity);
  }

  get isEmpty(): boolean {
    return this.#length + this.#malformed.length + this.#rowsWithoutTrade === 0;
  }

  add({ line, text, start }: CsvLine): void {
    const { separator } = this.#rows;
    const columns = this.#columns;
    const fields = csvFields(text, separator);
    const date = (fields[columns.time] ?? '').trim();
    const refuse = (fault: Pick<MalformedRow, 'reason' | 'message'>) =>
      this.#malformed.push({ line, date: date.slice(0, 40), ...fault, row: text.slice(0, longestRow) });
    if (fields.length !== this.#rows.fields) {
      const message = `expected ${this.#rows.fields} fields as in the header, found ${fields.length}`;
      refuse({ reason: 'fields-missing', message });
      return;
    }
    if (columns.timeOfDay !== undefined) this.#assertNoTime(fields[columns.timeOfDay]!, line);
    if (columns.statedBasis !== undefined) this.#noteBasis(fields[columns.statedBasis]!, line);
    if (columns.source !== undefined) this.#assertReal(fields[columns.source]!, line);
    const time = this.#parseTime(date, this.#timeName, this.#rows.dateFormat);
    if (!('form' in time)) {
      refuse(time);
      return;
    }
    if (this.#isWithoutTrade(fields)) {
      this.#rowsWithoutTrade += 1;
      return;
    }
    const row = this.#length;
    for (let column = 0; column < columnNames.length; column += 1) {
      const field = fields[columns.values[column]!]!;
      const value = (column === 4 ? parseVolume : parseNumber)(field, separator);
      if (Number.isNaN(value)) {
        refuse({ reason: 'not-a-number', message: numberFault(columnNames[column]!, field, separator) });
        return;
      }
      this.#values[column]![row] = value;
    }
    if (columns.volumeUnit !== 1) this.#values[4]![row]! *= columns.volumeUnit;
    if (this.#adjustedCloses !== undefined) {
      const field = fields[columns.adjustedClose!]!;
      const adjustedClose = parseNumber(field, separator);
      if (Number.isNaN(adjustedClose) && this.#rows.wanted === 'fully-adjusted') {
        refuse({ reason: 'not-a-number', message: numberFault('adjclose', field, separator) });
        return;
      }
      this.#adjustedCloses[row] = adjustedClose;
      if (this.#rows.wanted === 'fully-adjusted') this.#addDividendsBack(row, adjustedClose);
    }
    if (this.#dividends !== undefined) {
      const field = fields[columns.dividend!]!;
      const dividend = isNoValue(field) ? 0 : parseNumber(field, separator);
      if (Number.isNaN(dividend)) {
        refuse({ reason: 'not-a-number', message: numberFault('dividend', field, separator) });
        return;
      }
      this.#dividends[row] = dividend;
    }
    this.#keep(row, time, line, start);
  }

  #keep(row: number, { value, form }: { readonly value: number; readonly form: string }, line: number, start: number) {
    if (form !== this.#lastForm) {
      this.#dateForms.add(form);
      this.#lastForm = form;
    }
    this.#times[row] = value;
    this.#lines[row] = line;
    this.#starts[row] = start;
    this.#length = row + 1;
  }

  /** One factor for the four prices of a row keeps their order. A close of 0 is left to the quality gate. */
  #addDividendsBack(row: number, adjustedClose: number): void {
    const [open, high, low, close] = this.#values;
    const factor = close![row]! === 0 ? 1 : adjustedClose / close![row]!;
    for (const prices of [open!, high!, low!, close!]) prices[row]! *= factor;
  }

  /** No price, and no volume or none but 0. */
  #isWithoutTrade(fields: readonly string[]): boolean {
    const { values } = this.#columns;
    const volume = fields[values[4]!]!;
    return (
      // Nearly every row has an open, and this stands in the inner loop.
      isNoValue(fields[values[0]!]!) &&
      values.slice(1, 4).every((position) => isNoValue(fields[position]!)) &&
      (isNoValue(volume) || Number(volume) === 0)
    );
  }

  /** Rows of several times of a day are not daily bars, and without an offset not moments either. */
  #assertNoTime(field: string, line: number): void {
    const time = field.trim();
    if (time === '' || /^0[0:]*$/.test(time)) return;
    throw unreadable(
      this.#rows.file,
      `line ${line}: there is a time of the day, ${JSON.stringify(time.slice(0, 20))}, in a column ` +
        'of its own; bars of 5 minutes have one column timestamp, as 2025-01-22 09:05:00+09:00',
    );
  }

  /** @throws DayTradeError `data.file-unreadable` for an exported synthetic bar, which would pass for a real one */
  #assertReal(source: string, line: number): void {
    if (source.trim() !== 'synthetic') return;
    const what = 'source: the bar was made on the synthetic exchange, and only real ones are imported';
    throw unreadable(this.#rows.file, `line ${line}: ${what}; see daytrade fetch --help`);
  }

  /** @throws DayTradeError `data.file-unreadable` for an unknown basis, or another than that of earlier rows */
  #noteBasis(field: string, line: number): void {
    if (this.#rows.wanted !== undefined) return;
    const text = field.trim();
    if (text === this.#statedBasis) return;
    const parsed = priceBasisSchema.safeParse(text);
    if (this.#statedBasis !== undefined || !parsed.success) {
      const expected = this.#statedBasis ?? priceBasisSchema.options.join(', ');
      const got = JSON.stringify(text.slice(0, 40));
      throw unreadable(this.#rows.file, `line ${line}: price_basis: expected ${expected} in every row, got ${got}`);
    }
    this.#statedBasis = parsed.data;
  }

  finish(): Omit<BarFile, 'form'> & { readonly dateForms: readonly string[] } {
    const rows = this.#length;
    const { text } = this.#rows;
    // Nearly every line is a row, so that there is nothing to give back.
    const isFull = this.#rows.capacity - rows <= fewLines;
    const first = (column: Float64Array) => (isFull ? column.subarray(0, rows) : column.slice(0, rows));
    const starts = first(this.#starts);
    const [open, high, low, close, volume] = this.#values.map(first);
    const times = first(this.#times);
    const adjustedClose = this.#adjustedCloses?.slice(0, rows);
    const dividend = this.#dividends?.slice(0, rows);
    const hasDividends = this.#rows.interval === '1d' && this.#rows.wanted !== 'fully-adjusted';
    return {
      interval: this.#rows.interval,
      priceBasis: this.#rows.wanted ?? this.#statedBasis ?? (this.#columns.hasFactor ? 'traded' : undefined),
      adjustedClose: this.#rows.wanted === undefined ? adjustedClose : undefined,
      factors: hasDividends ? dividendsInFile({ times, close: close!, adjustedClose, dividend }) : [],
      times,
      open: open!,
      high: high!,
      low: low!,
      close: close!,
      volume: volume!,
      lines: this.#lines.slice(0, rows),
      rowText: (index) => {
        const start = starts[index];
        return start === undefined ? '' : lineAt(text, start).text.slice(0, longestRow);
      },
      malformed: this.#malformed,
      rowsWithoutTrade: this.#rowsWithoutTrade,
      dateForms: [...this.#dateForms],
    };
  }
}
