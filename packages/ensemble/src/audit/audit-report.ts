import type { TradeDate } from '@daytrade/market';

/**
 * The kinds of leak:
 * - `look-ahead`: a feature changes when the bars after its session are taken away
 * - `target`: a feature is the label, or follows it more closely than any forecast can
 * - `label`: the label begins before the close the features end with, or holds nothing that comes after it
 * - `split`: a training row's label overlaps a judged row, lies in its embargo, or comes after it
 * - `scaler`: a statistic of the training was computed with other rows than those of the training
 * - `calendar`: a row carries another date than that of its bars, or predicts another session than the next
 */
export type LeakKind = 'look-ahead' | 'target' | 'label' | 'split' | 'scaler' | 'calendar';

/** One leak that was found. */
export interface LeakAlarm {
  readonly kind: LeakKind;
  /** The feature's name; `label`, `split`, `day` or `predicted_day` for the parts that are no features. */
  readonly column: string;
  /** The first session at which it shows, of those that were examined. */
  readonly firstSession: TradeDate;
  readonly message: string;
}

/** What one check looked at. A check that had too little to look at is skipped, which is not passed. */
export interface AuditCheck {
  readonly kind: LeakKind;
  readonly outcome: 'passed' | 'alarm' | 'skipped';
  /** What was examined, or why it was skipped. */
  readonly examined: string;
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
