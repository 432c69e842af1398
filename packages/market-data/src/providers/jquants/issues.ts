import { isDayTradeError } from '@daytrade/errors';
import {
  isTradeDate,
  parseSymbol,
  type SymbolCode,
  sessionsBetween,
  type TradeDate,
  type UniverseName,
} from '@daytrade/market';
import type { RefusedSource, SymbolMaster } from '../../provider.ts';
import { masterOf } from '../../symbols/symbol-table.ts';
import { earlier, type Missing } from '../network/missing-bars.ts';
import { invalid } from '../network/requests.ts';
import { type JQuantsClient, type JQuantsRow, readPages } from './client.ts';
import type { ListingRecord } from './listing-record.ts';

/** The sets of symbols that can be asked for by name, and the size groups that make them. */
const universes = {
  topix100: ['TOPIX Core30', 'TOPIX Large70'],
  topix500: ['TOPIX Core30', 'TOPIX Large70', 'TOPIX Mid400'],
} as const;

export type JQuantsUniverse = keyof typeof universes;

/** Every listed issue by its code; preferred shares, which have no such code, are left out. */
export type JQuantsMaster = ReadonlyMap<SymbolCode, SymbolMaster>;

interface ListedIssues {
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
    if (symbol === undefined) continue;
    const known = { name: textOf(row.CoName) ?? symbol, sector: textOf(row.S33Nm), sizeGroup: textOf(row.ScaleCat) };
    listed.set(symbol, masterOf(symbol, known));
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

/** J-Quants writes "-" where there is nothing to say. */
function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' && value !== '-' ? value : null;
}

/** A source with what was found out about it. */
export interface Listed extends Missing {
  readonly master: SymbolMaster;
}

/** Returns the name of a symbol's rows in messages and the quarantine. */
export function fileOf(symbol: SymbolCode): string {
  return `jquants/${symbol}`;
}

/** Separates symbols that the master lists from those that it does not. */
export function lookUp(missing: readonly Missing[], master: JQuantsMaster) {
  const listed: Listed[] = [];
  const refused: RefusedSource[] = [];
  for (const source of missing) {
    const found = master.get(source.symbol);
    if (found !== undefined) listed.push({ ...source, master: found });
    else {
      const { symbol } = source;
      refused.push({ symbol, file: fileOf(symbol), message: notListed(source), code: 'data.provider-refused' });
    }
  }
  return { listed, refused };
}

function notListed({ symbol, storedFrom }: Missing): string {
  const missing = `${symbol} is not among the listed issues of J-Quants`;
  if (storedFrom === undefined) return `${missing}: a wrong code, or it was delisted, merged or got another code`;
  return (
    `${missing} any more: since its last stored bar it was delisted, merged or got another code. Its ` +
    'stored bars stay, and no new ones come: leave it out of --symbols'
  );
}

/** Issues that the newest list has no more: lists of earlier days know them. */
export class PastIssues {
  readonly #client: JQuantsClient;
  readonly #record: ListingRecord;
  readonly #lists = new Map<TradeDate, JQuantsMaster>();

  constructor(client: JQuantsClient, record: ListingRecord) {
    this.#client = client;
    this.#record = record;
  }

  /**
   * Reads the lists that are missing and has them written down, one after another.
   *
   * @throws DayTradeError as `readMaster`
   */
  async readLists(onList: (number: number, of: number) => void, signal?: AbortSignal): Promise<void> {
    const days = await this.#record.daysToRead();
    for (const [index, day] of days.entries()) {
      onList(index + 1, days.length);
      const { master } = await readMaster(this.#client, signal, day);
      // The list that answers for a day holds from it on, whatever day it calls itself.
      await this.#record.observe(day, setsOf(master));
    }
  }

  /**
   * Returns the missing days of a symbol that the newest list lacks, up to the end of its listing.
   *
   * @returns undefined where it is not known that the symbol ever was listed
   * @throws DayTradeError as `readMaster`
   */
  async lookUp(
    missing: Missing,
    storedTo: TradeDate | undefined,
    signal?: AbortSignal,
  ): Promise<Listed | 'complete' | undefined> {
    const end = await this.#record.endOf(missing.symbol);
    if (end === undefined) return undefined;
    if (storedTo !== undefined && storedTo >= end.listedOn) return 'complete';
    const cut = missing.ranges.map(({ from, to }) => ({ from, to: earlier(to, end.last) }));
    const ranges = cut.filter(({ from, to }) => from <= to && sessionsBetween(from, to).length > 0);
    if (ranges.length === 0) return 'complete';
    const master = (await this.#listOf(end.listedOn, signal)).get(missing.symbol);
    return master && { ...missing, ranges, master };
  }

  async #listOf(day: TradeDate, signal?: AbortSignal): Promise<JQuantsMaster> {
    const known = this.#lists.get(day) ?? (await readMaster(this.#client, signal, day).catch(unlessRefused)).master;
    this.#lists.set(day, known);
    return known;
  }
}

/** Takes a list that the plan no longer has for an empty one, so that other symbols do not fail. */
function unlessRefused(error: unknown): Pick<ListedIssues, 'master'> {
  if (isDayTradeError(error) && error.code === 'data.provider-refused') return { master: new Map() };
  throw error;
}

export function endedInWords(symbols: readonly SymbolCode[]): string {
  const shown = symbols.slice(0, 5).join(', ') + (symbols.length > 5 ? ', …' : '');
  return `${shown} (${symbols.length}) listed no more: the stored bars are complete, and nothing was asked for`;
}
