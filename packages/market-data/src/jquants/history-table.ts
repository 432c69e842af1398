import { formatSymbol, type SymbolCode } from '@daytrade/market';
import { csvFields, csvLines } from '../csv/csv-lines.ts';
import { invalid } from '../network/json-reply.ts';
import type { JQuantsRow } from './pages.ts';

/** Rows of one symbol in one file. */
interface Piece {
  readonly header: readonly string[];
  /** Bytes rather than text, which would keep the text of the whole file alive. */
  readonly lines: Uint8Array;
}

/** What rows of a table are, the columns that it must have, and which of its columns hold text. */
export interface TableForm {
  readonly name: string;
  readonly columns: readonly string[];
  /** The one of the columns that has the day of a row. */
  readonly date: string;
  readonly texts: readonly string[] | 'all';
}

const dailyBars: TableForm = {
  name: 'daily bars',
  columns: ['Date', 'Code', 'O', 'H', 'L', 'C', 'Vo', 'AdjFactor'],
  date: 'Date',
  texts: ['Date', 'Code', 'UL', 'LL'],
};

/** The rows of some symbols out of files of all, as they were written: 70 bytes for each bar. */
export class HistoryTable {
  /** By the code of five characters. */
  readonly #pieces: ReadonlyMap<string, Piece[]>;
  readonly #days = new Set<string>();
  readonly #form: TableForm;

  constructor(symbols: readonly SymbolCode[], form: TableForm = dailyBars) {
    this.#form = form;
    this.#pieces = new Map(symbols.map((symbol) => [formatSymbol(symbol, 'five'), []]));
  }

  /** Every day of which some issue has a row. */
  get days(): ReadonlySet<string> {
    return this.#days;
  }

  /**
   * Keeps the rows that are wanted of a file.
   *
   * @param what names the file in the message
   * @throws DayTradeError `data.provider-reply-invalid` where it is not a table of such bars; nothing of it is kept
   */
  add(text: string, what: string): void {
    const [first, ...rest] = csvLines(text);
    const header = csvFields((first?.text ?? '').replace(/^\uFEFF/, ''));
    const missing = this.#form.columns.filter((name) => !header.includes(name));
    if (missing.length > 0) {
      throw invalid(what, `expected a table of ${this.#form.name}; it has no ${missing.join(', ')}`);
    }
    const [date, code] = [header.indexOf(this.#form.date), header.indexOf('Code')];
    const kept = new Map<string, string[]>();
    for (const { text: line } of rest) {
      const fields = csvFields(line);
      this.#days.add(fields[date] ?? '');
      const issue = fields[code] ?? '';
      if (!this.#pieces.has(issue)) continue;
      const lines = kept.get(issue);
      if (lines === undefined) kept.set(issue, [line]);
      else lines.push(line);
    }
    for (const [issue, lines] of kept) {
      this.#pieces.get(issue)?.push({ header, lines: Buffer.from(lines.join('\n')) });
    }
  }

  /** The rows of a symbol in the form in which single questions are answered, without adjusted prices. */
  rowsOf(symbol: SymbolCode): readonly JQuantsRow[] {
    const pieces = this.#pieces.get(formatSymbol(symbol, 'five')) ?? [];
    return pieces.flatMap(({ header, lines }) =>
      new TextDecoder()
        .decode(lines)
        .split('\n')
        .map((line) => rowOf(header, csvFields(line), this.#form.texts)),
    );
  }
}

function rowOf(header: readonly string[], fields: readonly string[], texts: TableForm['texts']): JQuantsRow {
  const isText = (name: string) => texts === 'all' || texts.includes(name);
  return Object.fromEntries(header.map((name, index) => [name, readField(fields[index], isText(name))]));
}

function readField(field: string | undefined, isText: boolean): unknown {
  if (field === undefined || isText) return field;
  if (field === '') return null;
  const number = Number(field);
  return Number.isNaN(number) ? field : number;
}
