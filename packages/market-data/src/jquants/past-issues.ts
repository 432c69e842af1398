import { isDayTradeError } from '@daytrade/errors';
import { type SymbolCode, sessionsBetween, type TradeDate, type UniverseName } from '@daytrade/market';
import { earlier } from '../network/missing-sessions.ts';
import type { Missing } from '../network/stored-bars.ts';
import type { JQuantsClient } from './client.ts';
import type { Listed } from './listed-symbols.ts';
import { type JQuantsMaster, type JQuantsUniverse, type ListedIssues, readMaster, setsOf } from './master.ts';

/** How a listing ended. */
export interface ListingEnd {
  /** The last day on which the symbol may have been traded. */
  readonly last: TradeDate;
  /** A day on which it was listed for sure: with bars up to here nothing is missing. */
  readonly listedOn: TradeDate;
}

/** What is known of who was listed when, and where that is written down. */
export interface ListingRecord {
  /** Days whose lists are to be read beside the newest one. */
  readonly daysToRead: () => Promise<readonly TradeDate[]>;
  readonly observe: (date: TradeDate, sets: ReadonlyMap<SymbolCode, readonly UniverseName[]>) => Promise<void>;
  /** Who was a member on a day that is asked for, listed or not; nobody where former members are not meant. */
  readonly former: (universe: JQuantsUniverse) => Promise<readonly SymbolCode[]>;
  /** Undefined for a symbol that is listed, or of which nothing is known. */
  readonly endOf: (symbol: SymbolCode) => Promise<ListingEnd | undefined>;
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
   * What is still to be asked of symbols that the newest list does not have: up to the end of their listing, and
   * nothing where their bars reach it.
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

/** A list that the plan has no more knows of nobody, and the other symbols do not fail by it. */
function unlessRefused(error: unknown): Pick<ListedIssues, 'master'> {
  if (isDayTradeError(error) && error.code === 'data.provider-refused') return { master: new Map() };
  throw error;
}

/** What is said of symbols whose listing has ended and whose bars are all here. */
export function endedInWords(symbols: readonly SymbolCode[]): string {
  const shown = symbols.slice(0, 5).join(', ') + (symbols.length > 5 ? ', …' : '');
  return `${shown} (${symbols.length}) listed no more: the stored bars are complete, and nothing was asked for`;
}
