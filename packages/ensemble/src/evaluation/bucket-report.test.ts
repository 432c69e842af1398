import { noisePanel } from '@daytrade/series/testing';
import { describe, expect, it } from 'vitest';
import { buildDataset } from '../dataset.ts';
import { bucketReports, earningsSeasonGroup, gapGroup, marketMoveGroup, usMoveGroup } from './bucket-report.ts';
import { intervalMethodNames, JudgedTable } from './judged-table.ts';
import { type KnownBeside } from './report.ts';

const symbols = 3;
const panel = noisePanel({ symbolCount: symbols, sessionCount: 120, seed: 11 });
const outcomes = buildDataset(panel);
const row = { t: 50, symbol: 1, low: -0.02, high: 0.02 };

/** Outcomes with the log returns of one session set for every symbol. */
function withMove(t: number, move: number) {
  const label = outcomes.label.map((value, i) => (Math.floor(i / symbols) === t ? move : value));
  return { ...outcomes, label };
}

describe('the gap', () => {
  it('is the distance of the next open from the middle of the interval, in half-widths', () => {
    const bucketOf = (gap: number) => {
      const open = panel.open.slice();
      open[51 * symbols + 1] = panel.close[50 * symbols + 1]! * Math.exp(gap);
      const { placeOf, buckets } = gapGroup({ ...panel, open });
      return buckets[placeOf(row)!];
    };
    expect([0.001, -0.004, 0.012, 0.0199, -0.0201].map(bucketOf)).toEqual([
      '<= 0.1',
      '0.1 .. 0.25',
      '0.5 .. 0.75',
      '0.75 .. 1',
      '> 1',
    ]);
  });
});

describe('the gap of an ex-day', () => {
  it('has the dividend added back, and is on a bound in the range below it', () => {
    const open = panel.open.slice();
    const close = panel.close.slice();
    [close[50 * symbols + 1], open[51 * symbols + 1]] = [1000, 980];
    const paid = panel.close.map((_, index) => (index === 51 * symbols + 1 ? 20 : 0));
    const placeIn = (some: Parameters<typeof gapGroup>[0], low = -0.02, high = 0.02) =>
      gapGroup(some).placeOf({ ...row, low, high });
    expect(placeIn({ ...panel, open, close, dividends: { paid, expected: paid } })).toBe(0);
    expect(placeIn({ ...panel, open, close })).toBe(5);
    // Around its own middle: the open is at the lower end of the interval.
    open[51 * symbols + 1] = 1000;
    expect(placeIn({ ...panel, open, close }, 0, 2)).toBe(4);
    expect(placeIn({ ...panel, open, close }, -0.5, 1.5)).toBe(2);
    open[51 * symbols + 1] = NaN;
    expect(placeIn({ ...panel, open, close })).toBeUndefined();
    expect(gapGroup(panel)).toMatchObject({
      name: 'gap',
      buckets: ['<= 0.1', '0.1 .. 0.25', '0.25 .. 0.5', '0.5 .. 0.75', '0.75 .. 1', '> 1'],
    });
  });
});

describe('the move of the market', () => {
  it('is the mean over the symbols that have one, with bounds in the range below them', () => {
    const label = outcomes.label.slice();
    label.set([0.06, NaN, 0], 49 * symbols);
    label.set([NaN, NaN, NaN], 59 * symbols);
    const { name, placeOf } = marketMoveGroup({ ...outcomes, label });
    expect(name).toBe('market-move');
    expect(placeOf(row)).toBe(1);
    label.set([0.0601, NaN, 0], 49 * symbols);
    expect(marketMoveGroup({ ...outcomes, label }).placeOf(row)).toBe(2);
    label.set([-0.03, -0.03, -0.03], 49 * symbols);
    expect(marketMoveGroup({ ...outcomes, label }).placeOf(row)).toBe(0);
    expect(placeOf({ ...row, t: 60 })).toBeUndefined();
    expect(placeOf({ ...row, t: 0 })).toBeUndefined();
  });

  it('is that of the session whose close the forecast knows, not of the one that it predicts', () => {
    const bucketOf = (t: number, move: number) => {
      const { placeOf, buckets } = marketMoveGroup(withMove(t, move));
      return buckets[placeOf(row)!];
    };
    // The label of session 49 is the move of session 50.
    expect([-0.05, 0.01, 0.05].map((move) => bucketOf(49, move))).toEqual(['<= -3 %', '-3 % .. 3 %', '> 3 %']);
    expect(bucketOf(50, -0.05)).toBe(bucketOf(50, 0.05));
  });
});

describe('a move of New York', () => {
  it('is that of the night before the predicted session, and is not known where there is no value', () => {
    const overnight = new Float64Array(120).fill(NaN);
    overnight.set([-0.03, -0.02, 0, 0.026], 50);
    const { placeOf, buckets } = usMoveGroup(overnight);
    const bucketOf = (t: number) => buckets[placeOf({ ...row, t }) ?? -1];
    expect([50, 51, 52, 53, 54].map(bucketOf)).toEqual([
      '<= -2.5 %',
      '-2.5 % .. -1.5 %',
      '-0.5 % .. 0.5 %',
      '> 2.5 %',
      undefined,
    ]);
  });
});

