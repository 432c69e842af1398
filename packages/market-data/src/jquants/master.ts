import { isDayTradeError } from '@daytrade/errors';
import {
  isTradeDate,
  lotSize,
  parseSymbol,
  type SymbolCode,
  type TradeDate,
  type UniverseName,
} from '@daytrade/market';
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

/** The issues of a day. */
export interface ListedIssues {
  /** The day that the list says it is of; undefined where it says none. */
  readonly date: TradeDate | undefined;
  readonly master: JQuantsMaster;
}

/**
 * The issues that are listed on a day, by default the newest that the plan shows: names, sectors, size groups. The
 * master knows no number of shares.
 *
 * @throws DayTradeError as `readPages`
 */
export async function readMaster(client: JQuantsClient, signal?: AbortSignal, on?: TradeDate): Promise<ListedIssues> {
  const path = '/equities/master';
  const rows = await readPages(client, path, on === undefined ? {} : { date: on }, signal);
  const listed = new Map<SymbolCode, SymbolMaster>();
  for (const row of rows) {
    const symbol = symbolOfRow(row, path);
    if (symbol !== undefined) listed.set(symbol, masterOf(symbol, row));
  }
  if (listed.size === 0) throw invalid(path, 'not one listed issue came');
  const said = rows[0]?.Date;
  return { date: typeof said === 'string' && isTradeDate(said) ? said : on, master: listed };
}

/** The sets that each issue of a list is in, by its size group. */
export function setsOf(master: JQuantsMaster): ReadonlyMap<SymbolCode, readonly UniverseName[]> {
  return new Map(Array.from(master, ([symbol, { sizeGroup }]) => [symbol, ['listed', ...indicesOf(sizeGroup)]]));
}

function indicesOf(sizeGroup: string | null): readonly UniverseName[] {
  if (sizeGroup?.startsWith('TOPIX') !== true) return [];
  const named = (['topix500', 'topix100'] as const).filter((name) =>
    universes[name].some((group) => group === sizeGroup),
  );
  return ['topix', ...named];
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
