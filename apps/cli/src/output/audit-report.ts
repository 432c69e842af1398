import type { AuditReport } from '@daytrade/contracts';
import { say } from '../language/language.ts';
import { count, duration, quantity, range, symbolDays, syntheticMark } from './format.ts';
import { table } from './table.ts';

/** Reports an audit: first the verdict and each alarm, then the checks. */
export function auditReport(report: AuditReport): string {
  const { synthetic, from, to, sessions, symbols, columns, seconds } = report;
  const size = symbolDays(sessions, symbols);
  const period = range(from, to);
  const heading = say`Leak audit: ${count(columns)} columns, ${period}, ${size}, in ${duration(seconds)}`;
  return [`${syntheticMark(synthetic)}${heading}\n${verdict(report)}`, checks(report)].join('\n\n');
}

function verdict({ alarms, checks: all }: AuditReport): string {
  if (alarms.length > 0) {
    const lines = alarms.map(
      ({ kind, column, firstSession, message }) => `  ${kind} ${column} ${firstSession}: ${message}`,
    );
    return [say`${quantity(alarms.length, 'LEAK', 'LEAKS')} (kind, column, first session):`, ...lines].join('\n');
  }
  const skipped = all.filter(({ outcome }) => outcome === 'skipped');
  if (skipped.length === 0) return say`No leak found.`;
  const unchecked = skipped.map(({ kind, examined }) => `${say(kind)} (${examined})`).join('; ');
  return say`No leak found, but not everything could be checked: ${unchecked}`;
}

function checks({ checks: all }: AuditReport): string {
  return table(all, {
    check: ({ kind }) => say(kind),
    outcome: ({ outcome }) => say(outcome === 'alarm' ? 'ALARM' : outcome),
    'looked at': ({ examined }) => examined,
  });
}
