import { isDayTradeError } from '@daytrade/errors';
import { lotSize, parseSymbol, type SymbolCode } from '@daytrade/market';
import { invalid } from '../network/json-reply.ts';
import type { SymbolMaster } from '../provider.ts';
import { tickTableOf } from '../size-group.ts';
import type { JQuantsClient } from './client.ts';
import { type JQuantsRow, readPages } from './pages.ts';

/** The sets of symbols that can be asked for by name, and the size groups that make them. */
const universes = {
  topix100: ['TOPIX Core30', 'TOPIX Large70'],
  topix500: ['TOPIX Core30', 'TOPIX Large70', 'TOPIX Mid400'],
} as const;

export type JQuantsUniverse = keyof typeof universes;

/** Every listed issue by its code; preferred shares, which have no such code, are left out. */
export type JQuantsMaster = ReadonlyMap<SymbolCode, SymbolMaster>;

/**
 * The issues that are listed on the newest day that the plan shows: names, sectors, size groups. The master knows no
 * number of shares.
 *
 * @throws DayTradeError as `readPages`
 */
export async function readMaster(client: JQuantsClient, signal?: AbortSignal): Promise<JQuantsMaster> {
  const path = '/equities/master';
  const rows = await readPages(client, path, {}, signal);
  const listed = new Map<SymbolCode, SymbolMaster>();
  for (const row of rows) {
    const symbol = symbolOfRow(row, path);
    if (symbol !== undefined) listed.set(symbol, masterOf(symbol, row));
  }
  if (listed.size === 0) throw invalid(path, 'not one listed issue came');
  return listed;
}

/** The codes of a universe, in order. */
export function symbolsOf(universe: JQuantsUniverse, master: JQuantsMaster): readonly SymbolCode[] {
  const groups = new Set<string | null>(universes[universe]);
  return [...master.values()].flatMap(({ symbol, sizeGroup }) => (groups.has(sizeGroup) ? [symbol] : [])).sort();
}

/**
 * The code of four characters of a row, which writes five.
 *
 * @returns undefined for an issue without one, such as preferred shares
 * @throws DayTradeError `data.provider-reply-invalid` when the row has no code at all
 */
export function symbolOfRow({ Code: code }: JQuantsRow, what: string): SymbolCode | undefined {
  if (typeof code !== 'string') throw invalid(what, 'expected a text as "Code"');
  try {
    return parseSymbol(code);
  } catch (error) {
    if (isDayTradeError(error)) return undefined;
    throw error;
  }
}

function masterOf(symbol: SymbolCode, row: JQuantsRow): SymbolMaster {
  const sizeGroup = textOf(row.ScaleCat);
  return {
    symbol,
    name: textOf(row.CoName) ?? symbol,
    sector: textOf(row.S33Nm),
    sizeGroup,
    tickTable: tickTableOf(sizeGroup),
    lot: lotSize(symbol),
    synthetic: false,
    sharesOutstanding: null,
  };
}

/** J-Quants writes "-" where there is nothing to say. */
function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' && value !== '-' ? value : null;
}
