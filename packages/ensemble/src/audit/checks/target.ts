import { rankCorrelation } from '../../metrics/ranks.ts';
import { type CheckResult, checked, type LeakAlarm, skipped } from '../audit-report.ts';
import { type AuditSubject, dateAt } from '../audit-subject.ts';

/** Fewer sessions say nothing about a correlation: rows of one session share the market's move. */
const leastSessions = 60;

/**
 * The rank correlation of each feature with the label. The best published forecasts reach about 0.05, so beyond `limit` (and five
 * standard errors, counting each session once) the feature holds the label, whatever way it came in.
 */
export function checkTarget(subject: AuditSubject, limit: number): CheckResult {
  const { panel, matrix, label } = subject;
  const alarms: LeakAlarm[] = [];
  let examined = 0;
  for (const [column, name] of matrix.names.entries()) {
    const { rows, sessions } = comparableRows(subject, column);
    if (sessions < leastSessions) continue;
    examined += 1;
    const feature = Float64Array.from(rows, (row) => matrix.values[column * matrix.rows + row]!);
    const target = Float64Array.from(rows, (row) => label[row]!);
    const correlation = rankCorrelation(feature, target);
    if (!(Math.abs(correlation) > Math.max(limit, 5 / Math.sqrt(sessions)))) continue;
    const same = feature.every((value, i) => value === target[i]) ? 'is the label' : 'follows the label';
    const message = `${name} ${same}: rank correlation ${correlation.toFixed(3)} over ${rows.length} rows, at most ${limit} is plausible`;
    const firstSession = dateAt(panel, Math.floor(rows[0]! / panel.symbols.length));
    alarms.push({ kind: 'target', column: name, firstSession, message });
  }
  if (examined === 0) return skipped('target', `no column is known, with its label, in ${leastSessions} sessions`);
  return checked('target', `${examined} of ${matrix.names.length} columns against the label`, alarms);
}

/** The rows in which both the column and the label are known, and the number of sessions they are of. */
function comparableRows({ panel, matrix, label }: AuditSubject, column: number) {
  const rows: number[] = [];
  let sessions = 0;
  let last = -1;
  for (let row = 0; row < matrix.rows; row += 1) {
    if (Number.isNaN(label[row]!) || Number.isNaN(matrix.values[column * matrix.rows + row]!)) continue;
    const t = Math.floor(row / panel.symbols.length);
    if (t !== last) sessions += 1;
    last = t;
    rows.push(row);
  }
  return { rows, sessions };
}
