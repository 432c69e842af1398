import { readFile } from 'node:fs/promises';
import { DayTradeError } from '@daytrade/errors';
import { openOwnFile } from '../parquet/read-columns.ts';
import { contentHashOfSeveral, hashKey, type RowsOfSymbol, severalSymbolsBytes } from './bar-file-bytes.ts';
import { type FileBars, unknownOrigins } from './bar-origins.ts';
import { type Columns, columnsOfLength, valueNames } from './columns.ts';
import { fileIdentity } from './file-identity.ts';
import { barsOfOwnFile } from './own-bar-file.ts';

/**
 * The newest daily bars of symbols, by symbol: those that are later than the last bar of the symbol's own file. What
 * is in both is read from the file of the symbol.
 */
export type RecentBars = ReadonlyMap<string, FileBars>;

/** Key of their file, where files of bars are objects. */
export const recentBarsKey = 'bars/recent/1d.parquet';

/** The bytes of a file of them, in the order of the symbols. */
export function recentBytes(recent: RecentBars): Buffer {
  const symbols = [...recent.keys()].sort();
  const rows = symbols.reduce((sum, symbol) => sum + recent.get(symbol)!.columns.axis.length, 0);
  const columns = columnsOfLength(rows);
  const origins = unknownOrigins(rows);
  const sources: string[] = [];
  let at = 0;
  for (const symbol of symbols) {
    const own = recent.get(symbol)!;
    columns.axis.set(own.columns.axis, at);
    for (const name of valueNames) columns[name].set(own.columns[name], at);
    origins.fetchedAt.set(own.origins.fetchedAt, at);
    const positions = own.origins.sources.map((source) => positionIn(sources, source));
    for (const position of own.origins.source) {
      origins.source[at] = position < 0 ? -1 : positions[position]!;
      at += 1;
    }
  }
  const counted = symbols.map((symbol) => ({ symbol, rows: recent.get(symbol)!.columns.axis.length }));
  return severalSymbolsBytes(counted, { columns, origins: { ...origins, sources } });
}

/** @throws DayTradeError `data.bars-damaged`; `state.damaged` when it cannot be read */
export async function readRecent(path: string): Promise<RecentBars> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new DayTradeError('state.damaged', `${path}: cannot be read: ${(cause as Error).message}`, {
      details: { file: path },
      cause,
    });
  });
  try {
    return recentIn(bytes);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new DayTradeError('data.bars-damaged', `${path} cannot be read as bars: ${cause.message}`, {
      details: { file: path },
      cause,
    });
  }
}

function recentIn(bytes: Uint8Array): RecentBars {
  const file = openOwnFile(bytes);
  if (file === undefined) throw new RangeError('it is not a file of the newest bars');
  const { columns, origins } = barsOfOwnFile(file, '1d');
  const symbols = file.distinct('symbol');
  const counted: RowsOfSymbol[] = [];
  const recent = new Map<string, FileBars>();
  for (let from = 0; from < symbols.rows.length; ) {
    const position = symbols.rows[from]!;
    let to = from + 1;
    while (symbols.rows[to] === position) to += 1;
    const symbol = String(symbols.values[position]);
    counted.push({ symbol, rows: to - from });
    recent.set(symbol, rowsOf({ columns, origins }, from, to));
    from = to;
  }
  if (file.footer.metadata.get(hashKey) !== contentHashOfSeveral(counted, columns)) {
    throw new RangeError('its bars are not those that were written');
  }
  return recent;
}

/** Without the bars of days that some symbols have elsewhere by now; undefined where it has none of them. */
export function withoutDays(recent: RecentBars, elsewhere: ReadonlyMap<string, Float64Array>): RecentBars | undefined {
  const left = new Map(recent);
  let isChanged = false;
  for (const [symbol, axis] of elsewhere) {
    const own = recent.get(symbol);
    if (own === undefined) continue;
    const known = new Set(axis);
    const rows = Array.from(own.columns.axis.keys()).filter((row) => !known.has(own.columns.axis[row]!));
    if (rows.length === own.columns.axis.length) continue;
    isChanged = true;
    if (rows.length === 0) left.delete(symbol);
    else left.set(symbol, pickRows(own, rows));
  }
  return isChanged ? left : undefined;
}

/** Some rows of bars, in the order given. */
function pickRows({ columns, origins }: FileBars, rows: readonly number[]): FileBars {
  const pick = (column: Float64Array) => Float64Array.from(rows, (row) => column[row]!);
  return {
    columns: mapColumns(columns, pick),
    origins: {
      sources: origins.sources,
      source: Int32Array.from(rows, (row) => origins.source[row]!),
      fetchedAt: pick(origins.fetchedAt),
    },
  };
}

function rowsOf({ columns, origins }: FileBars, from: number, to: number): FileBars {
  const { sources, source, fetchedAt } = origins;
  return {
    columns: mapColumns(columns, (column) => column.slice(from, to)),
    origins: { sources, source: source.slice(from, to), fetchedAt: fetchedAt.slice(from, to) },
  };
}

function mapColumns(columns: Columns, change: (column: Float64Array) => Float64Array): Columns {
  const { axis, open, high, low, close, volume } = columns;
  return {
    axis: change(axis),
    open: change(open),
    high: change(high),
    low: change(low),
    close: change(close),
    volume: change(volume),
  };
}

function positionIn(sources: string[], source: string): number {
  const at = sources.indexOf(source);
  return at >= 0 ? at : sources.push(source) - 1;
}

/** Reads a file again only when it is another one, or could not be read: it may be readable later. */
export class RecentBarsReader {
  #read: { readonly of: string; readonly recent: Promise<RecentBars> } | undefined;
  readonly #readFile: (path: string) => Promise<RecentBars>;

  /** @param readFile how a file is read */
  constructor(readFile = readRecent) {
    this.#readFile = readFile;
  }

  /** @param path undefined where there is none. Throws as {@link readRecent}. */
  async read(path: string | undefined): Promise<RecentBars> {
    const of = path === undefined ? undefined : fileIdentity(path);
    if (path === undefined || of === undefined) return new Map();
    const read = this.#read?.of === of ? this.#read : { of, recent: this.#readFile(path) };
    this.#read = read;
    try {
      return await read.recent;
    } catch (error) {
      if (this.#read === read) this.#read = undefined;
      throw error;
    }
  }
}
