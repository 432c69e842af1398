import type { LeakAlarm } from '@daytrade/contracts';
import { type CheckResult, checked, skipped } from '../audit-report.ts';
import { type AuditSubject, dateAt } from '../audit-subject.ts';

/**
 * Every training row's label must be over, and the embargo gone by, before the first judged row of the same split is
 * known: t + horizon + embargo <= first judged t.
 *
 * @param horizon sessions from a row to the last price its label reads, as found on the label itself
 */
export function checkSplit({ pipeline, panel, splits }: AuditSubject, horizon: number): CheckResult {
  if (splits.length === 0) return skipped('split', `${panel.days.length} sessions are too few for a split`);
  const alarms: LeakAlarm[] = [];
  for (const [number, { training, test }] of splits.entries()) {
    const firstJudged = test.reduce((first, t) => Math.min(first, t), Infinity);
    const offending = training.filter((t) => t + horizon + pipeline.embargo > firstJudged);
    if (offending.length === 0) continue;
    const t = offending.reduce((first, other) => Math.min(first, other));
    const firstSession = dateAt(panel, t);
    const message =
      `split ${number + 1} judges from ${dateAt(panel, firstJudged)} but trains on ${offending.length} sessions ` +
      `from ${firstSession} on ` +
      `whose label (${horizon} sessions ahead) and embargo (${pipeline.embargo}) are not over by then`;
    alarms.push({ kind: 'split', column: 'split', firstSession, message });
  }
  return checked('split', `${splits.length} splits, label ${horizon} ahead, embargo ${pipeline.embargo}`, alarms);
}
