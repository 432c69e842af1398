import type { TradeDate } from '@daytrade/market';

/**
 * The kinds of leak:
 * - `look-ahead`: a feature changes when the bars after its session are taken away
 * - `restatement`: a feature changes when prices are restated as a later split or dividend restates them
 * - `target`: a feature is the label, or follows it more closely than any forecast can
 * - `label`: the label begins before the close the features end with, or holds nothing that comes after it
 * - `split`: a training row's label overlaps a judged row, lies in its embargo, or comes after it
 * - `scaler`: a statistic of the training was computed with other rows than those of the training
 * - `permutation`: a training on permuted labels forecasts the real ones
 * - `calendar`: a row carries another date than that of its bars, or predicts another session than the next
 * - `universe`: which symbols take part in a session depends on bars after it
 */
export type LeakKind =
  | 'look-ahead'
  | 'restatement'
  | 'target'
  | 'label'
  | 'split'
  | 'scaler'
  | 'permutation'
  | 'calendar'
  | 'universe';

/** One leak that was found. */
export interface LeakAlarm {
  readonly kind: LeakKind;
  /** The feature's name; `label`, `split`, `forecast`, `universe`, `day` or `predicted_day` for the parts that are no features. */
  readonly column: string;
  /** The first session at which it shows, of those that were examined. */
  readonly firstSession: TradeDate;
  /** The symbol of the first row at which it shows, where it shows in a row. */
  readonly symbol?: string;
  readonly message: string;
}

/** What one check looked at. A check that had too little to look at is skipped, which is not passed. */
export interface AuditCheck {
  readonly kind: LeakKind;
  readonly outcome: 'passed' | 'alarm' | 'skipped';
  /** What was examined, or why it was skipped. */
  readonly examined: string;
}

/** How much history a column needs: the same row computed from a later beginning. Bars are counted by symbol. */
export interface StartUpLength {
  readonly column: string;
  /** Bars before the first value, as the feature's definition says; null for a column that no definition describes. */
  readonly declared: number | null;
  /** Bars before its row from which on an earlier beginning changes nothing; null when that many were not seen. */
  readonly settled: number | null;
}

/** The findings of a leak audit; plain data. */
export interface AuditReport {
  readonly pipeline: string;
  readonly sessions: number;
  readonly symbols: number;
  readonly columns: number;
  /** True when no check raised an alarm and none was skipped. */
  readonly passed: boolean;
  readonly alarms: readonly LeakAlarm[];
  readonly checks: readonly AuditCheck[];
  /** One entry a column; empty when the panel is too short to begin later. */
  readonly startUp: readonly StartUpLength[];
}

/** What a check gives back. */
export interface CheckResult {
  readonly check: AuditCheck;
  readonly alarms: readonly LeakAlarm[];
}

/** The result of a check that looked at `examined`. */
export function checked(kind: LeakKind, examined: string, alarms: readonly LeakAlarm[]): CheckResult {
  return { check: { kind, outcome: alarms.length > 0 ? 'alarm' : 'passed', examined }, alarms };
}

/** The result of a check that could not look. */
export function skipped(kind: LeakKind, reason: string): CheckResult {
  return { check: { kind, outcome: 'skipped', examined: reason }, alarms: [] };
}
