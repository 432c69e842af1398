import type { LeakAlarm } from '@daytrade/contracts';
import { deriveSeed, type FeatureMatrix, type Panel, type SessionIndex, seededRandom } from '@daytrade/series';
import { rankCorrelation } from '../metrics/ranks.ts';
import {
  type AuditSubject,
  type CheckResult,
  checked,
  dateAt,
  rowsOfSessions,
  sameValue,
  skipped,
} from './audited-pipeline.ts';

const priceColumns = ['open', 'high', 'low', 'close'] as const;
type PriceColumn = (typeof priceColumns)[number];

/** A label that answers to one price of another session (or of its own). */
interface LabelDependence {
  readonly t: SessionIndex;
  readonly column: PriceColumn;
  /** Sessions from the row to the price: 0 its own session, 1 the next. */
  readonly offset: number;
}

/** Finds which prices the label reads, by changing one price of one session and looking at which labels change. */
export function labelDependences({ pipeline, panel, label, probes }: AuditSubject): readonly LabelDependence[] {
  return probes.flatMap((changed) =>
    priceColumns.flatMap((column) => {
      const again = pipeline.label(withPriceChanged(panel, column, changed));
      const found: LabelDependence[] = [];
      for (let t = 0; t < panel.days.length; t += 1) {
        if (rowsDiffer(label, again, t, panel.symbols.length)) found.push({ t, column, offset: changed - t });
      }
      return found;
    }),
  );
}

/** Sessions from a row to the last price its label reads; 0 when it reads none ahead. */
export function labelHorizon(dependences: readonly LabelDependence[]): number {
  return dependences.reduce((horizon, { offset }) => Math.max(horizon, offset), 0);
}

/**
 * The label may begin with the close of its own session, the last thing the features know, and nothing earlier: a fill
 * at the day's open, or a return that has happened already, cannot be had any more. And it has to reach beyond that
 * close.
 */
export function checkLabel({ panel, probes }: AuditSubject, dependences: readonly LabelDependence[]): CheckResult {
  if (probes.length === 0) return skipped('label', `${panel.days.length} sessions are too few to change one`);
  const alarms: LeakAlarm[] = [];
  const early = dependences.find(({ offset, column }) => offset < 0 || (offset === 0 && column !== 'close'));
  if (early !== undefined) {
    const date = dateAt(panel, early.t);
    const read = early.offset === 0 ? 'the same session' : dateAt(panel, early.t + early.offset);
    const message = `label on ${date} reads the ${early.column} of ${read}, before the close that features end with`;
    alarms.push({ kind: 'label', column: 'label', firstSession: date, message });
  }
  if (labelHorizon(dependences) < 1) {
    const firstSession = dateAt(panel, probes[0]!);
    alarms.push({
      kind: 'label',
      column: 'label',
      firstSession,
      message: 'label reads no price after its own session',
    });
  }
  return checked('label', `${priceColumns.length} prices changed at ${probes.length} sessions`, alarms);
}

function withPriceChanged(panel: Panel, column: PriceColumn, t: SessionIndex): Panel {
  const prices = panel[column].slice();
  const symbols = panel.symbols.length;
  for (let row = t * symbols; row < (t + 1) * symbols; row += 1) prices[row] = prices[row]! * 1.01;
  return { ...panel, [column]: prices };
}

function rowsDiffer(a: Float64Array, b: Float64Array, t: number, symbols: number): boolean {
  for (let row = t * symbols; row < (t + 1) * symbols; row += 1) if (!sameValue(a[row]!, b[row]!)) return true;
  return false;
}

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

const permutations = 3;
const splitsTried = 4;
/** Smallest rank correlation that is called skill, where there are sessions enough to see it. */
const skill = 0.1;

/**
 * Trains on labels shuffled over the sessions, and compares the forecasts with the real labels of the judged rows. A
 * correlation means that the pipeline knows the labels from elsewhere. Sessions are dealt out whole, since rows of one
 * session share the market's move. The alarm is at five standard errors, counting each session once.
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
