import { parseTradeDate } from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import { bufferOf, type SelectionOptions } from './options.ts';
import { pickSymbols, type RankedSymbol } from './pick-symbols.ts';

/** Returns of 25 sessions that go up and down in some rhythm. */
const rhythm = (period: number) => Float64Array.from({ length: 25 }, (_, t) => Math.sin((2 * Math.PI * t) / period));
const ranked = (count: number, more: (rank: number) => Partial<RankedSymbol> = () => ({})): RankedSymbol[] =>
  Array.from({ length: count }, (_, index) => {
    const rank = index + 1;
    return { symbol: String(7000 + rank), rank, sector: null, returns: rhythm(rank + 2), ...more(rank) };
  });
const previousOf = (...ranks: readonly number[]): SelectionOptions['previous'] => ({
  asOf: parseTradeDate('2024-06-27'),
  symbols: ranks.map((rank) => ({ symbol: String(7000 + rank), name: `name of ${7000 + rank}` })),
});
const pickedRanks = (symbols: readonly RankedSymbol[], options: SelectionOptions) => {
  const decisions = pickSymbols(symbols, options);
  return symbols.flatMap(({ rank }, index) => (decisions[index]!.picked ? [rank] : []));
};

describe('the buffer', () => {
  it.each([
    [10, undefined, 3],
    [5, undefined, 2],
    [4, undefined, 1],
    [2, undefined, 1],
    [1, undefined, 0],
    [10, 0, 0],
    [10, 9, 9],
    [10, 10, 9],
    [10, 50, 9],
  ])('of %d symbols, where %s is asked for, is %d', (count, buffer, expected) => {
    expect(bufferOf({ count, buffer })).toBe(expected);
  });

  it.each([
    ['a member at the last rank that stays', [6], [1, 2, 3, 6]],
    ['a member one rank behind it', [7], [1, 2, 3, 4]],
    ['members enough for all places but the clear ones', [3, 4, 5, 6], [1, 2, 3, 4]],
    ['members at the end of the ranks that stay', [5, 6], [1, 2, 5, 6]],
    ['no member', [], [1, 2, 3, 4]],
  ])('of two ranks keeps %s', (_, members, expected) => {
    expect(pickedRanks(ranked(10), { count: 4, buffer: 2, previous: previousOf(...members) })).toEqual(expected);
  });

  it('is of no effect without a selection before', () => {
    expect(pickedRanks(ranked(10), { count: 4, buffer: 2 })).toEqual([1, 2, 3, 4]);
  });
});

it('says of each symbol why it is picked or not', () => {
  const reasons = (options: SelectionOptions) => pickSymbols(ranked(5), options).map(({ reason }) => reason);
  const place = (rank: number) => `ranked ${rank} of 5 that meet every criterion`;
  expect(reasons({ count: 2 })).toEqual([
    place(1),
    place(2),
    ...[3, 4, 5].map((rank) => `${place(rank)}; 2 were asked for`),
  ]);
  expect(reasons({ count: 2, buffer: 1, previous: previousOf(2, 3) })).toEqual([
    `new: ${place(1)}`,
    `stays: ${place(2)}`,
    `${place(3)}; 2 were asked for`,
    `${place(4)}; 2 were asked for`,
    `${place(5)}; 2 were asked for`,
  ]);
  expect(reasons({ count: 2, buffer: 1, previous: previousOf(3) })).toEqual([
    `new: ${place(1)}`,
    `${place(2)}; 2 were asked for, and members that stay come first`,
    `stays: ${place(3)}; members stay up to rank 3`,
    `${place(4)}; 2 were asked for`,
    `${place(5)}; 2 were asked for`,
  ]);
});

it.each([
  [1, [1, 4, 5]],
  [2, [1, 2, 4]],
  [3, [1, 2, 3]],
])('picks %d of a sector at most, and any number of symbols without one', (mostPerSector, expected) => {
  const symbols = ranked(6, (rank) => ({ sector: rank <= 3 ? '化学' : null }));
  expect(pickedRanks(symbols, { count: 3, mostPerSector })).toEqual(expected);
});

describe('a limit of correlations', () => {
  const pair = (one: ArrayLike<number>, other: ArrayLike<number>) =>
    ranked(2, (rank) => ({ returns: Float64Array.from(rank === 1 ? one : other) }));
  const isPicked = (symbols: readonly RankedSymbol[], maximumCorrelation: number) =>
    pickSymbols(symbols, { count: 2, maximumCorrelation })[1]!.picked;

  /** Pearson's correlation as the textbook has it. */
  function pearson(one: Float64Array, other: Float64Array): number {
    const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const [meanOne, meanOther] = [mean(one), mean(other)];
    const sum = (term: (t: number) => number) => one.reduce((total, _, t) => total + term(t), 0);
    const covariance = sum((t) => (one[t]! - meanOne) * (other[t]! - meanOther));
    const variances = sum((t) => (one[t]! - meanOne) ** 2) * sum((t) => (other[t]! - meanOther) ** 2);
    return covariance / Math.sqrt(variances);
  }

  it.each([
    [3, 4],
    [5, 6],
    [7, 20],
    [11, 13],
  ])('of returns with the periods %d and %d lies at their correlation', (one, other) => {
    const returns = rhythm(one).map((value, t) => value + 0.5 * rhythm(other)[t]!);
    const expected = pearson(rhythm(one), returns);
    expect(isPicked(pair(rhythm(one), returns), expected + 1e-9)).toBe(true);
    expect(isPicked(pair(rhythm(one), returns), expected - 1e-9)).toBe(false);
  });

  it('takes a symbol below the limit, and one that moves the other way', () => {
    expect(isPicked(pair(rhythm(2.5), rhythm(2.5)), 1.000_001)).toBe(true);
    expect(
      isPicked(
        pair(
          rhythm(5),
          rhythm(5).map((value) => -value),
        ),
        0,
      ),
    ).toBe(true);
  });

  it('names the first picked symbol that is too near', () => {
    const symbols = ranked(3, (rank) => ({ returns: rhythm(rank === 3 ? 4 : rank + 2) }));
    expect(pickSymbols(symbols, { count: 3, maximumCorrelation: 0.9 })[2]).toEqual({
      picked: false,
      reason: 'ranked 3 of 3 that meet every criterion; correlation: 1.000 with 7002, above 0.9',
    });
  });

  it('leaves out sessions on which one of them has no return, and says nothing of fewer than 20', () => {
    const whole = rhythm(6);
    const without = (...sessions: readonly number[]) =>
      whole.map((value, t) => (sessions.includes(t) ? Number.NaN : value));
    expect(isPicked(pair(whole, without(0, 7)), 0.9)).toBe(false);
    expect(isPicked(pair(without(0, 7), whole), 0.9)).toBe(false);
    expect(isPicked(pair(without(0, 1), without(2, 3, 4)), 0.9)).toBe(false);
    expect(isPicked(pair(without(0, 1, 5), without(2, 3, 4)), 0.9)).toBe(true);
    expect(
      isPicked(
        pair(
          whole,
          whole.map(() => 0.01),
        ),
        0.9,
      ),
    ).toBe(true);
  });
});
