import { type ListedSymbol, routes } from '@daytrade/contracts';
import { DayTradeError, isDayTradeError } from '@daytrade/errors';
import { dayNumber, parseSymbol, parseTradeDate, type SymbolCode } from '@daytrade/market';
import { type BarComparison, type BarSource, CsvFolderProvider, compareBars, inspectBars } from '@daytrade/market-data';
import type { CommandContext } from '../command-context.ts';
import { exportedSymbols } from '../export/exported-symbols.ts';
import type { Connection } from '../platform/connection.ts';

/** What is compared with the stored bars. */
export interface ReconcileRequest {
  /** Absolute path of a folder of CSV files, or of one. */
  readonly folder: string;
  /** Undefined: all that are both stored and in the folder. */
  readonly symbols: readonly SymbolCode[] | undefined;
  /** Relative; undefined: measured for each symbol. */
  readonly tolerance: number | undefined;
  /** Instant, milliseconds since 1970: sessions that end later are left out. */
  readonly now: number;
}

/** The stored bars of a symbol beside those of the folder. */
export interface ReconciledSymbol extends BarComparison {
  readonly symbol: string;
  readonly name: string;
}

/** What a reconciliation found. */
export interface Reconciliation {
  readonly symbols: readonly ReconciledSymbol[];
  /** Symbols that are asked for, or stored, without a file that can be read, and why. */
  readonly notCompared: readonly { readonly symbol: string; readonly message: string }[];
}

type Columns = Parameters<typeof compareBars>[0];

/**
 * Compares the stored daily bars with those of a folder of CSV files, which go through the quality gate first. Nothing
 * is stored.
 *
 * @throws DayTradeError `data.folder-unreadable`, `data.symbol-unknown`, `data.no-bars` when no symbol is in both
 */
export async function reconcileFolder(
  { signal }: Pick<CommandContext, 'signal'>,
  connection: Connection,
  { folder, symbols: asked, tolerance, now }: ReconcileRequest,
): Promise<Reconciliation> {
  const provider = new CsvFolderProvider({ folder });
  const { sources, refused = [] } = await provider.list(signal);
  const stored = await exportedSymbols(connection, asked);
  const symbols: ReconciledSymbol[] = [];
  const notCompared = refused.map(({ file, message }) => ({ symbol: file, message }));
  for (const { symbol, name } of stored.filter((one) => one.bars > 0)) {
    signal.throwIfAborted();
    const source = sources.find((one) => one.symbol === symbol);
    if (source === undefined) {
      if (asked !== undefined) notCompared.push({ symbol, message: `${folder} has no file of it` });
      continue;
    }
    const other = await barsOf(provider, source, now);
    if (typeof other === 'string') notCompared.push({ symbol, message: other });
    else symbols.push({ symbol, name, ...compareBars(await storedBars(connection, symbol), other, tolerance) });
  }
  if (symbols.length === 0 && notCompared.length === 0) throw nothingInCommon(folder, stored);
  return { symbols, notCompared };
}

/** The good daily bars of a file, or why there are none. */
async function barsOf(provider: CsvFolderProvider, source: BarSource, now: number): Promise<Columns | string> {
  try {
    const { bars } = inspectBars(await provider.read(source), now);
    return bars.interval === '1d' ? bars.columns : `${source.file} has no daily bars`;
  } catch (error) {
    if (isDayTradeError(error) && error.code === 'data.file-unreadable') return error.message;
    throw error;
  }
}

async function storedBars({ data }: Connection, symbol: string): Promise<Columns> {
  const { bars } = await data.call(routes.bars, { params: { symbol } });
  return {
    days: Int32Array.from(bars, ({ date }) => dayNumber(parseTradeDate(date))),
    open: Float64Array.from(bars, ({ open }) => open),
    high: Float64Array.from(bars, ({ high }) => high),
    low: Float64Array.from(bars, ({ low }) => low),
    close: Float64Array.from(bars, ({ close }) => close),
    volume: Float64Array.from(bars, ({ volume }) => volume),
  };
}

function nothingInCommon(folder: string, stored: readonly ListedSymbol[]): DayTradeError {
  return new DayTradeError('data.no-bars', `${folder} has no file of any of the ${stored.length} stored symbols`);
}

/** Codes in any spelling, each once. */
export function symbolCodes(args: readonly string[]): readonly SymbolCode[] | undefined {
  return args.length === 0 ? undefined : [...new Set(args.map((code) => parseSymbol(code)))];
}
