import type { AuditReport } from '@daytrade/contracts';
import { count, duration, quantity } from './format.ts';
import { right, table } from './table.ts';

/** Reports an audit: first the verdict and each alarm, then the checks, then the start-up of features. */
export function auditReport(report: AuditReport): string {
  const { synthetic, from, to, sessions, symbols, columns, seconds } = report;
  const heading =
    `${synthetic ? 'SYNTHETIC bars. ' : ''}Leak audit: ${count(columns)} columns, ${from} to ${to}, ` +
    `${count(sessions)} sessions x ${quantity(symbols, 'symbol')}, in ${duration(seconds)}`;
  return [`${heading}\n${verdict(report)}`, checks(report), startUp(report)].join('\n\n');
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

/** Lists the columns whose first values still depend on where the bars began. */
function startUp({ startUp: all }: AuditReport): string {
  const slow = all.filter(({ declared, settled }) => settled === null || settled > (declared ?? 0));
  const settledAtOnce =
    `Start-up: ${count(all.length - slow.length)} of ${count(all.length)} columns are settled with their first ` +
    'value';
  if (slow.length === 0) return `${settledAtOnce}.`;
  const rows = table(slow, {
    column: ({ column }) => column,
    'bars to the first value': right(({ declared }) => declared),
    'bars until settled': right(({ settled }) => settled ?? 'more than there were'),
  });
  return (
    `${settledAtOnce}; the others remember longer (they differ by less than 1e-6 after that many bars of a ` +
    `symbol):\n\n${rows}`
  );
}
