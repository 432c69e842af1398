import type { Panel } from '@daytrade/series';
import type { AuditFindings } from './audit-report.ts';
import { auditSubject } from './audit-subject.ts';
import type { AuditedPipeline } from './audited-pipeline.ts';
import { checkCalendar } from './checks/calendar.ts';
import { checkLabel, labelDependences, labelHorizon } from './checks/label.ts';
import { checkLookAhead } from './checks/look-ahead.ts';
import { checkPermutation } from './checks/permutation.ts';
import { checkRestatement } from './checks/restatement.ts';
import { checkScaler } from './checks/scaler.ts';
import { checkSplit } from './checks/split.ts';
import { checkTarget } from './checks/target.ts';
import { checkUniverse } from './checks/universe.ts';
import { startUpLengths } from './start-up.ts';

/** How thoroughly to look. */
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
