import { inBasisPoints } from '../metrics/basis-points.ts';
import { intervalMethodNames, type JudgedTable } from './judged-table.ts';
import type { EvaluationReport } from './report.ts';

/**
 * How the published intervals did on ex-days, judged by the close as it was; null where no judged symbol-day is one.
 * Beside it what the same intervals would have covered around the close with the dividend: on these days most closes
 * then lie low.
 */
export function exDividendReport(table: JudgedTable): EvaluationReport['exDividend'] {
  const column = intervalMethodNames.indexOf('published');
  let [symbolDays, inside, insideWithout, expected, dividends] = [0, 0, 0, 0, 0];
  for (let row = 0; row < table.rows; row += 1) {
    const dividend = table.dividend[row]!;
    if (dividend === 0) continue;
    const beforehand = table.expectedDividend[row]!;
    // All three as shares of the close before, without the dividend that log returns have added back.
    const close = Math.exp(table.outcome[row]!) - dividend;
    const lower = Math.exp(table.low[column]![row]!) - dividend;
    const upper = Math.exp(table.high[column]![row]!) - dividend;
    symbolDays += 1;
    dividends += dividend;
    if (beforehand > 0) expected += 1;
    if (isInside(close, lower, upper)) inside += 1;
    if (isInside(close, lower + beforehand, upper + beforehand)) insideWithout += 1;
  }
  if (symbolDays === 0) return null;
  return {
    symbolDays,
    coverage: inside / symbolDays,
    coverageWithout: insideWithout / symbolDays,
    expectedShare: expected / symbolDays,
    meanDividendBp: inBasisPoints(dividends / symbolDays),
  };
}

/** A close on a bound is inside; both went through logarithms. */
function isInside(close: number, lower: number, upper: number): boolean {
  const rounding = 1e-12;
  return close >= lower - rounding && close <= upper + rounding;
}
