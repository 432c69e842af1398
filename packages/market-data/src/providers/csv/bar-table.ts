import { parseSymbol, type SymbolCode } from '@daytrade/market';
import { type ColumnKind, type NamedColumns, namedColumns } from '../../tables/columns.ts';
import { type CsvLine, csvFields, csvLines, type LineStart, lineAt, type Separator } from '../../tables/lines.ts';
import { unreadable } from '../../tables/read-file.ts';

/** At which position of a row each value of a symbol stands. */
export interface BarColumns {
  readonly time: number;
  /** Positions of open, high, low, close, volume. */
  readonly values: readonly number[];
  readonly adjustedClose: number | undefined;
  /** Yen a share that go from the price on the day. */
  readonly dividend: number | undefined;
  /** A time of the day beside a date, which only some intraday files fill in. */
  readonly timeOfDay: number | undefined;
  readonly statedBasis: number | undefined;
  /** The provider that an export names in each row. */
  readonly source: number | undefined;
  /** Shares in one unit of the volume. */
  readonly volumeUnit: number;
  /** True beside a factor of adjustment: J-Quants keeps its prices as they were traded. */
  readonly hasFactor: boolean;
}

/** A text of bars whose header was understood. */
export interface BarTable {
  readonly text: string;
  readonly body: LineStart;
  readonly separator: Separator;
  readonly fields: number;
  readonly header: 'English' | 'Japanese' | 'yfinance';
  /** The columns of a file of one symbol, or of one with a column of codes. */
  readonly columns: BarColumns;
  /** True where the header calls the column of times a date. */
  readonly isDate: boolean;
  readonly code: number | undefined;
  /** The columns of each symbol where they stand side by side; empty elsewhere. */
  readonly sideBySide: ReadonlyMap<SymbolCode, BarColumns>;
}

const valueColumns = ['open', 'high', 'low', 'close', 'volume'] as const satisfies readonly ColumnKind[];
const separators = [',', ';', '\t'] as const satisfies readonly Separator[];
/** Lines above the header, as a title, that are passed over at most. */
const longestTitle = 4;
const expected =
  'expected date,open,high,low,close,volume (daily; an adjclose column may follow close) or ' +
  'timestamp,open,high,low,close,volume, or the same in Japanese (日付,始値,高値,安値,終値,出来高)';

/**
 * Recognises a file's form by its header. Columns may stand in any order and case, in English or Japanese, between
 * commas, semicolons or tabs; further columns are passed over, and so are up to four lines of a title. yfinance writes
 * three lines, with the columns of its symbols side by side. A column of codes makes it a file of many symbols.
 *
 * @throws DayTradeError `data.file-unreadable`, with the header that was found and what was expected
 */
export function openBarTable(text: string, file: string): BarTable {
  const lines: CsvLine[] = [];
  for (const line of csvLines(text)) if (lines.push(line) > longestTitle) break;
  const [first] = lines;
  if (first === undefined) throw unreadable(file, 'the file holds nothing but blank lines; expected a header line');
  const yfinance = sideBySide(text, lines, file);
  if (yfinance !== undefined) return yfinance;
  const header = lines.find((line) => looksLikeHeader(headerIn(line.text))) ?? first;
  const { separator, fields, named } = headerIn(header.text);
  const refuse = (reason: string) =>
    unreadable(file, `line ${header.line}: ${reason}; the header is ${shown(header.text)}, ${expected}`);
  return {
    text,
    body: after(text, header),
    separator,
    fields: fields.length,
    header: named.language,
    columns: columnsOf(named, refuse),
    isDate: named.at.has('date'),
    code: named.at.get('code'),
    sideBySide: new Map(),
  };
}

function columnsOf({ at, twice, volumeUnit }: NamedColumns, refuse: (reason: string) => Error): BarColumns {
  const time = at.get('date') ?? at.get('stamp');
  if (time === undefined) throw refuse('there is no column date or timestamp');
  const missing = valueColumns.filter((name) => !at.has(name));
  if (missing.length === 1 && missing[0] === 'volume') {
    throw refuse('there is no column volume: an index has none; one is imported by --index NAME');
  }
  if (missing.length > 0) throw refuse(`there is no column ${missing.join(', ')}`);
  if (twice.length > 0) throw refuse(`the column ${twice[0]} is there twice`);
  return {
    time,
    values: valueColumns.map((name) => at.get(name)!),
    adjustedClose: at.get('adjustedClose'),
    dividend: at.get('dividend'),
    timeOfDay: at.get('timeOfDay'),
    statedBasis: at.get('priceBasis'),
    source: at.get('source'),
    volumeUnit,
    hasFactor: at.has('adjustmentFactor'),
  };
}

/** The table of a file whose first three lines are those of yfinance. */
function sideBySide(text: string, lines: readonly CsvLine[], file: string): BarTable | undefined {
  const rows = lines.slice(0, 3).map((line) => csvFields(line.text));
  const starts = rows.map((row) => row[0]!.trim().toLowerCase());
  const prices = rows[starts.indexOf('price')];
  const tickers = rows[starts.indexOf('ticker')];
  if (prices === undefined || tickers === undefined || !['date', 'datetime'].includes(starts[2]!)) return undefined;
  const symbols = new Map<SymbolCode, BarColumns>();
  for (const ticker of new Set(tickers.slice(1).filter((each) => each.trim() !== ''))) {
    const symbol = symbolOf(ticker.trim());
    if (symbol === undefined) continue;
    const own = prices.map((name, index) => (index === 0 ? starts[2]! : tickers[index] === ticker ? name : ''));
    const refuse = (reason: string) => unreadable(file, `line 1: ${ticker}: ${reason}`);
    symbols.set(symbol, columnsOf(namedColumns(own), refuse));
  }
  const [columns] = symbols.values();
  if (columns === undefined) {
    throw unreadable(
      file,
      `line 2: no ticker is one of the Tokyo Stock Exchange: ${shown(tickers.slice(1).join(','))}`,
    );
  }
  const body = after(text, lines[2]!);
  return {
    text,
    body,
    separator: ',',
    fields: prices.length,
    header: 'yfinance',
    columns,
    isDate: starts[2] === 'date',
    code: undefined,
    sideBySide: symbols,
  };
}

/** The code of a symbol of the exchange, also as spreadsheets write it (7203.0); undefined for any other text. */
export function symbolOf(text: string): SymbolCode | undefined {
  try {
    return parseSymbol(text.replace(/^(\d{4,5})\.0$/, '$1'));
  } catch {
    return undefined;
  }
}

interface Header {
  readonly separator: Separator;
  readonly fields: readonly string[];
  readonly named: NamedColumns;
}

function headerIn(line: string): Header {
  const separator = separatorOf(line);
  const fields = csvFields(line, separator);
  return { separator, fields, named: namedColumns(fields) };
}

function looksLikeHeader({ named: { at } }: Header): boolean {
  return (at.has('date') || at.has('stamp')) && valueColumns.filter((name) => at.has(name)).length >= 3;
}

/** The separator that gives the most columns with a known name, or else the most fields. */
function separatorOf(line: string): Separator {
  const rank = (separator: Separator) => {
    const fields = csvFields(line, separator);
    return namedColumns(fields).at.size * 1_000 + fields.length;
  };
  return separators.reduce((best, each) => (rank(each) > rank(best) ? each : best));
}

function after(text: string, { line, start }: CsvLine): LineStart {
  return { line: line + 1, start: lineAt(text, start).next };
}

function shown(line: string): string {
  return JSON.stringify(line.length > 200 ? `${line.slice(0, 200)}…` : line);
}
