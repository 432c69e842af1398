import type { AuditCheck, AuditReport, LeakAlarm, LeakKind } from '@daytrade/contracts';
import { dateOfDayNumber, type TradeDate } from '@daytrade/market';
import type { FeatureMatrix, LogReturnColumn, Panel, SessionIndex } from '@daytrade/series';

/** The dates a pipeline puts on its rows, one a session of the panel. Days since 1970-01-01. */
export interface RowDates {
  /** The session after whose close the row is known. */
  readonly day: Int32Array;
  /** The session the row's prediction is for. */
  readonly predictedDay: Int32Array;
}

/** One training and what is judged with it: sessions of the panel, by index. */
export interface AuditedSplit {
  readonly training: Int32Array;
  readonly test: Int32Array;
}

/** Statistics of each column that a training learned, by name: one list of numbers a column of the matrix. */
export type ColumnStatistics = Readonly<Record<string, readonly ArrayLike<number>[]>>;

/**
 * The pipeline that the leak audit checks: the way from a panel to training rows, in the parts where the future can
 * slip in. Each part is a pure function of the panel, so that the audit can call it again on less, or on other, data.
 * Rows are (session t, symbol s) at `t * symbols + s`.
 */
export interface AuditedPipeline {
  readonly name: string;
  features(panel: Panel): FeatureMatrix;
  /** The label of each row; NaN where it is not known. */
  label(panel: Panel): LogReturnColumn;
  dates(panel: Panel): RowDates;
  /** 1 for each row that takes part, as training row or forecast; 0 for the others. */
  universe(panel: Panel): Uint8Array;
  /** Trainings in time order; empty when the panel is too short for one. */
  splits(panel: Panel): readonly AuditedSplit[];
  /** Sessions to keep free between the last label of a training and the first judged row. */
  readonly embargo: number;
  /**
   * Learns the statistics that scale the columns from `rows`: means, deviations, edges of bins. The other rows are in
   * the matrix, and must not matter.
   */
  scaler(matrix: FeatureMatrix, label: Float64Array, rows: Int32Array): ColumnStatistics;
  /**
   * Forecasts of the `judged` rows, one each, by a training on the `training` rows with the labels that are handed in.
   */
  forecast(matrix: FeatureMatrix, label: Float64Array, training: Int32Array, judged: Int32Array): Float64Array;
}

/** A pipeline, a panel, and what the one makes of the other: what every check starts from. */
export interface AuditSubject {
  readonly pipeline: AuditedPipeline;
  readonly panel: Panel;
  readonly matrix: FeatureMatrix;
  readonly label: Float64Array;
  readonly splits: readonly AuditedSplit[];
  /** Sessions at which the panel is cut or changed, rising. */
  readonly probes: readonly SessionIndex[];
}

/** Runs the pipeline once over the whole panel. */
export function auditSubject(pipeline: AuditedPipeline, panel: Panel, probeCount: number): AuditSubject {
  return {
    pipeline,
    panel,
    matrix: pipeline.features(panel),
    label: pipeline.label(panel),
    splits: pipeline.splits(panel),
    probes: probeSessions(panel.days.length, probeCount),
  };
}

/** Date of session `t` of the panel. */
export function dateAt(panel: Panel, t: SessionIndex): TradeDate {
  return dateOfDayNumber(panel.days[t]!);
}

/** `count` sessions spread evenly over those that have a session before and after; all of them when there are fewer. */
export function probeSessions(sessions: number, count: number): readonly SessionIndex[] {
  const inner = Math.max(0, sessions - 2);
  const taken = Math.min(count, inner);
  return Array.from({ length: taken }, (_, i) => Math.floor(((i + 1) * inner) / taken));
}

export function rowsOfSessions(sessions: Int32Array, symbols: number): Int32Array {
  const rows = new Int32Array(sessions.length * symbols);
  for (let i = 0; i < rows.length; i += 1) rows[i] = sessions[Math.floor(i / symbols)]! * symbols + (i % symbols);
  return rows;
}

/** Equal, both NaN, or apart by no more than rounding. */
export function sameValue(a: number, b: number): boolean {
  if (a === b) return true;
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.isNaN(a) && Number.isNaN(b);
  return Math.abs(a - b) <= 1e-12 * Math.max(Math.abs(a), Math.abs(b));
}

/** The findings of a leak audit without what only a service knows: of which bars they are. */
export type AuditFindings = Omit<AuditReport, 'synthetic' | 'dataHash' | 'from' | 'to' | 'seconds'>;

export interface CheckResult {
  readonly check: AuditCheck;
  readonly alarms: readonly LeakAlarm[];
}

export function checked(kind: LeakKind, examined: string, alarms: readonly LeakAlarm[]): CheckResult {
  return { check: { kind, outcome: alarms.length > 0 ? 'alarm' : 'passed', examined }, alarms };
}

/** The result of a check that could not look. */
export function skipped(kind: LeakKind, reason: string): CheckResult {
  return { check: { kind, outcome: 'skipped', examined: reason }, alarms: [] };
}
