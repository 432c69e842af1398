import { describe, expect, it } from 'vitest';
import {
  dailyInformationCoefficients,
  edgeBoundOf,
  informationCoefficients,
  isRankMeasure,
  legsOf,
  meanCoefficient,
} from './information-coefficients.ts';

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
    const lines = informationCoefficients(tableOf(days), 0, { legs: legsOf('next-close'), seed: 1, edgeT: 3 });
    expect(lines.map(({ leg, correlation, value }) => [leg, correlation, Math.round(value)])).toEqual([
      ['close-to-open', 'pearson', -1],
      ['close-to-open', 'spearman', -1],
      ['open-to-close', 'pearson', 1],
      ['open-to-close', 'spearman', 1],
      ['close-to-close', 'pearson', 1],
      ['close-to-close', 'spearman', 1],
    ]);
  });

  it('are of the rest of the session alone where the forecast is made within it', () => {
    const days = Array.from({ length: 40 }, () => true);
    const lines = informationCoefficients(tableOf(days), 0, { legs: legsOf('close@10:00'), seed: 1, edgeT: 3 });
    expect(lines.map(({ leg, correlation, value }) => [leg, correlation, Math.round(value)])).toEqual([
      ['rest-of-session', 'pearson', 1],
      ['rest-of-session', 'spearman', 1],
    ]);
    expect(legsOf('close@open')).toEqual(legsOf('close@10:00'));
    // At 08:30 the open is still to come.
    expect(legsOf('close@08:30')).toEqual(legsOf('next-close'));
  });

  it('measure what is far off by its size with Pearson and by its place with Spearman', () => {
    const table = { ...tableOf([true]), outcome: [-0.01, 0, 0.3] };
    const [pearson, spearman] = informationCoefficients(table, 0, { legs: ['close-to-close'], seed: 1, edgeT: 3 });
    expect(spearman?.value).toBe(1);
    // (1, 2, 3) and (-0.01, 0, 0.3): 0.31 / sqrt(2 * (0.0901 - 0.29 ** 2 / 3)).
    expect(pearson?.value).toBeCloseTo(0.31 / Math.sqrt(2 * (0.0901 - 0.29 ** 2 / 3)), 12);
  });
});

describe('a mean coefficient', () => {
  it('is 0 without a day, and has no t on one day or where all are the same', () => {
    const options = { seed: 1, edgeT: 3 };
    expect(meanCoefficient([], options)).toEqual({ value: 0, low: 0, high: 0, t: 0, sessions: 0, edge: false });
    expect(meanCoefficient([0.5], options)).toEqual({
      value: 0.5,
      low: 0.5,
      high: 0.5,
      t: 0,
      sessions: 1,
      edge: false,
    });
    expect(meanCoefficient([0.5, 0.5, 0.5], options)).toMatchObject({ value: 0.5, t: 0, sessions: 3, edge: false });
  });

  it('has the t of the mean of its days: the hand-computed example', () => {
    // Mean 0.2; squares 0.01 + 0.01 + 0.04 + 0.04 = 0.1, so that the error is sqrt(0.1 / 3 / 4).
    const { t, value, sessions } = meanCoefficient([0.1, 0.3, 0, 0.4], { seed: 1, edgeT: 3 });
    expect([value, t, sessions]).toEqual([expect.closeTo(0.2, 12), expect.closeTo(0.2 / Math.sqrt(0.1 / 12), 12), 4]);
  });

  it('shows no edge on one day of many', () => {
    const daily = dailyInformationCoefficients(tableOf(Array.from({ length: 250 }, (_, day) => day === 100)), 0);
    const { value, low, t, sessions, edge } = meanCoefficient(daily, { seed: 1, edgeT: 3 });
    expect({ value, low, sessions, edge }).toEqual({ value: 1 / 250, low: 0, sessions: 250, edge: false });
    expect(t).toBeCloseTo(1, 12);
  });

  it('is an edge where its t is above the bound, and not below', () => {
    // Mean m and deviation 1 over n days: t = m * sqrt(n).
    const daily = (mean: number) => Array.from({ length: 400 }, (_, day) => mean + (day % 2 === 0 ? 1 : -1));
    const options = { seed: 1, edgeT: 3 };
    expect(meanCoefficient(daily(0.16), options)).toMatchObject({ edge: true });
    expect(meanCoefficient(daily(0.14), options)).toMatchObject({ edge: false });
    expect(meanCoefficient(daily(-0.5), options)).toMatchObject({ edge: false });
  });
});

describe('the bound of an edge', () => {
  it('rises with the number of coefficients that are tested', () => {
    // The two-sided normal quantile of 5 % / tests.
    expect(edgeBoundOf(1)).toEqual({ tests: 1, t: expect.closeTo(1.959964, 6) });
    expect(edgeBoundOf(60)).toEqual({ tests: 60, t: expect.closeTo(3.341055, 3) });
  });
});

it.each([
  ['close-to-close', 'spearman', true],
  ['rest-of-session', 'spearman', true],
  ['close-to-open', 'spearman', false],
  ['open-to-close', 'spearman', false],
  ['close-to-close', 'pearson', false],
  ['rest-of-session', 'pearson', false],
] as const)('the coefficient of %s by %s is the one without further name: %s', (leg, correlation, expected) => {
  expect(isRankMeasure({ leg, correlation })).toBe(expected);
});
