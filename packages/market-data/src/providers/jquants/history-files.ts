import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { DayTradeError } from '@daytrade/errors';
import {
  dateOfDayNumber,
  dayNumber,
  formatSymbol,
  isTradeDate,
  type SymbolCode,
  type TradeDate,
} from '@daytrade/market';
import { csvFields, csvLines } from '../../tables/lines.ts';
import type { DateRange } from '../network/missing-bars.ts';
import { invalid } from '../network/requests.ts';
import { type JQuantsClient, type JQuantsRow, readPages } from './client.ts';

/** A file of the bars of all issues: a month that is over, or a day of the month that is not. */
export interface HistoryFile {
  /** Names it to the provider. */
  readonly key: string;
  /** The calendar days that its name says. */
  readonly days: DateRange;
}

const listPath = '/bulk/list';
const placePath = '/bulk/get';
/** As `…/equities_bars_daily_202501.csv.gz` for a month, `…_20260210.csv.gz` for a day. */
const nameOfFile = /_(\d{4})(\d\d)(\d\d)?\.csv\.gz$/;

/**
 * The files that hold days of a range, oldest first (https://jpx-jquants.com/en/spec/bulk-list). A day that is also in
 * a month is left out. Asking where a file is counts as a request; reading it there does not.
 *
 * @param endpoint the one whose rows the files have (https://jpx-jquants.com/en/spec/bulk-list/endpoints)
 * @throws DayTradeError as `readPages`
 */
export async function listHistoryFiles(
  client: JQuantsClient,
  { from, to }: DateRange,
  signal?: AbortSignal,
  endpoint = '/equities/bars/daily',
): Promise<readonly HistoryFile[]> {
  const rows = await readPages(client, listPath, { endpoint }, signal);
  const files = rows.flatMap(({ Key: key }) => {
    if (typeof key !== 'string') throw invalid(listPath, 'expected a text as "Key"');
    const days = daysOf(key);
    return days === undefined || days.to < from || days.from > to ? [] : [{ key, days }];
  });
  const months = files.filter(isOfMonth);
  const isInMonth = ({ days }: HistoryFile) =>
    months.some((month) => month.days.from <= days.from && days.to <= month.days.to);
  return [...months, ...files.filter((file) => !months.includes(file) && !isInMonth(file))].sort((one, other) =>
    one.days.from < other.days.from ? -1 : 1,
  );
}

/**
 * Reads the text of a file. Its address is valid for five minutes (https://jpx-jquants.com/en/spec/bulk-get), so it is
 * requested each time.
 *
 * @throws DayTradeError as `JQuantsClient.get`
 */
export async function readHistoryFile(
  client: JQuantsClient,
  { key }: HistoryFile,
  signal?: AbortSignal,
): Promise<string> {
  const { what, body } = await client.get(placePath, { key }, signal);
  const url = (body as { readonly url?: unknown } | null)?.url;
  if (typeof url !== 'string') throw invalid(what, 'expected a text as "url"');
  return unpack(await client.download(url, key, signal), key);
}

/** Returns true for the file of a month, false for that of a day. */
export function isOfMonth({ days: { from, to } }: HistoryFile): boolean {
  return from !== to;
}

/** Those of some days that no file has by its name. */
export function daysOutside(files: readonly HistoryFile[], days: readonly TradeDate[]): readonly TradeDate[] {
  return days.filter((day) => !files.some(({ days: { from, to } }) => from <= day && day <= to));
}

function daysOf(key: string): DateRange | undefined {
  const [, year, month, day] = nameOfFile.exec(key) ?? [];
  const first = `${year}-${month}-${day ?? '01'}`;
  if (!isTradeDate(first)) return undefined;
  return { from: first, to: day === undefined ? lastOfMonth(first) : first };
}

function lastOfMonth(first: TradeDate): TradeDate {
  // Some day of the next month, less its own number.
  const later = dateOfDayNumber(dayNumber(first) + 31);
  return dateOfDayNumber(dayNumber(later) - Number(later.slice(8)));
}

/** Rows of one symbol in one file. */
interface Piece {
  readonly header: readonly string[];
  /** Bytes rather than text, which would keep the text of the whole file alive. */
  readonly lines: Uint8Array;
}

/** Kind of rows in a table, its required columns, and its text columns. */
export interface TableForm {
  readonly name: string;
  readonly columns: readonly string[];
  /** The one of the columns that has the day of a row. */
  readonly date: string;
  readonly texts: readonly string[];
}

const dailyBars: TableForm = {
  name: 'daily bars',
  columns: ['Date', 'Code', 'O', 'H', 'L', 'C', 'Vo', 'AdjFactor'],
  date: 'Date',
  texts: ['Date', 'Code', 'UL', 'LL'],
};

/** The rows of some symbols out of files of all, as they were written: 70 bytes for each bar. */
export class HistoryTable {
  /** Rows by the code of five characters. */
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
  return Object.fromEntries(header.map((name, index) => [name, readField(fields[index], texts.includes(name))]));
}

function readField(field: string | undefined, isText: boolean): unknown {
  if (field === undefined || isText) return field;
  if (field === '') return null;
  const number = Number(field);
  return Number.isNaN(number) ? field : number;
}

const unzip = promisify(gunzip);
/** A month of all issues has about ten million bytes. */
const mostBytes = 128 * 1024 * 1024;

/**
 * Decompresses a gzip file to text. A proxy may already have done so; then the text is returned unchanged.
 *
 * @param what names it in the messages
 * @throws DayTradeError `data.provider-failed` where it ends early, which may be whole the next time;
 * `data.provider-reply-invalid` where it is another file, or unpacks to too much
 */
async function unpack(bytes: Uint8Array, what: string): Promise<string> {
  const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return new TextDecoder().decode(isPacked ? await unzip(bytes, { maxOutputLength: mostBytes }).catch(explain) : bytes);

  function explain({ code }: NodeJS.ErrnoException): never {
    if (code === 'Z_BUF_ERROR') throw new DayTradeError('data.provider-failed', `${what}: the file ends early`);
    throw invalid(what, code === 'ERR_BUFFER_TOO_LARGE' ? 'the file unpacks to too much' : 'the file is damaged');
  }
}
