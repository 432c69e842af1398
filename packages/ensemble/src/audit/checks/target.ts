import type { LeakAlarm } from '@daytrade/contracts';
import { rankCorrelation } from '../../metrics/ranks.ts';
import { type CheckResult, checked, skipped } from '../audit-report.ts';
import { type AuditSubject, dateAt } from '../audit-subject.ts';

/** Fewer sessions say nothing about a correlation: rows of one session share the market's move. */
const leastSessions = 60;

/**
 * The rank correlation of each feature with the label. The best published forecasts reach about 0.05, so beyond `limit`
 * (and five standard errors, counting each session once) the feature holds the label, whatever way it came in.
 */
export function checkTarget(subject: AuditSubject, limit: number): CheckResult {
  const { panel, matrix } = subject;
  const alarms: LeakAlarm[] = [];
  let examined = 0;
  for (const [column, name] of matrix.names.entries()) {
    const { feature, target, sessions, firstSession } = knownPairs(subject, column);
    if (sessions < leastSessions) continue;
    examined += 1;
    const correlation = rankCorrelation(feature, target);
    if (!(Math.abs(correlation) > Math.max(limit, 5 / Math.sqrt(sessions)))) continue;
    // Features have 32 bits, the label 64.
    const verb = feature.every((value, i) => value === Math.fround(target[i]!)) ? 'is the label' : 'follows the label';
    const message =
      `${name} ${verb}: rank correlation ${correlation.toFixed(3)} over ${feature.length} rows, up to ${limit} is ` +
      'plausible';
    alarms.push({ kind: 'target', column: name, firstSession: dateAt(panel, firstSession), message });
  }
  if (examined === 0) return skipped('target', `no column is known, with its label, in ${leastSessions} sessions`);
  return checked('target', `${examined} of ${matrix.names.length} columns against the label`, alarms);
}

/** The values of a column and of the label in the rows in which both are known, and the sessions these are of. */
function knownPairs({ panel, matrix, label }: AuditSubject, column: number) {
  const feature = new Float64Array(matrix.rows);
  const target = new Float64Array(matrix.rows);
  let count = 0;
  let sessions = 0;
  let firstSession = -1;
  let lastSession = -1;
  for (let row = 0; row < matrix.rows; row += 1) {
    const value = matrix.values[column * matrix.rows + row]!;
    if (Number.isNaN(value) || Number.isNaN(label[row]!)) continue;
    feature[count] = value;
    target[count] = label[row]!;
    count += 1;
    const t = Math.floor(row / panel.symbols.length);
    if (t === lastSession) continue;
    if (sessions === 0) firstSession = t;
    sessions += 1;
    lastSession = t;
  }
  return { feature: feature.subarray(0, count), target: target.subarray(0, count), sessions, firstSession };
}
