import type { LeakAlarm } from '@daytrade/contracts';
import type { FeatureMatrix } from '@daytrade/series';
import { type CheckResult, checked, skipped } from '../audit-report.ts';
import { type AuditSubject, dateAt, rowsOfSessions, sameValue } from '../audit-subject.ts';

/** Learns the scaler of each split again from a matrix that has the training rows only, and compares. */
export function checkScaler(
  { pipeline, panel, matrix, label, splits }: AuditSubject,
  progress: (fraction: number) => void,
): CheckResult {
  if (splits.length === 0) return skipped('scaler', `${panel.days.length} sessions are too few for a split`);
  const alarms = new Map<string, LeakAlarm>();
  let statistics: readonly string[] = [];
  for (const [done, { training, test }] of splits.entries()) {
    progress(done / splits.length);
    const rows = rowsOfSessions(training, panel.symbols.length);
    const used = pipeline.scaler(matrix, label, rows);
    const kept = Float64Array.from(rows, (row) => label[row]!);
    const alone = pipeline.scaler(onlyRows(matrix, rows), kept, Int32Array.from(rows.keys()));
    statistics = Object.keys(used);
    for (const [column, name] of matrix.names.entries()) {
      const statistic = statistics.find((key) => !sameValues(used[key]![column]!, alone[key]![column]!));
      if (statistic === undefined || alarms.has(name)) continue;
      const firstSession = dateAt(panel, test[0]!);
      const message = `${statistic} of ${name} for ${firstSession} is not what the training rows alone give`;
      alarms.set(name, { kind: 'scaler', column: name, firstSession, message });
    }
  }
  const examined = `${statistics.join(', ')} of ${matrix.names.length} columns in ${splits.length} splits`;
  return checked('scaler', examined, [...alarms.values()]);
}

function sameValues(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i += 1) if (!sameValue(a[i]!, b[i]!)) return false;
  return true;
}

function onlyRows({ names, rows: all, values }: FeatureMatrix, rows: Int32Array): FeatureMatrix {
  const kept = new Float32Array(names.length * rows.length);
  for (let column = 0; column < names.length; column += 1) {
    for (let i = 0; i < rows.length; i += 1) kept[column * rows.length + i] = values[column * all + rows[i]!]!;
  }
  return { names, rows: rows.length, values: kept };
}