describe('the ranges of New York', () => {
  it('are seven, with bounds in the range below them', () => {
    const bounds = [-0.025, -0.015, -0.005, 0.005, 0.015, 0.025];
    const overnight = Float64Array.from([...bounds, ...bounds.map((bound) => bound + 1e-9)]);
    const { name, buckets, placeOf } = usMoveGroup(overnight);
    expect([name, ...buckets]).toEqual([
      'us-move',
      '<= -2.5 %',
      '-2.5 % .. -1.5 %',
      '-1.5 % .. -0.5 %',
      '-0.5 % .. 0.5 %',
      '0.5 % .. 1.5 %',
      '1.5 % .. 2.5 %',
      '> 2.5 %',
    ]);
    expect(Array.from(overnight, (_, t) => placeOf({ ...row, t }))).toEqual([0, 1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 6]);
  });
});

describe('an earnings season', () => {
  it('is that of the predicted session', () => {
    const { placeOf, buckets } = earningsSeasonGroup(panel);
    const inside = Array.from(panel.days.keys())
      .slice(0, -1)
      .filter((t) => buckets[placeOf({ ...row, t })!] === 'inside');
    // The panel begins on 2011-01-04: the first predicted session inside is 2011-01-24, the 14th.
    expect(inside[0]).toBe(12);
  });
});

describe('the buckets of results', () => {
  const panel = noisePanel({ symbolCount: 2, sessionCount: 60, seed: 3 });
  const outcomes = buildDataset(panel);
  /** The forecasts of sessions 41 to 50 are judged. */
  const range = { first: 30, judgedFrom: 40, end: 50 };

  /** Each interval is 0.02 on both sides, and that of each baseline twice as wide; what is announced is outside. */
  function tableOf(isOutside: (session: number, symbol: number) => boolean): JudgedTable {
    const table = new JudgedTable(10, 1);
    for (let session = 41; session <= 50; session += 1) {
      for (const symbol of [0, 1]) {
        const bounds = intervalMethodNames.map((name) => (name === 'published' ? 0.02 : 0.04));
        table.add({
          day: session - 41,
          symbol,
          outcome: isOutside(session, symbol) ? 0.03 : 0.01,
          overnight: 0,
          dividend: 0,
          expectedDividend: 0,
          low: bounds.map((bound) => -bound),
          high: bounds,
          predicted: [0],
          ordering: [0],
          probability: [0.5],
        });
      }
    }
    return table;
  }

  function resultsBuckets(beside: KnownBeside, table: JudgedTable) {
    return bucketReports({ panel, outcomes, range, horizon: 'next-close', beside }, table).filter(
      ({ group }) => group === 'results',
    );
  }

  const announced = (session: number) => ({ day: panel.days[session]!, minute: undefined, knownSince: 0 });

  it('count the symbol-days of each, with coverage, score and the skill against each baseline', () => {
    const [first, after, other, ...more] = resultsBuckets(
      { announced: [[announced(35), announced(43)], [announced(20)]] },
      tableOf((session, symbol) => session === 43 && symbol === 0),
    );
    expect(more).toEqual([]);
    expect(first).toMatchObject({ bucket: 'in-session', sessions: 1, symbolDays: 1, coverage: 0, meanWidthBp: 400 });
    expect(after).toMatchObject({ bucket: 'after-last', sessions: 1, symbolDays: 1, coverage: 1 });
    expect(other).toMatchObject({ bucket: 'none', sessions: 10, symbolDays: 18, coverage: 1 });
    expect(after!.skill!.rollingQuantile).toBeCloseTo(0.5, 12);
    // Outside by 0.01, which costs 2 / 0.07 of it, beside a width of 0.04 against one of 0.08.
    const skill = 1 - (0.04 + (2 / 0.07) * 0.01) / 0.08;
    for (const name of ['rollingQuantile', 'randomWalk', 'ewma'] as const) {
      expect(first!.skill![name]).toBeCloseTo(skill, 12);
    }
  });

  it('are not there where no announcement is known', () => {
    const table = tableOf(() => false);
    expect(resultsBuckets({}, table)).toEqual([]);
    expect(resultsBuckets({ announced: [undefined, undefined] }, table)).toEqual([]);
  });

  it('stand after those of the gap, the night, the market and the season, each of which has every row once', () => {
    const table = tableOf(() => false);
    const overnight = new Float64Array(60).fill(0.001);
    const groups = (beside: KnownBeside) => {
      const buckets = bucketReports({ panel, outcomes, range, horizon: 'next-close', beside }, table);
      const counts = Map.groupBy(buckets, ({ group }) => group);
      return Array.from(counts, ([group, own]) => [group, own.reduce((sum, { symbolDays }) => sum + symbolDays, 0)]);
    };
    const announcedThen = [[announced(43)], [announced(20)]];
    expect(groups({ overnight, announced: announcedThen })).toEqual([
      ['gap', 20],
      ['us-move', 20],
      ['market-move', 20],
      ['earnings-season', 20],
      ['results', 20],
    ]);
    // A night that is not known is in no bucket.
    overnight[45] = NaN;
    expect(groups({ overnight })).toEqual([
      ['gap', 20],
      ['us-move', 18],
      ['market-move', 20],
      ['earnings-season', 20],
    ]);
  });
});
