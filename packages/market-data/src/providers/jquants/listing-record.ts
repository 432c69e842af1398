import {
  addDays,
  importedSource,
  isSession,
  nextSession,
  observeMembers,
  type SymbolCode,
  spansOf,
  type TradeDate,
  type UniverseName,
  type UniverseRecord,
} from '@daytrade/market';
import type { ProviderContext } from '../definition.ts';

const source = 'jquants';

export interface ListingEnd {
  /** The last day on which the symbol may have been traded. */
  readonly last: TradeDate;
  /** A day on which it was listed for sure: with bars up to here nothing is missing. */
  readonly listedOn: TradeDate;
}

export type ListingRecord = ReturnType<typeof listingRecord>;

/**
 * Returns the record of listings as a fetch from J-Quants uses it: it takes in each list that is read, and knows former
 * members and ended listings.
 *
 * @param range days of the bars that are fetched
 */
export function listingRecord(
  universe: ProviderContext['universe'],
  {
    listingsFrom,
    formerMembers,
  }: { readonly listingsFrom?: TradeDate | undefined; readonly formerMembers?: true | undefined },
  range: { readonly from: TradeDate; readonly to: TradeDate },
) {
  let ends: Promise<ReturnType<typeof endsOfListings>> | undefined;
  return {
    /** Returns days whose lists are to be read beside the newest one. */
    daysToRead: async (): Promise<readonly TradeDate[]> => {
      if (listingsFrom === undefined) return [];
      const { observed } = await universe.read();
      return firstSessions(listingsFrom, range.to).filter((day) => !observed.includes(day));
    },
    observe: async (date: TradeDate, sets: ReadonlyMap<SymbolCode, readonly UniverseName[]>) => {
      await universe.change((record) => observeMembers(record, date, sets, source));
      ends = undefined;
    },
    /** Returns members on a requested day, listed or not; none where former members are not requested. */
    former: async (name: UniverseName): Promise<readonly SymbolCode[]> => {
      if (formerMembers !== true) return [];
      return [...spansOf(await universe.read(), name)].flatMap(([symbol, spans]) => {
        const overlaps = spans.some(
          ({ from, to }) => (from === null || from <= range.to) && (to === null || to >= range.from),
        );
        return overlaps ? [symbol] : [];
      });
    },
    /** Returns undefined for a listed or unknown symbol. */
    endOf: async (symbol: SymbolCode): Promise<ListingEnd | undefined> => {
      ends ??= universe.read().then(endsOfListings);
      return (await ends)(symbol);
    },
  };
}

/** Returns the end of a listing by symbol; undefined for a listed or unknown symbol. */
export function endsOfListings(record: UniverseRecord): (symbol: SymbolCode) => ListingEnd | undefined {
  const listings = spansOf(record, 'listed');
  return (symbol) => {
    const last = listings.get(symbol)?.at(-1);
    if (last?.to == null) return undefined;
    // A list says of a day that it was listed; the next one, later, that it is no more.
    const listedOn = last.source === importedSource ? last.to : record.observed.findLast((day) => day <= last.to!);
    return { last: last.to, listedOn: listedOn ?? last.to };
  };
}

/** The first session of each month, and the first day itself where it is one. */
function firstSessions(from: TradeDate, to: TradeDate): readonly TradeDate[] {
  const sessions: TradeDate[] = [];
  let day = isSession(from) ? from : nextSession(from);
  while (day <= to) {
    sessions.push(day);
    const before = addDays(`${addDays(`${day.slice(0, 7)}-28` as TradeDate, 4).slice(0, 7)}-01` as TradeDate, -1);
    day = nextSession(before);
  }
  return sessions;
}
