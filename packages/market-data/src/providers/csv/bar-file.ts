import { setImmediate as turn } from 'node:timers/promises';
import type { DateFormat, FileForm, PriceBasis } from '@daytrade/contracts';
import { dayNumber, parseTradeDate, type SymbolCode } from '@daytrade/market';
import type { SourceRows } from '../../provider.ts';
import { sessionIndex } from '../../quality/session-index.ts';
import { type CsvLine, csvFields, csvLines, lineAt, separatorWords } from '../../tables/lines.ts';
import { unreadable } from '../../tables/read-file.ts';
import { dateFormatOf, intervalOf } from '../../tables/time-column.ts';
import { type BarTable, openBarTable, symbolOf } from './bar-table.ts';
import { RowCollector } from './row-collector.ts';

export interface BarFile extends Omit<SourceRows, 'master' | 'file' | 'form'> {
  readonly form: Pick<FileForm, 'separator' | 'header' | 'dates' | 'volumeUnit'>;
}

interface BarFileOptions {
  /** The price basis that is asked for; default: that of the file. */
  readonly wanted?: PriceBasis | undefined;
  /** Default: found from the rows. */
  readonly dateFormat?: DateFormat | undefined;
  /** The symbol for which the file is named: rows of another one are refused. */
  readonly symbol?: SymbolCode | undefined;
}

/**
 * Reads a CSV text of one symbol's bars. Rows without the form of a bar are returned as malformed, the others are kept.
 *
 * A file with `adjclose` or a column of dividends also gives dividends (`dividendsInFile`). Its fully adjusted prices
 * are open, high, low and close times adjclose / close of the same row: dividends are added back, and the shape of the
 * bar stays. Volumes are unchanged.
 *
 * @throws DayTradeError `data.file-unreadable` when the header is not of bars, no row follows it, or rows are of
 * another symbol
 */
export function parseBarFile(text: string, file: string, { symbol, ...options }: BarFileOptions = {}): BarFile {
  const table = openBarTable(text, file);
  if (symbol !== undefined) assertIsOf(table, symbol, file);
  const lines = () => csvLines(text, table.body);
  return collect(table, { ...options, file, lines, capacity: countLines(text) });
}

/** Reads the bars of one symbol out of a text of many. Throws as {@link parseBarFile}. */
export function parseBarsOf(
  many: ManySymbols,
  symbol: SymbolCode,
  file: string,
  options: Pick<BarFileOptions, 'wanted' | 'dateFormat'> = {},
): BarFile {
  const { table } = many;
  const columns = table.sideBySide.get(symbol) ?? table.columns;
  const { lines, capacity } = many.linesOf(symbol);
  return collect({ ...table, columns }, { ...options, file, lines, capacity });
}

interface Collected extends Omit<BarFileOptions, 'symbol'> {
  readonly file: string;
  /** The rows, from the first one on each time. */
  readonly lines: () => Iterable<CsvLine>;
  readonly capacity: number;
}

function collect(table: BarTable, { file, wanted, lines, capacity, ...options }: Collected): BarFile {
  const { columns, separator, fields, text } = table;
  // An export of this platform calls the column of 5-minute bars timestamp, even where it has few of them.
  const isExported = columns.statedBasis !== undefined && !table.isDate;
  const dateFormat = options.dateFormat ?? dateFormatOf(timesOf(lines(), table), isOpen);
  const interval = isExported ? '5m' : intervalOf(timesOf(lines(), table), timeColumn(table), file, dateFormat);
  const known = { columns, separator, fields, interval, dateFormat };
  const rows = new RowCollector({ ...known, file, wanted, capacity, text });
  for (const line of lines()) rows.add(line);
  if (rows.isEmpty) throw unreadable(file, 'there is no row after the header');
  const { dateForms, ...collected } = rows.finish();
  const { header } = table;
  const { volumeUnit } = columns;
  return { ...collected, form: { separator: separatorWords[separator], header, dates: [...dateForms], volumeUnit } };
}

function isOpen(date: string): boolean {
  return sessionIndex(dayNumber(parseTradeDate(date))) !== undefined;
}

function* timesOf(lines: Iterable<CsvLine>, { columns, separator }: BarTable): Generator<string> {
  for (const { text } of lines) {
    const time = csvFields(text, separator)[columns.time];
    if (time !== undefined) yield time.trim();
  }
}

