import type { LeakAlarm, StartUpLength } from '@daytrade/contracts';
import { dateOfDayNumber, isSession, nextSession } from '@daytrade/market';
import { type FeatureMatrix, featureDefinitions, type Panel, type SessionIndex, slicePanel } from '@daytrade/series';
import {
  type AuditedPipeline,
  type AuditFindings,
  type AuditSubject,
  auditSubject,
  type CheckResult,
  checked,
  dateAt,
  skipped,
} from './audited-pipeline.ts';
import { checkLookAhead, checkRestatement, checkTarget } from './feature-checks.ts';
import {
  checkLabel,
  checkPermutation,
  checkScaler,
  checkSplit,
  labelDependences,
  labelHorizon,
} from './label-checks.ts';

/** Options of an audit. */
export interface AuditOptions {
  /**
   * Sessions at which the panel is cut and changed, spread evenly. Default 12; 'all' takes one computation of the
   * features a session.
   */
  readonly probes?: number | 'all';
  /** Largest plausible rank correlation of a feature with the label, 0 to 1. Default 0.5. */
  readonly correlationLimit?: number;
  /** Told what is looked at now, and the share that is done, 0 to 1. */
  readonly progress?: (stage: string, fraction: number) => void;
}

/**
 * Looks for the future in a pipeline: in its features, label, dates, splits, scaler, forecasts and universe. Nothing is
 * taken on trust where it can be computed again on less data or on changed data.
 *
 * @example
 * const report = auditLeaks(productPipeline(), panel);
 * for (const { column, message } of report.alarms) print(`${column}: ${message}`);
 */
export function auditLeaks(pipeline: AuditedPipeline, panel: Panel, options: AuditOptions = {}): AuditFindings {
  const probes = options.probes ?? 12;
  const progress = options.progress ?? (() => undefined);
  progress('computing features', 0);
  const subject = auditSubject(pipeline, panel, probes === 'all' ? Infinity : probes);
  const dependences = labelDependences(subject);
  // A split is learned from twice, which takes about as long as four computations of the features.
  const cutShare = subject.probes.length / Math.max(1, subject.probes.length + 4 * subject.splits.length);
  const results = [
    checkLookAhead(subject, (fraction) => progress('cutting the panel', 0.05 + 0.85 * cutShare * fraction)),
    checkRestatement(subject),
    checkTarget(subject, options.correlationLimit ?? 0.5),
    checkLabel(subject, dependences),
    checkSplit(subject, labelHorizon(dependences)),
    checkScaler(subject, (fraction) =>
      progress('learning again from the training rows alone', 0.05 + 0.85 * (cutShare + (1 - cutShare) * fraction)),
    ),
    checkPermutation(subject),
    checkCalendar(subject),
    checkUniverse(subject),
  ];
  progress('beginning later', 0.9);
  const checks = results.map(({ check }) => check);
  return {
    pipeline: pipeline.name,
    sessions: panel.days.length,
    symbols: panel.symbols.length,
    columns: subject.matrix.names.length,
    passed: checks.every(({ outcome }) => outcome === 'passed'),
    alarms: results.flatMap(({ alarms }) => alarms),
    checks,
    startUp: startUpLengths(subject),
  };
}

/**
 * Each row must carry the date of the exchange session whose bars it ends with, and predict the next session of the
 * exchange: a row dated a day early is joined with what was known a day earlier, and is used a day before it can be
 * known.
 */
function checkCalendar({ pipeline, panel }: AuditSubject): CheckResult {
  const { day, predictedDay } = pipeline.dates(panel);
  const alarms: LeakAlarm[] = [];
  const wrongDay = panel.days.findIndex((own, t) => day[t] !== own || !isSession(dateOfDayNumber(own)));
  if (wrongDay >= 0) {
    const firstSession = dateAt(panel, wrongDay);
    const message = describeDay(firstSession, day[wrongDay]!, panel.days[wrongDay]!);
    alarms.push({ kind: 'calendar', column: 'day', firstSession, message });
  }
  const wrongNext = panel.days.findIndex(
    (own, t) => dateOfDayNumber(predictedDay[t]!) !== nextSession(dateOfDayNumber(own)),
  );
  if (wrongNext >= 0) {
    const firstSession = dateAt(panel, wrongNext);
    const message =
      `the row of ${firstSession} predicts ${dateOfDayNumber(predictedDay[wrongNext]!)}, the next session is ` +
      `${nextSession(firstSession)}`;
    alarms.push({ kind: 'calendar', column: 'predicted_day', firstSession, message });
  }
  return checked('calendar', `dates of ${panel.days.length} sessions`, alarms);
}

