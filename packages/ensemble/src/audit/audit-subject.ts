import { dateOfDayNumber, type TradeDate } from '@daytrade/market';
import type { FeatureMatrix, Panel, SessionIndex } from '@daytrade/series';
import type { AuditedPipeline, AuditedSplit } from './audited-pipeline.ts';

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

/** Rows of all symbols in some sessions, session by session. */
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
