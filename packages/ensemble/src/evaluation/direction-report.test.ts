import { describe, expect, it } from 'vitest';
import { blockBootstrap } from '../metrics/block-bootstrap.ts';
import { dailyInformationCoefficients } from './direction-report.ts';

/**
 * Days with three symbols whose outcomes rise from the first to the last; a day's forecast rises with them or is the
 * same for all.
 */
function tableOf(differs: readonly boolean[]) {
  return {
    rows: 3 * differs.length,
    day: differs.flatMap((_, day) => [day, day, day]),
    outcome: differs.flatMap(() => [-0.01, 0, 0.01]),
    predicted: [differs.flatMap((differing) => (differing ? [1, 2, 3] : [2, 2, 2]))],
  };
}

describe('the information coefficient of a day', () => {
  it('is 0 where a forecast does not distinguish symbols', () => {
    expect(dailyInformationCoefficients(tableOf([false, true, false]), 0)).toEqual([0, 1, 0]);
  });

  it('is not there on a day with fewer than three symbols', () => {
    expect(dailyInformationCoefficients({ ...tableOf([true, true]), rows: 5 }, 0)).toEqual([1]);
  });

  it('makes no skill of one day of many', () => {
    const daily = dailyInformationCoefficients(tableOf(Array.from({ length: 250 }, (_, day) => day === 100)), 0);
    const { value, low } = blockBootstrap(
      daily,
      daily.map(() => 1),
      1,
    );
    expect(value).toBe(1 / 250);
    expect(low).toBe(0);
  });
});
