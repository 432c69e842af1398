import { rm, stat } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { type BacktestRecord, routes } from '@daytrade/contracts';
import { parseSymbol, parseTradeDate, type SymbolCode, type TradeDate } from '@daytrade/market';
import { csvRow } from '@daytrade/market-data';
import { codesOption } from '../fetch-request.ts';
import { textOption, wrongInput } from '../input.ts';
import type { Connection } from '../platform/connect.ts';
import { assertNew, writePieces, writeWhole } from './whole-file.ts';

const backtestTables = ['trades', 'orders', 'fills', 'returns', 'by-symbol'] as const;
const tables = ['predictions', 'judged', 'quarantine', ...backtestTables] as const;
type Table = (typeof tables)[number];

/** Checked request of `daytrade data export`. */
export interface ExportRequest {
  readonly what: Table;
  /** Run of the backtest; undefined for other tables. */
  readonly run: string | undefined;
  readonly symbols: readonly SymbolCode[] | undefined;
  readonly from: TradeDate | undefined;
  readonly to: TradeDate | undefined;
  /** Absolute path of the file. */
  readonly output: string;
  readonly excel: boolean;
  readonly force: boolean;
}

type Options = Readonly<Record<string, unknown>>;

/** @throws DayTradeError `input.invalid`, `market.symbol-invalid` */
export function exportRequest(asked: string | undefined, options: Options, run?: string): ExportRequest {
  const what = tables.find((name) => name === (asked ?? 'predictions'));
  if (what === undefined) {
    const names = tables.map((name) => JSON.stringify(name)).join(', ');
    throw wrongInput('what', `expected one of ${names}, got ${JSON.stringify(asked)}`, asked);
  }
  const isOfRun = backtestTables.some((name) => name === what);
  if (isOfRun !== (run !== undefined)) {
    throw wrongInput('run', isOfRun ? 'expected the run of a backtest' : `expected none for ${what}`, run);
  }
  const output = textOption(options, 'output') ?? (isOfRun ? `${what}-${run}.csv` : undefined);
  if (output === undefined || !/\.(csv|parquet)$/.test(output)) {
    throw wrongInput('--output', `expected a file name as ${what}.csv or ${what}.parquet`, output);
  }
  if (options.excel === true && output.endsWith('.parquet')) {
    throw wrongInput('--excel', 'expected it with CSV only', true);
  }
  return {
    what,
    run,
    symbols: codesOption(options)?.map((code) => parseSymbol(code)),
    ...daysOf(options),
    output: resolve(output),
    excel: options.excel === true,
    force: options.force === true,
  };
}

function daysOf(options: Options): Pick<ExportRequest, 'from' | 'to'> {
  const day = (name: 'from' | 'to') => {
    const text = textOption(options, name);
    return text === undefined ? undefined : parseTradeDate(text, `--${name}`);
  };
  const [from, to] = [day('from'), day('to')];
  if (from === undefined || to === undefined || from <= to) return { from, to };
  throw wrongInput('--from', `expected a day that is not after --to, ${to}, got ${from}`, from);
}

export interface ExportResult {
  readonly what: Table;
  readonly file: string;
  readonly bytes: number;
  readonly rows: number;
  readonly symbols: readonly string[];
  readonly synthetic: boolean;
}

/** Rows in quarantine that are asked for at a time. */
const pageRows = 5_000;
/** The longest history of a symbol that the service gives. */
const longestHistory = 2_000;

type Row = Readonly<Record<string, CsvValue>>;

/** The columns of each table, by the names that the API has for them. */
const columns: Readonly<Record<Table, readonly string[]>> = {
  predictions: words(`symbol name session lastSession lastClose expectedDividend lower centre upper coverage
    probabilityUp directionSkilled priceBasis modelVersion intervalMethod madeAt late synthetic
    announcementDate announcementKind announcementTime`),
  judged: words(`symbol name horizon session lastClose lower centre upper probabilityUp close inside restatedClose
    modelVersion source priceBasis synthetic`),
  quarantine: words('symbol date file line severity reason message row'),
  trades: words('symbol side shares opened closed entry exit profit'),
  orders: words('session order symbol side shares type time price stopLoss takeProfit closes forced filled'),
  fills: words('session order symbol side shares price why cost'),
  returns: words('date return'),
  'by-symbol': words('symbol trades wins profit costs'),
};

function words(text: string): readonly string[] {
  return text.split(/\s+/);
}

/**
 * Writes predictions, judged predictions, the quarantine or a table of a backtest as one file, row by row.
 *
 * @throws DayTradeError `output.exists`, `output.unwritable`, `data.symbol-unknown`
 */
