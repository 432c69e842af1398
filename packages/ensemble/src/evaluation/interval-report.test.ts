import { describe, expect, it } from 'vitest';
import { exDividendReport } from './interval-report.ts';
import { intervalMethodNames, JudgedTable } from './judged-table.ts';

/** A symbol-day with prices as shares of the close before. */
interface Day {
  readonly close: number;
  readonly lower: number;
  readonly upper: number;
  readonly dividend: number;
  readonly expected: number;
}

function tableOf(...days: readonly Day[]): JudgedTable {
  const table = new JudgedTable(days.length, 1);
  for (const [day, { close, lower, upper, dividend, expected }] of days.entries()) {
    const withDividend = (price: number) => Math.log(price + dividend);
    table.add({
      day,
      symbol: 0,
      outcome: withDividend(close),
      overnight: 0,
      dividend,
      expectedDividend: expected,
      low: intervalMethodNames.map(() => withDividend(lower)),
      high: intervalMethodNames.map(() => withDividend(upper)),
      predicted: [0],
      ordering: [0],
      probability: [0.5],
    });
  }
  return table;
}

const ordinary: Day = { close: 1.2, lower: 0.9, upper: 1.1, dividend: 0, expected: 0 };

describe('the report of ex-days', () => {
  it('judges the close as it was, and says what intervals that know no dividend would have covered', () => {
    // Fell by the dividend; the interval around 0.98 holds it, the one around 1 does not.
    const fell: Day = { close: 0.97, lower: 0.96, upper: 1, dividend: 0.02, expected: 0.02 };
    // Not expected: the same either way.
    const unexpected: Day = { close: 0.95, lower: 0.98, upper: 1.02, dividend: 0.04, expected: 0 };
    expect(exDividendReport(tableOf(fell, ordinary, unexpected))).toEqual({
      symbolDays: 2,
      coverage: 0.5,
      coverageWithout: 0,
      expectedShare: 0.5,
      meanDividendBp: expect.closeTo(300, 9),
    });
  });

  it('is null without an ex-day', () => {
    expect(exDividendReport(tableOf(ordinary))).toBeNull();
  });
});
