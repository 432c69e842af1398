import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSymbol, type SymbolCode } from './symbol-code.ts';
import { addDays, parseTradeDate, type TradeDate } from './trade-date.ts';
import {
  emptyUniverseRecord,
  isWithin,
  knownFrom,
  type MemberSpan,
  observeMembers,
  spansOf,
  type UniverseName,
  type UniverseRecord,
} from './universe-record.ts';

const symbols = ['1301', '6502', '7203', '9984'].map(parseSymbol);
const start = parseTradeDate('2024-01-01');
const span = (symbol: string, from: string | null, to: string | null, source = 'import'): MemberSpan => ({
  symbol: parseSymbol(symbol),
  universe: 'topix500',
  from: from as TradeDate | null,
  to: to as TradeDate | null,
  reason: null,
  source,
});

/** The members of a set on a day, by code. */
const membersOn = (record: UniverseRecord, universe: UniverseName, date: TradeDate) =>
  [...spansOf(record, universe)].flatMap(([symbol, spans]) => (isWithin(spans, date) ? [symbol] : [])).sort();

/** A list of a day: for each symbol the sets that it is in, none where it is not listed. */
const listArbitrary = fc.record({
  day: fc.integer({ min: 0, max: 40 }),
  sets: fc.array(fc.subarray<UniverseName>(['listed', 'topix500']), { minLength: 4, maxLength: 4 }),
});
const membersOf = (sets: readonly (readonly UniverseName[])[]) =>
  new Map<SymbolCode, readonly UniverseName[]>(symbols.map((symbol, i) => [symbol, sets[i]!]));

describe('a record made of lists', () => {
  it('says of every day what the newest list up to it says, whatever order the lists came in', () => {
    fc.assert(
      fc.property(fc.uniqueArray(listArbitrary, { selector: ({ day }) => day, maxLength: 8 }), (lists) => {
        const record = lists.reduce(
          (found, { day, sets }) => observeMembers(found, addDays(start, day), membersOf(sets), 'jquants'),
          emptyUniverseRecord,
        );
        for (let day = 0; day <= 45; day += 1) {
          const inForce = lists.filter((list) => list.day <= day).toSorted((one, other) => other.day - one.day)[0];
          for (const universe of ['listed', 'topix500'] as const) {
            const expected = symbols.filter((_, i) => inForce?.sets.at(i)?.includes(universe) === true);
            expect(membersOn(record, universe, addDays(start, day))).toEqual(expected);
          }
        }
        for (const spans of spansOf(record, 'listed').values()) {
          expect(spans.every(({ from, to }) => to === null || from! <= to)).toBe(true);
          // Spans that touch are one.
          expect(spans.every((one, i) => i === 0 || addDays(spans[i - 1]!.to!, 1) < one.from!)).toBe(true);
        }
      }),
    );
  });

  it('is the same after a list that was taken before', () => {
    const list = membersOf([['listed'], ['listed', 'topix500'], [], ['listed']]);
    const once = observeMembers(emptyUniverseRecord, start, list, 'jquants');
    const later = observeMembers(once, addDays(start, 9), membersOf([[], ['listed'], ['listed'], []]), 'jquants');
    expect(observeMembers(later, start, list, 'jquants')).toEqual(later);
    expect(knownFrom(later, 'topix500')).toBe(start);
    expect(knownFrom(later, 'nikkei225')).toBeUndefined();
  });
});

describe('what a user brought', () => {
  it('stands in the place of lists, of its symbol alone', () => {
    const record = {
      spans: [span('7203', '2024-01-04', null, 'jquants'), span('6502', '2024-01-04', null, 'jquants')],
      successions: [],
      observed: [],
    };
    const both = { ...record, spans: [...record.spans, span('6502', '2019-01-04', '2023-12-19')] };
    expect(membersOn(both, 'topix500', parseTradeDate('2024-01-04'))).toEqual(['7203']);
    expect(membersOn(both, 'topix500', parseTradeDate('2023-12-19'))).toEqual(['6502']);
    expect(membersOn(both, 'topix500', parseTradeDate('2023-12-20'))).toEqual([]);
    const spans = [span('6502', null, '2019-01-04'), span('6502', '2020-01-06', null)];
    expect(['2000-01-04', '2019-01-04', '2019-01-07', '2020-01-06'].map((day) => isWithin(spans, day as TradeDate))) //
      .toEqual([true, true, false, true]);
  });
});
