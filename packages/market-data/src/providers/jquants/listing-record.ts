import type { ProviderRequest } from '@daytrade/contracts';
import {
  addDays,
  importedSource,
  isSession,
  nextSession,
  observeMembers,
  type SymbolCode,
  spansOf,
  type TradeDate,
  type UniverseRecord,
} from '@daytrade/market';
import type { ProviderContext } from '../definition.ts';
import type { ListingEnd, ListingRecord } from './issues.ts';

const source = 'jquants';

/**
 * The record of listings as a fetch from J-Quants uses it: each list that it reads is taken into it, and it says who
 * was a member before and whose listing has ended.
 *
 * @param range days of the bars that are fetched
 */
export function listingRecord(
  universe: ProviderContext['universe'],
  { listingsFrom, formerMembers }: Pick<ProviderRequest<'jquants'>, 'listingsFrom' | 'formerMembers'>,
  range: { readonly from: TradeDate; readonly to: TradeDate },
): ListingRecord {
  let ends: Promise<ReturnType<typeof endsOfListings>> | undefined;
  return {
    daysToRead: async () => {
      if (listingsFrom === undefined) return [];
      const { observed } = await universe.read();
      return firstSessions(listingsFrom, range.to).filter((day) => !observed.includes(day));
    },
    observe: async (date, sets) => {
      await universe.change((record) => observeMembers(record, date, sets, source));
      ends = undefined;
    },
    former: async (name) => {
      if (formerMembers !== true) return [];
      return [...spansOf(await universe.read(), name)].flatMap(([symbol, spans]) => {
        const overlaps = spans.some(
          ({ from, to }) => (from === null || from <= range.to) && (to === null || to >= range.from),
        );
        return overlaps ? [symbol] : [];
      });
    },
    endOf: async (symbol) => {
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