/** Returns the name of the column of times in messages. */
function timeColumn({ isDate }: BarTable): string {
  return isDate ? 'date' : 'timestamp';
}

/** @throws DayTradeError `data.file-unreadable` when the rows say that they are of another symbol */
function assertIsOf(table: BarTable, symbol: SymbolCode, file: string): void {
  const others = [...table.sideBySide.keys()].filter((each) => each !== symbol);
  const fault =
    others.length > 0 ? `it is named for ${symbol}, but holds ${others.join(', ')}` : codeFault(table, symbol);
  if (fault !== undefined) throw unreadable(file, `${fault}; name a file of several symbols otherwise, as all.csv`);
}

function countLines(text: string): number {
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}

/** Lines that are looked at before others get a turn. */
const linesAtOnce = 20_000;
const namedAtMost = 3;

/** A text of many symbols' bars: long, with a column of codes, or wide, with the columns of each side by side. */
export interface ManySymbols {
  readonly table: BarTable;
  readonly symbols: readonly SymbolCode[];
  /** Codes that are none of the exchange, each as it was written, with its rows. */
  readonly strangers: ReadonlyMap<string, number>;
  /** The rows of a symbol, from the first one on each time, and how many there are at most. */
  linesOf(symbol: SymbolCode): { readonly lines: () => Iterable<CsvLine>; readonly capacity: number };
}

/**
 * Finds which symbols a text holds; undefined where nothing in it says so.
 *
 * @throws DayTradeError `data.file-unreadable` when it is not a table of bars
 */
export async function findSymbols(text: string, file: string): Promise<ManySymbols | undefined> {
  const table = openBarTable(text, file);
  if (table.sideBySide.size > 0) return wide(table);
  return table.code === undefined ? undefined : await long(table, table.code);
}

function wide(table: BarTable): ManySymbols {
  const rows = [...csvLines(table.text, table.body)].length;
  const lines = () => csvLines(table.text, table.body);
  const symbols = [...table.sideBySide.keys()];
  return { table, symbols, strangers: new Map(), linesOf: () => ({ lines, capacity: rows }) };
}

async function long(table: BarTable, code: number): Promise<ManySymbols> {
  /** Start and line of each row by symbol, alternating. */
  const places = new Map<SymbolCode, number[]>();
  const known = new Map<string, number[] | undefined>();
  const strangers = new Map<string, number>();
  for (const { text, line, start } of csvLines(table.text, table.body)) {
    if (line % linesAtOnce === 0) await turn();
    const written = (csvFields(text, table.separator)[code] ?? '').trim();
    if (!known.has(written)) known.set(written, placesOf(places, written));
    const own = known.get(written);
    if (own === undefined) strangers.set(written, (strangers.get(written) ?? 0) + 1);
    else own.push(start, line);
  }
  function* lines(own: readonly number[]): Generator<CsvLine> {
    for (let i = 0; i < own.length; i += 2) {
      yield { start: own[i]!, line: own[i + 1]!, text: lineAt(table.text, own[i]!).text };
    }
  }
  return {
    table,
    symbols: [...places.keys()].sort(),
    strangers,
    linesOf: (symbol) => {
      const own = places.get(symbol) ?? [];
      return { lines: () => lines(own), capacity: own.length / 2 };
    },
  };
}

/** Returns the places of a code's symbol, which several spellings share; undefined for an invalid code. */
function placesOf(places: Map<SymbolCode, number[]>, written: string): number[] | undefined {
  const symbol = symbolOf(written);
  if (symbol === undefined) return undefined;
  const own = places.get(symbol) ?? [];
  places.set(symbol, own);
  return own;
}

/** Describes codes of other symbols in a file that is named for one; undefined where there are no others. */
function codeFault(table: BarTable, symbol: SymbolCode): string | undefined {
  if (table.code === undefined) return undefined;
  const others = new Set<string>();
  for (const { text } of csvLines(table.text, table.body)) {
    const written = (csvFields(text, table.separator)[table.code] ?? '').trim();
    if (!others.has(written) && symbolOf(written) !== symbol) others.add(written);
    if (others.size > namedAtMost) break;
  }
  if (others.size === 0) return undefined;
  const named = [...others].slice(0, namedAtMost).map((each) => JSON.stringify(each));
  return (
    `it is named for ${symbol}, but holds rows of ` +
    `${named.join(', ')}${others.size > namedAtMost ? ' and others' : ''}`
  );
}
