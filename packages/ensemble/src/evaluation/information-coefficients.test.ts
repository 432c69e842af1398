import { describe, expect, it } from 'vitest';
import { dailyInformationCoefficients, informationCoefficients, meanCoefficient } from './information-coefficients.ts';

/**
 * Days with three symbols whose outcomes rise from the first to the last; a day's forecast rises with them or is the
 * same for all.
 */
function tableOf(differs: readonly boolean[]) {
  return {
    rows: 3 * differs.length,
    day: differs.flatMap((_, day) => [day, day, day]),
    outcome: differs.flatMap(() => [-0.01, 0, 0.01]),
    overnight: differs.flatMap(() => [0.01, 0, -0.01]),
    ordering: [differs.flatMap((differing) => (differing ? [1, 2, 3] : [2, 2, 2]))],
  };
}

describe('the information coefficient of a day', () => {
  it('is 0 where a forecast does not distinguish symbols', () => {
    expect(dailyInformationCoefficients(tableOf([false, true, false]), 0)).toEqual([0, 1, 0]);
  });

  it('is 0 for a constant forecast whose mean is rounded', () => {
    const table = { ...tableOf([true]), ordering: [[0.1, 0.1, 0.1]] };
    const pearson = { leg: 'close-to-close', correlation: 'pearson' } as const;
    expect(dailyInformationCoefficients(table, 0, pearson)).toEqual([0]);
  });

  it('is not there on a day with fewer than three symbols', () => {
    expect(dailyInformationCoefficients({ ...tableOf([true, true]), rows: 5 }, 0)).toEqual([1]);
  });

  it('leaves out of a leg the symbols without an opening price', () => {
    const table = tableOf([true, true]);
    table.overnight[0] = NaN;
    expect(dailyInformationCoefficients(table, 0, { leg: 'close-to-open', correlation: 'spearman' })).toEqual([-1]);
    expect(dailyInformationCoefficients(table, 0)).toEqual([1, 1]);
  });
});

describe('the information coefficients of a model', () => {
  it('are one of each leg and correlation: what the night takes back, the session gives', () => {
    const days = Array.from({ length: 40 }, () => true);
    const lines = informationCoefficients(tableOf(days), 0, 1);
    expect(lines.map(({ leg, correlation, value }) => [leg, correlation, Math.round(value)])).toEqual([
      ['close-to-open', 'pearson', -1],
      ['close-to-open', 'spearman', -1],
      ['open-to-close', 'pearson', 1],
      ['open-to-close', 'spearman', 1],
      ['close-to-close', 'pearson', 1],
      ['close-to-close', 'spearman', 1],
    ]);
  });

  it('measure what is far off by its size with Pearson and by its place with Spearman', () => {
    const table = { ...tableOf([true]), outcome: [-0.01, 0, 0.3] };
    const [pearson, spearman] = informationCoefficients(table, 0, 1).slice(4);
    expect(spearman?.value).toBe(1);
    // (1, 2, 3) and (-0.01, 0, 0.3): 0.31 / sqrt(2 * (0.0901 - 0.29 ** 2 / 3)).
    expect(pearson?.value).toBeCloseTo(0.31 / Math.sqrt(2 * (0.0901 - 0.29 ** 2 / 3)), 12);
  });
});

describe('a mean coefficient', () => {
  it('shows no edge on one day of many', () => {
    const daily = dailyInformationCoefficients(tableOf(Array.from({ length: 250 }, (_, day) => day === 100)), 0);
    const { value, low, t, sessions, edge } = meanCoefficient(daily, 1);
    expect({ value, low, sessions, edge }).toEqual({ value: 1 / 250, low: 0, sessions: 250, edge: false });
    expect(t).toBeCloseTo(1, 12);
  });

  it('is an edge where its t is above 3, and not below', () => {
    // Mean m and deviation 1 over n days: t = m * sqrt(n).
    const daily = (mean: number) => Array.from({ length: 400 }, (_, day) => mean + (day % 2 === 0 ? 1 : -1));
    expect(meanCoefficient(daily(0.16), 1)).toMatchObject({ edge: true });
    expect(meanCoefficient(daily(0.14), 1)).toMatchObject({ edge: false });
    expect(meanCoefficient(daily(-0.5), 1)).toMatchObject({ edge: false });
  });

  it('is 0 without a day', () => {
    expect(meanCoefficient([], 1)).toEqual({ value: 0, low: 0, high: 0, t: 0, sessions: 0, edge: false });
  });
});
