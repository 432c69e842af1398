import type { LeakAlarm } from '@daytrade/contracts';
import { dateOfDayNumber, isSession, nextSession } from '@daytrade/market';
import { type Panel, type SessionIndex, slicePanel } from '@daytrade/series';
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

export interface AuditOptions {
  /**
   * Sessions at which the panel is cut and changed, spread evenly. Default 12; 'all' takes one computation of the
   * features a session.
   */
  readonly probes?: number | 'all';
  /** Told what is looked at now, and the share that is done, 0 to 1. */
  readonly progress?: (stage: string, fraction: number) => void;
}

/**
 * Looks for the future in a pipeline: in its features, label, dates, splits, scaler, forecasts and universe. Nothing is
 * taken on trust where it can be computed again on less data or on changed data.
 */
export function auditLeaks(
  pipeline: AuditedPipeline,
  panel: Panel,
  { probes = 12, progress = () => undefined }: AuditOptions = {},
): AuditFindings {
  progress('computing features', 0);
  const subject = auditSubject(pipeline, panel, probes === 'all' ? Infinity : probes);
  const dependences = labelDependences(subject);
  // A split is learned from twice, which takes about as long as four computations of the features.
  const cutShare = subject.probes.length / Math.max(1, subject.probes.length + 4 * subject.splits.length);
  const results = [
    checkLookAhead(subject, (fraction) => progress('cutting the panel', 0.05 + 0.95 * cutShare * fraction)),
    checkRestatement(subject),
    checkTarget(subject),
    checkLabel(subject, dependences),
    checkSplit(subject, labelHorizon(dependences)),
    checkScaler(subject, (fraction) =>
      progress('learning again from the training rows alone', 0.05 + 0.95 * (cutShare + (1 - cutShare) * fraction)),
    ),
    checkPermutation(subject),
    checkCalendar(subject),
    checkUniverse(subject),
  ];
  const checks = results.map(({ check }) => check);
  return {
    pipeline: pipeline.name,
    sessions: panel.days.length,
    symbols: panel.symbols.length,
    columns: subject.matrix.names.length,
    passed: checks.every(({ outcome }) => outcome === 'passed'),
    alarms: results.flatMap(({ alarms }) => alarms),
    checks,
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
