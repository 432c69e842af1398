import { describe, expect, it } from 'vitest';
import { areaUnderCurve, brierScore, directionFigures, hitsBy } from './direction-report.ts';
import { intervalMethodNames, JudgedTable } from './judged-table.ts';

interface Row {
  readonly day: number;
  readonly outcome: number;
  readonly probability: number;
  readonly predicted?: number;
  readonly ordering?: number;
}

/** The second of two models; the first says something else. */
function tableOf(days: number, ...rows: readonly Row[]): JudgedTable {
  const table = new JudgedTable(days, 2);
  for (const [symbol, { day, outcome, probability, predicted = 0, ordering = 0 }] of rows.entries()) {
    const bounds = intervalMethodNames.map(() => 0.02);
    table.add({
      day,
      symbol,
      outcome,
      overnight: 0,
      dividend: 0,
      expectedDividend: 0,
      low: bounds.map((bound) => -bound),
      high: bounds,
      predicted: [9, predicted],
      ordering: [7, ordering],
      probability: [0.01, probability],
    });
  }
  return table;
}

const three = (day: number, outcomes: readonly number[], orders: readonly number[]) =>
  outcomes.map((outcome, i) => ({ day, outcome, probability: 0.5, ordering: orders[i]!, predicted: outcome / 2 }));

describe('hits', () => {
  it('are moves to the side that was more likely; a half says a rise, and no move is left out', () => {
    const table = tableOf(
      3,
      { day: 0, outcome: 0.01, probability: 0.5 },
      { day: 0, outcome: -0.01, probability: 0.5 },
      { day: 0, outcome: 0, probability: 0.9 },
      { day: 2, outcome: -0.01, probability: 0.49 },
      { day: 2, outcome: 1e-9, probability: 0.7 },
      { day: 2, outcome: 0.01, probability: 0.3 },
    );
    expect(hitsBy(table, 1, table.day, 3)).toEqual({
      hits: Float64Array.of(1, 0, 2),
      moves: Float64Array.of(2, 0, 3),
      rises: Float64Array.of(1, 0, 2),
    });
    expect(directionFigures(table, 1)).toMatchObject({ hitRate: 3 / 5 });
    expect(hitsBy(table, 0, table.day, 3).hits).toEqual(Float64Array.of(1, 0, 1));
  });
});

describe('the figures of a direction', () => {
  it('are those of the days and rows of a model', () => {
    const rows = [
      ...three(0, [-1, 0, 1], [1, 2, 3]),
      ...three(1, [-1, 0, 1], [3, 2, 1]),
      ...three(2, [3, 1, 2], [9, 7, 8]),
    ];
    const squares = 2 + 2 + 14;
    expect(directionFigures(tableOf(3, ...rows), 1)).toEqual({
      hitRate: 5 / 7,
      rmse: expect.closeTo(Math.sqrt(squares / 4 / 9), 12),
      r2: expect.closeTo(0.75, 12),
      ic: expect.closeTo(1 / 3, 12),
      icir: expect.closeTo(1 / 3 / Math.sqrt(8 / 9), 12),
      auc: 0.5,
      brier: 0.25,
    });
  });

  it('say nothing where nothing moved and no day has three symbols', () => {
    const still = { day: 0, outcome: 0, probability: 0.9, predicted: 0.1 };
    expect(directionFigures(tableOf(1, still, still), 1)).toEqual({
      hitRate: 0,
      rmse: expect.closeTo(0.1, 12),
      r2: 0,
      ic: 0,
      icir: 0,
      auc: 0.5,
      brier: 0.25,
    });
  });

  it('have no area where all moves are of one side, and a Brier score of what moved alone', () => {
    const rise = { day: 0, outcome: 0.01, probability: 0.8 };
    const { auc, brier } = directionFigures(tableOf(1, rise, rise, { ...rise, outcome: 0, probability: 0.1 }), 1);
    expect([auc, brier]).toEqual([0.5, expect.closeTo(0.04, 12)]);
  });
});

it.each([
  [[0.1, 0.2, 0.3], [0, 0, 1], 1],
  [[0.1, 0.2, 0.3], [1, 0, 0], 0],
  [[0.3, 0.2, 0.3], [0, 0, 1], 0.75],
  [[0.5, 0.5], [0, 1], 0.5],
  [[0.5, 0.5], [1, 1], NaN],
])('of the scores %j of rises %j a rise has the higher one with a chance of %d', (scores, rose, chance) => {
  expect(areaUnderCurve(scores, rose)).toBe(chance);
});

it('the Brier score is the mean squared distance of probabilities', () => {
  expect(brierScore([1, 0, 0.5, 0.2], [1, 1, 0, 0])).toBeCloseTo((1 + 0.25 + 0.04) / 4, 12);
});
