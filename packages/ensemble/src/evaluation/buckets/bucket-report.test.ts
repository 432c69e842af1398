import { noisePanel } from '@daytrade/series';
import { describe, expect, it } from 'vitest';
import { buildDataset } from '../../dataset.ts';
import { bucketReports } from '../bucket-report.ts';
import { intervalMethodNames, JudgedTable } from '../judged-table.ts';
import type { KnownBeside } from '../report.ts';

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

describe('the buckets of results', () => {
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
});
