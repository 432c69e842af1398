import type { UniverseUsed } from '@daytrade/contracts';
import { DayTradeError, isDayTradeError } from '@daytrade/errors';
import {
  dateOfDayNumber,
  isWithin,
  knownFrom,
  type MemberSpan,
  type SymbolCode,
  spansOf,
  type TradeDate,
  type UniverseName,
  type UniverseRecord,
} from '@daytrade/market';
import type { Panel } from '@daytrade/series';
import type { SymbolRecord } from '@daytrade/storage';

/** Members of a universe by date; a membership ends with the listing. */
export interface Membership {
  readonly universe: UniverseName;
  readonly knownFrom: TradeDate | undefined;
  readonly isMember: (symbol: SymbolCode, date: TradeDate) => boolean;
  /** All symbols that ever were members. */
  readonly ever: readonly SymbolCode[];
}

/**
 * Returns the membership of a universe from its record.
 *
 * @throws DayTradeError `input.invalid` for a universe without a record
 */
export function membershipIn(record: UniverseRecord, universe: UniverseName): Membership {
  const spans = spansOf(record, universe);
  if (spans.size === 0) {
    const why = `no members of ${universe} by date are stored; import a list of them first (daytrade symbols import)`;
    throw new DayTradeError('input.invalid', `universe: ${why}`, { details: { field: 'universe', value: universe } });
  }
  const listed = universe === 'listed' ? new Map<SymbolCode, readonly MemberSpan[]>() : spansOf(record, 'listed');
  return {
    universe,
    knownFrom: knownFrom(record, universe),
    isMember: (symbol, date) => isWithin(spans.get(symbol), date) && !isUnlisted(listed.get(symbol), date),
    ever: [...spans.keys()].sort(),
  };
}

/**
 * Returns whether a symbol was not listed on a day. Before the first list that names a symbol nothing is known, so a
 * member counts as listed.
 */
function isUnlisted(listings: readonly MemberSpan[] | undefined, date: TradeDate): boolean {
  const first = listings?.[0];
  if (first === undefined || (first.from !== null && date < first.from)) return false;
  return !isWithin(listings, date);
}

/**
 * Returns the symbols with bars that ever were members.
 *
 * @throws DayTradeError `data.no-bars` if there are none
 */
export function withBarsIn(records: readonly SymbolRecord[], { universe, ever }: Membership): readonly SymbolRecord[] {
  const members = new Set(ever);
  const found = records.filter(({ symbol }) => members.has(symbol));
  if (found.length > 0) return found;
  throw new DayTradeError('data.no-bars', `universe: no member of ${universe}, past or present, has bars here`, {
    details: { field: 'universe', value: universe },
  });
}

export function memberRows({ symbols, days }: Pick<Panel, 'symbols' | 'days'>, { isMember }: Membership): Uint8Array {
  const members = new Uint8Array(symbols.length * days.length);
  for (const [t, day] of days.entries()) {
    const date = dateOfDayNumber(day);
    for (const [s, { symbol }] of symbols.entries()) {
      if (isMember(symbol, date)) members[t * symbols.length + s] = 1;
    }
  }
  return members;
}

/** Returns the description of the universe in a result, with the members that lack bars. */
export function universeUsed({ symbols, days }: Pick<Panel, 'symbols' | 'days'>, membership: Membership): UniverseUsed {
  const used = new Set(symbols.map(({ symbol }) => symbol));
  const dates = Array.from(days, dateOfDayNumber);
  const absent = membership.ever.filter(
    (symbol) => !used.has(symbol) && dates.some((date) => membership.isMember(symbol, date)),
  );
  return {
    universe: membership.universe,
    knownFrom: membership.knownFrom ?? null,
    withoutBars: absent.length,
    someWithoutBars: absent.slice(0, 10),
  };
}

/** Adds to an error of too few sessions since when the members are known. */
export function tooLittleOf(set: UniverseUsed | undefined, error: unknown): unknown {
  if (set === undefined || !isDayTradeError(error) || error.code !== 'training.too-little-data') return error;
  const since = set.knownFrom === null ? 'only up to some day' : `from ${set.knownFrom} on`;
  const hint =
    `the members of ${set.universe} are known ${since}; fetch earlier ones (daytrade fetch jquants ` +
    '--listings-from DATE) or import them (daytrade symbols import)';
  return new DayTradeError(error.code, `${error.message}; ${hint}`, { details: error.details, cause: error });
}
