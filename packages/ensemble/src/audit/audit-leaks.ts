import type { Panel } from '@daytrade/series';
import type { AuditReport } from './audit-report.ts';
import { auditSubject } from './audit-subject.ts';
import type { AuditedPipeline } from './audited-pipeline.ts';
import { checkCalendar } from './checks/calendar.ts';
import { checkLabel, labelDependences, labelHorizon } from './checks/label.ts';
import { checkLookAhead } from './checks/look-ahead.ts';
import { checkScaler } from './checks/scaler.ts';
import { checkSplit } from './checks/split.ts';
import { checkTarget } from './checks/target.ts';

/** How thoroughly to look. */
export interface AuditOptions {
  /** Sessions at which the panel is cut and changed, spread evenly. Default 12; 'all' takes one computation of the features a session. */
  readonly probes?: number | 'all';
  /** Largest plausible rank correlation of a feature with the label, 0 to 1. Default 0.5. */
  readonly correlationLimit?: number;
}

/**
 * Looks for the future in a pipeline: in its features, label, dates, splits and scaler. Nothing is taken on trust where it can be
 * computed again on less data or on changed data.
 *
 * @example
 * const report = auditLeaks(productPipeline(), panel);
 * for (const { column, message } of report.alarms) print(`${column}: ${message}`);
 */
export function auditLeaks(pipeline: AuditedPipeline, panel: Panel, options: AuditOptions = {}): AuditReport {
  const probes = options.probes ?? 12;
  const subject = auditSubject(pipeline, panel, probes === 'all' ? Infinity : probes);
  const dependences = labelDependences(subject);
  const results = [
    checkLookAhead(subject),
    checkTarget(subject, options.correlationLimit ?? 0.5),
    checkLabel(subject, dependences),
    checkSplit(subject, labelHorizon(dependences)),
    checkScaler(subject),
    checkCalendar(subject),
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