function describeDay(session: string, dated: number, own: number): string {
  if (dated === own) return `the panel has bars on ${session}, on which the exchange was closed`;
  return `the row of the bars of ${session} is dated ${dateOfDayNumber(dated)}`;
}

/**
 * Chooses the rows again on the panel cut after each probed session: who takes part may not depend on what came later.
 */
function checkUniverse({ pipeline, panel, probes }: AuditSubject): CheckResult {
  if (probes.length === 0) return skipped('universe', `${panel.days.length} sessions are too few to cut`);
  const whole = pipeline.universe(panel);
  let first: { readonly row: number; readonly cut: SessionIndex } | undefined;
  for (const cut of probes) {
    const again = pipeline.universe(slicePanel(panel, 0, cut + 1));
    const row = again.findIndex((member, r) => member !== whole[r]);
    if (row >= 0 && row < (first?.row ?? Infinity)) first = { row, cut };
  }
  const alarms = first === undefined ? [] : [alarmOf(panel, first, whole[first.row] === 1)];
  return checked('universe', `members of ${panel.days.length} sessions chosen again at ${probes.length} cuts`, alarms);
}

function alarmOf(
  panel: Panel,
  { row, cut }: { readonly row: number; readonly cut: SessionIndex },
  isTakenIn: boolean,
): LeakAlarm {
  const firstSession = dateAt(panel, Math.floor(row / panel.symbols.length));
  const { symbol } = panel.symbols[row % panel.symbols.length]!;
  const [later, known] = isTakenIn ? ['taken in', 'left out'] : ['left out', 'taken in'];
  const message =
    `universe on ${firstSession}: ${symbol} is ${known} by what is known on ${dateAt(panel, cut)}, and ${later} ` +
    'by what came after';
  return { kind: 'universe', column: 'universe', firstSession, symbol, message };
}

/** Relative difference below which an exponential memory counts as settled. */
const settledWithin = 1e-6;
const smallest = 1e-9;
/** Shares of the panel that are left out at its beginning. */
const beginnings = [0.25, 0.5] as const;

/**
 * Takes sessions away at the beginning of the panel and finds, for each column, how many bars of its own a symbol needs
 * until the column no longer knows the difference. Windows settle with their first value; exponential means take
 * longer.
 */
function startUpLengths({ pipeline, panel, matrix }: AuditSubject): readonly StartUpLength[] {
  const starts = beginnings.map((share) => Math.floor(share * panel.days.length)).filter((start) => start > 0);
  if (starts.length === 0) return [];
  const cuts = starts.map((start) => {
    const later = slicePanel(panel, start, panel.days.length);
    return { later, matrix: pipeline.features(later), offset: start * panel.symbols.length };
  });
  const declared = new Map(featureDefinitions.map(({ name, lookback }) => [name, lookback]));
  return matrix.names.map((column, index) => {
    const needed = cuts.map((cut) => barsUntilSettled(matrix, index, cut));
    const settled = Math.max(...needed);
    return { column, declared: declared.get(column) ?? null, settled: Number.isFinite(settled) ? settled : null };
  });
}

/**
 * Bars before the first row from which on nothing differs, the most of all symbols; Infinity when the last row still
 * differs.
 */
function barsUntilSettled(
  whole: FeatureMatrix,
  column: number,
  { later, matrix, offset }: { readonly later: Panel; readonly matrix: FeatureMatrix; readonly offset: number },
): number {
  const symbols = later.symbols.length;
  const bars = new Int32Array(symbols);
  const needed = new Int32Array(symbols);
  for (let row = 0; row < matrix.rows; row += 1) {
    const symbol = row % symbols;
    if (!Number.isNaN(later.close[row]!)) bars[symbol]! += 1;
    const full = whole.values[column * whole.rows + offset + row]!;
    if (!settled(full, matrix.values[column * matrix.rows + row]!)) needed[symbol] = bars[symbol]!;
  }
  return needed.some((count, symbol) => count > 0 && count === bars[symbol]) ? Infinity : Math.max(0, ...needed);
}

function settled(whole: number, later: number): boolean {
  if (Number.isNaN(whole) || Number.isNaN(later)) return Number.isNaN(whole) && Number.isNaN(later);
  return Math.abs(whole - later) <= settledWithin * Math.max(smallest, Math.abs(whole));
}
