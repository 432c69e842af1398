import { describe, expect, it } from 'vitest';
import type { DailyKnown } from './daily-known.ts';
import { inDayRow } from './session-columns.ts';

/** What is known of three symbols before a session in round numbers. */
const known: DailyKnown = {
  session: 1,
  previousClose: Float64Array.of(1000, 2010, 500),
  base: Float64Array.of(1000, 2000, 500),
  whole: Float64Array.of(0.02, 0.01, 0.02),
  within: Float64Array.of(0.01, 0.02, 0.04),
  abroad: { america: -2, vix: 3 },
  beta: { america: Float64Array.of(0.5, 3, -3), vix: Float64Array.of(-0.5, 2, -2) },
  limits: { lower: Float64Array.of(700, 1500, 400), upper: Float64Array.of(1300, 2500, 600) },
  scale: { level: Float64Array.of(1, 2, 3) },
  centre: { last_return_apart: Float64Array.of(4, 5, 6) },
  morning: { vix_change: Float64Array.of(7, 8, 9) },
};
const gaps = [0.5, -1.5, 8];
const opens = Float64Array.from(gaps, (gap, s) => known.base[s]! * Math.exp(gap * known.whole[s]!));
const moves = [0.5, 2, 20];
const now = {
  open: opens,
  price: opens.map((price, s) => price * Math.exp(moves[s]! * known.within[s]!)),
  high: opens.map((price, s) => price * Math.exp(2 * known.within[s]!)),
  low: opens.map((price, s) => price * Math.exp((s - 2) * known.within[s]!)),
  variance: known.within.map((scale, s) => (scale * (s + 1)) ** 2),
};
const three = (value: number) => [value, value, value];

function rowAt(horizon: Parameters<typeof inDayRow>[0], knownThen: DailyKnown = known, snapshot = now) {
  const { scale, centre, ...row } = inDayRow(horizon, knownThen, snapshot);
  return { scale, centre, row };
}

function expectColumns(
  columns: Readonly<Record<string, ArrayLike<number>>>,
  expected: Readonly<Record<string, readonly number[]>>,
) {
  expect(Object.keys(columns)).toEqual(Object.keys(expected));
  for (const [name, values] of Object.entries(expected)) {
    expect(Array.from(columns[name]!), name).toEqual(values.map((value) => expect.closeTo(value, 9)));
  }
}

const gapMean = (0.5 - 1.5 + 8) / 3;
const apart = gaps.map((gap) => gap - gapMean);
const size = (value: number) => Math.log(0.1 + Math.abs(value));
const beyond = (value: number) => Math.log(Math.max(1, Math.abs(value)));
const abroadScale = { abroad: three(-2), abroad_size: three(Math.log(2.1)), abroad_fall: three(Math.log(4)) };
const [level, lastApart] = [
  [1, 2, 3],
  [4, 5, 6],
];

describe('the row of a session', () => {
  it('knows at 08:30 the night abroad and the evening, and starts from the close less the dividend', () => {
    const { scale, centre, row } = rowAt('close@08:30');
    expect(row).toEqual({
      price: known.base,
      previousClose: known.previousClose,
      limits: known.limits,
      ewma: known.whole,
    });
    expectColumns(scale, { level, ...abroadScale, vix_change: [7, 8, 9] });
    expectColumns(centre, {
      last_return_apart: lastApart,
      follows_abroad: [-1, -4, 4],
      follows_vix: [-1.5, 4, -4],
    });
  });

  it('knows no fall abroad where America rose, and little of one of less than half its scale', () => {
    const fallAfter = (america: number) =>
      rowAt('close@08:30', { ...known, abroad: { america, vix: NaN } }).scale['abroad_fall']![0];
    expect([2, 0, -0.4, -0.5].map(fallAfter)).toEqual([0, 0, 0, 0]);
    expect(fallAfter(-1)).toBeCloseTo(Math.log(2), 12);
  });

  it('knows at the open the gap as well, against those of the other symbols', () => {
    const { scale, centre, row } = rowAt('close@open');
    expect(row).toEqual({
      price: now.price,
      previousClose: known.previousClose,
      limits: known.limits,
      ewma: known.within,
    });
    expectColumns(scale, {
      level,
      ...abroadScale,
      gap: gaps,
      gap_size: gaps.map(size),
      gap_apart_size: apart.map(size),
      gap_beyond_1: gaps.map(beyond),
      gap_beyond_2: gaps.map((gap) => beyond(gap / 2)),
      gap_apart_beyond_1: apart.map(beyond),
      market_gap: three(gapMean),
      market_gap_size: three(size(gapMean)),
      market_gap_spread: three((size(0.5) + size(1.5) + size(8)) / 3),
    });
    expectColumns(centre, { last_return_apart: lastApart, gap_apart: [apart[0]!, -3, 3] });
  });

  it('knows later on how far the session has come', () => {
    const { scale, centre } = rowAt('close@10:00');
    expectColumns(scale, {
      level: [0.01, 0.02, 0.04].map(Math.log),
      range_so_far: [4, 3, 2].map(size),
      size_of_gap: gaps.map(size),
      volatility_so_far: [1, 2, 3].map(size),
      market_range_so_far: three((size(4) + size(3) + size(2)) / 3),
    });
    const moveMean = (0.5 + 2 + 6) / 3;
    expectColumns(centre, {
      last_return_apart: lastApart,
      gap_apart: [apart[0]!, -3, 3],
      move_apart: [0.5 - moveMean, 2 - moveMean, 3],
    });
  });

  it('takes no gap for more than twelve scales', () => {
    const open = now.open.map((price, s) => (s === 2 ? known.base[2]! * Math.exp(20 * known.whole[2]!) : price));
    const later = rowAt('close@open', known, { ...now, open }).scale;
    expect(later['gap']![2]).toBe(12);
    expect(rowAt('close@10:00', known, { ...now, open }).scale['size_of_gap']![2]).toBeCloseTo(size(12), 12);
  });
});
