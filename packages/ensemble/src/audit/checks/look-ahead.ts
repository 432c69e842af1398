import type { LeakAlarm } from '@daytrade/contracts';
import type { SymbolCode } from '@daytrade/market';
import { type SessionIndex, slicePanel } from '@daytrade/series';
import { type CheckResult, checked, skipped } from '../audit-report.ts';
import { type AuditSubject, dateAt, sameValue } from '../audit-subject.ts';

/** Where a column differs first, over all cuts. */
interface FirstDifference {
  readonly t: SessionIndex;
  readonly symbol: SymbolCode;
  /** The last session that was left when it differed. */
  readonly cut: SessionIndex;
}

/**
 * Computes the features again on the panel cut after each probed session, and compares every row that is left with the
 * same row of the whole panel: a feature that differs has read bars that its session did not have.
 */
export function checkLookAhead(subject: AuditSubject, progress: (fraction: number) => void): CheckResult {
  const { panel, matrix, probes } = subject;
  if (probes.length === 0) return skipped('look-ahead', `${panel.days.length} sessions are too few to cut`);
  const first = new Map<number, FirstDifference>();
  for (const [done, cut] of probes.entries()) {
    progress(done / probes.length);
    compareCut(subject, cut, first);
  }
  const alarms = [...first].map(([column, { t, symbol, cut }]): LeakAlarm => {
    const name = matrix.names[column]!;
    const date = dateAt(panel, t);
    const message = `${name} of ${symbol} on ${date} changes when the bars after ${dateAt(panel, cut)} are taken away`;
    return { kind: 'look-ahead', column: name, firstSession: date, symbol, message };
  });
  return checked('look-ahead', `${matrix.names.length} columns computed again at ${probes.length} cuts`, alarms);
}

function compareCut(
  { pipeline, panel, matrix }: AuditSubject,
  cut: SessionIndex,
  first: Map<number, FirstDifference>,
): void {
  const symbols = panel.symbols.length;
  const rows = (cut + 1) * symbols;
  const again = pipeline.features(slicePanel(panel, 0, cut + 1));
  for (let column = 0; column < matrix.names.length; column += 1) {
    const known = first.get(column)?.t ?? Infinity;
    for (let row = 0; row < rows && row < known * symbols; row += 1) {
      if (sameValue(matrix.values[column * matrix.rows + row]!, again.values[column * again.rows + row]!)) continue;
      first.set(column, { t: Math.floor(row / symbols), symbol: panel.symbols[row % symbols]!.symbol, cut });
      break;
    }
  }
}
