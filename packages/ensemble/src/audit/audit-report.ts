import type { AuditCheck, AuditReport, LeakAlarm, LeakKind } from '@daytrade/contracts';

/** The findings of a leak audit without what only a service knows: of which bars they are. */
export type AuditFindings = Omit<AuditReport, 'synthetic' | 'dataHash' | 'from' | 'to' | 'seconds'>;

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
