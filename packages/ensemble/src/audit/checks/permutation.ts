import type { LeakAlarm } from '@daytrade/contracts';
import { deriveSeed, seededRandom } from '@daytrade/series';
import { rankCorrelation } from '../../metrics/ranks.ts';
import { type CheckResult, checked, skipped } from '../audit-report.ts';
import { type AuditSubject, dateAt, rowsOfSessions } from '../audit-subject.ts';

const permutations = 3;
/** Splits that are tried, the newest ones. */
const splitsTried = 4;
/** Smallest rank correlation that is called skill, where there are sessions enough to see it. */
const skill = 0.1;

/**
 * Trains on labels that were dealt out to the sessions anew, and compares the forecasts with the real labels of the
 * judged rows: what such a training forecasts, it was not taught, so it knows it from elsewhere. Sessions are dealt out
 * whole, since rows of one session share the market's move. The alarm is at five standard errors, counting each session
 * once.
 */
export function checkPermutation(subject: AuditSubject): CheckResult {
  const { panel, splits } = subject;
  if (splits.length === 0) return skipped('permutation', `${panel.days.length} sessions are too few for a split`);
  const judged = splits.slice(-splitsTried);
  const sessions = judged.reduce((sum, { test }) => sum + test.length, 0);
  const limit = Math.max(skill, 5 / Math.sqrt(sessions));
  const correlations = Array.from({ length: permutations }, (_, number) => correlationWith(subject, number));
  const mean = correlations.reduce((sum, correlation) => sum + correlation, 0) / permutations;
  const alarms: LeakAlarm[] = [];
  if (mean > limit) {
    const firstSession = dateAt(panel, judged[0]!.test[0]!);
    const message =
      `forecast from ${firstSession} on knows the real labels after trainings on permuted ones: rank correlation ` +
      `${mean.toFixed(3)} over ${sessions} sessions, up to ${limit.toFixed(3)} is plausible`;
    alarms.push({ kind: 'permutation', column: 'forecast', firstSession, message });
  }
  return checked(
    'permutation',
    `${permutations} trainings on permuted labels in each of ${judged.length} splits`,
    alarms,
  );
}

/**
 * Rank correlation of the real labels with forecasts by trainings on one permutation of them; 0 where they are
 * constant.
 */
function correlationWith({ pipeline, panel, matrix, label, splits }: AuditSubject, number: number): number {
  const symbols = panel.symbols.length;
  const permuted = dealtOutAnew(label, symbols, deriveSeed(1, number));
  const forecasts: number[] = [];
  const outcomes: number[] = [];
  for (const { training, test } of splits.slice(-splitsTried)) {
    const rows = rowsOfSessions(test, symbols);
    const forecast = pipeline.forecast(matrix, permuted, rowsOfSessions(training, symbols), rows);
    for (const [i, row] of rows.entries()) {
      if (Number.isNaN(label[row]!) || Number.isNaN(forecast[i]!)) continue;
      forecasts.push(forecast[i]!);
      outcomes.push(label[row]!);
    }
  }
  const correlation = rankCorrelation(forecasts, outcomes);
  return Number.isNaN(correlation) ? 0 : correlation;
}

/** The labels of whole sessions in another order (Fisher & Yates); sessions without a label are dealt out as well. */
function dealtOutAnew(label: Float64Array, symbols: number, seed: number): Float64Array {
  const random = seededRandom(seed);
  const order = Array.from({ length: label.length / symbols }, (_, t) => t);
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [order[last], order[other]] = [order[other]!, order[last]!];
  }
  return label.map((_, row) => label[order[Math.floor(row / symbols)]! * symbols + (row % symbols)]!);
}
