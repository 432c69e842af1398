import type { LeakAlarm } from '@daytrade/contracts';
import type { Panel } from '@daytrade/series';
import { type CheckResult, checked, skipped } from '../audit-report.ts';
import { type AuditSubject, dateAt, sameValue } from '../audit-subject.ts';

/** Rounding of sums of restated prices, then to 32 bits: two of their steps, relative to a value of ordinary size. */
const tolerance = 2 ** -22;
const ordinary = 1e-3;

/**
 * Restates prices and volumes of every other symbol as a four-for-one split after the last session would, and computes
 * the features again. Adjusted prices of the past carry every later split and dividend, so a feature that answers to
 * their level has read what came after its session: no cut of a panel that was restated before it was handed in could
 * show that.
 */
export function checkRestatement({ pipeline, panel, matrix }: AuditSubject): CheckResult {
  if (panel.days.length === 0) return skipped('restatement', 'there is no session');
  const symbols = panel.symbols.length;
  const lastSession = dateAt(panel, panel.days.length - 1);
  const again = pipeline.features(splitFourForOne(panel));
  const alarms: LeakAlarm[] = [];
  for (const [column, name] of matrix.names.entries()) {
    const row = panel.close.findIndex(
      (_, r) => !nearlySame(matrix.values[column * matrix.rows + r]!, again.values[column * matrix.rows + r]!),
    );
    if (row < 0) continue;
    const firstSession = dateAt(panel, Math.floor(row / symbols));
    const { symbol } = panel.symbols[row % symbols]!;
    const message = `${name} of ${symbol} on ${firstSession} changes when a split after ${lastSession} restates prices`;
    alarms.push({ kind: 'restatement', column: name, firstSession, symbol, message });
  }
  return checked('restatement', `${matrix.names.length} columns computed again on prices restated by a split`, alarms);
}

/** A power of two changes no ratio of prices, not even by rounding, and so breaks no tie. */
function splitFourForOne(panel: Panel): Panel {
  const isSplit = (row: number) => (row % panel.symbols.length) % 2 === 0;
  const quarter = (column: Float64Array) => column.map((value, row) => (isSplit(row) ? value / 4 : value));
  return {
    ...panel,
    open: quarter(panel.open),
    high: quarter(panel.high),
    low: quarter(panel.low),
    close: quarter(panel.close),
    volume: panel.volume.map((value, row) => (isSplit(row) ? value * 4 : value)),
    dividends: panel.dividends && {
      paid: quarter(panel.dividends.paid),
      expected: quarter(panel.dividends.expected),
    },
  };
}

function nearlySame(a: number, b: number): boolean {
  return sameValue(a, b) || Math.abs(a - b) <= tolerance * Math.max(ordinary, Math.abs(a), Math.abs(b));
}