export async function exportTable(connection: Connection, request: ExportRequest): Promise<ExportResult> {
  const { what, output, excel, force } = request;
  assertNew([output], force);
  const symbols = new Set<string>();
  let synthetic = false;
  const rows = async function* (): AsyncGenerator<readonly CsvValue[]> {
    for await (const row of rowsOf[what](connection, request)) {
      if (row.symbol !== undefined) symbols.add(String(row.symbol));
      synthetic ||= row.synthetic === true;
      yield columns[what].map((name) => row[name] ?? null);
    }
  };
  const names = columns[what].map(snakeCase);
  const { bytes, lines } = await writeWhole(output, async (path) => {
    if (extname(output) !== '.parquet') return await writePieces(path, csvTable(names, rows(), { excel }));
    const scratch = `${path}.csv`;
    try {
      const written = await writePieces(scratch, csvTable(names, rows(), { excel }));
      const { csvAsParquet } = await import('@daytrade/storage');
      await csvAsParquet(scratch, path, names.includes('symbol'));
      return { bytes: (await stat(path)).size, lines: written.lines };
    } finally {
      await rm(scratch, { force: true });
    }
  });
  return { what, file: output, bytes, rows: lines - 1, symbols: [...symbols], synthetic };
}

const rowsOf: Readonly<Record<Table, (connection: Connection, request: ExportRequest) => AsyncGenerator<Row>>> = {
  predictions,
  judged,
  quarantine,
  trades: ofBacktest('trades', 'closed'),
  orders: ofBacktest('orders', 'session'),
  fills: ofBacktest('fills', 'session'),
  returns: ofBacktest('returns', 'date'),
  'by-symbol': ofBacktest('bySymbol', undefined),
};

/** Returns the rows of a table of a backtest whose `day` is asked for. */
function ofBacktest(table: Exclude<keyof BacktestRecord, 'synthetic'>, day: string | undefined) {
  return async function* ({ ml }: Connection, request: ExportRequest): AsyncGenerator<Row> {
    const { synthetic, ...tables } = await ml.call(routes.backtestRecord, { params: { id: request.run! } });
    for (const row of tables[table] as readonly Row[]) {
      const isAsked = request.symbols?.some((code) => code === row.symbol) ?? true;
      if (isAsked && (day === undefined || isWithin(String(row[day]), request))) yield { ...row, synthetic };
    }
  };
}

async function* predictions({ ml }: Connection, request: ExportRequest): AsyncGenerator<Row> {
  const asked = request.symbols;
  const { predictions: latest } = await ml.call(routes.latestPredictions);
  for (const { announcement, announcementsKnown: _known, ...prediction } of latest) {
    const isAsked = asked?.some((code) => code === prediction.symbol) ?? true;
    if (!isAsked || !isWithin(prediction.session, request)) continue;
    yield {
      ...prediction,
      expectedDividend: prediction.expectedDividend ?? null,
      announcementDate: announcement?.date ?? null,
      announcementKind: announcement?.kind ?? null,
      announcementTime: announcement?.time ?? null,
    };
  }
}

async function* judged(connection: Connection, request: ExportRequest): AsyncGenerator<Row> {
  for (const symbol of request.symbols ?? (await symbolsInUse(connection))) {
    const query = { limit: longestHistory, horizons: 'all' } as const;
    const answer = await connection.ml.call(routes.predictionHistory, { params: { symbol }, query });
    const { name, priceBasis, synthetic } = answer;
    for (const row of answer.history) {
      const { restatedClose = null, ...judged } = row;
      if (isWithin(row.session, request)) yield { symbol, name, ...judged, restatedClose, priceBasis, synthetic };
    }
  }
}

async function symbolsInUse({ data }: Connection): Promise<readonly string[]> {
  const { symbols } = await data.call(routes.symbols);
  return symbols.filter(({ displaced }) => !displaced).map(({ symbol }) => symbol);
}

async function* quarantine({ data }: Connection, request: ExportRequest): AsyncGenerator<Row> {
  for (const symbol of request.symbols ?? [undefined]) {
    for (let offset = 0; ; offset += pageRows) {
      const page = await data.call(routes.quarantine, { query: { symbol, limit: pageRows, offset } });
      for (const row of page.quarantine) if (isWithin(row.date.slice(0, 10), request)) yield row;
      if (page.quarantine.length < pageRows) break;
    }
  }
}

function isWithin(day: string, { from, to }: ExportRequest): boolean {
  return (from === undefined || day >= from) && (to === undefined || day <= to);
}

function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** A value of a table; null is an empty field. */
type CsvValue = string | number | boolean | null;

interface CsvStyle {
  /** For a spreadsheet: with a byte order mark, and no text that it would take for a formula. */
  readonly excel: boolean;
}

const byteOrderMark = '\ufeff';

/** The lines of a table, its header first. */
async function* csvTable(
  header: readonly string[],
  rows: AsyncIterable<readonly CsvValue[]>,
  { excel }: CsvStyle,
): AsyncGenerator<string> {
  yield `${excel ? byteOrderMark : ''}${csvRow(header)}\n`;
  for await (const row of rows) yield `${csvRow(excel ? row.map(harmless) : row)}\n`;
}

/** A spreadsheet takes text that begins so for a formula: rows in quarantine are anybody's text. */
function harmless(value: CsvValue): CsvValue {
  return typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
}
