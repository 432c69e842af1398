import type { AuditReport } from '@daytrade/contracts';
import { count, duration, quantity } from './format.ts';
import { table } from './table.ts';

/** Reports an audit: first the verdict and each alarm, then the checks. */
export function auditReport(report: AuditReport): string {
  const { synthetic, from, to, sessions, symbols, columns, seconds } = report;
  const heading =
    `${synthetic ? 'SYNTHETIC bars. ' : ''}Leak audit: ${count(columns)} columns, ${from} to ${to}, ` +
    `${count(sessions)} sessions x ${quantity(symbols, 'symbol')}, in ${duration(seconds)}`;
  return [`${heading}\n${verdict(report)}`, checks(report)].join('\n\n');
}

function verdict({ alarms, checks: all }: AuditReport): string {
  if (alarms.length > 0) {
    const lines = alarms.map(
      ({ kind, column, firstSession, message }) => `  ${kind} ${column} ${firstSession}: ${message}`,
    );
    return [
      `${count(alarms.length)} ${alarms.length === 1 ? 'LEAK' : 'LEAKS'} (kind, column, first session):`,
      ...lines,
    ].join('\n');
  }
  const skipped = all.filter(({ outcome }) => outcome === 'skipped');
  if (skipped.length === 0) return 'No leak found.';
  return (
    'No leak found, but not everything could be checked: ' +
    `${skipped.map(({ kind, examined }) => `${kind} (${examined})`).join('; ')}`
  );
}

function checks({ checks: all }: AuditReport): string {
  return table(all, {
    check: ({ kind }) => kind,
    outcome: ({ outcome }) => (outcome === 'alarm' ? 'ALARM' : outcome),
    'looked at': ({ examined }) => examined,
  });
}
