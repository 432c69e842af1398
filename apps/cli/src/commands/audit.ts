import { type AuditReport, auditRequestSchema, parseResult, routes } from '@daytrade/contracts';
import type { CommandDefinition } from '../define-command.ts';
import { parseInput } from '../input.ts';
import { say } from '../language/language.ts';
import { count, duration, quantity, range, symbolDays, syntheticMark } from '../output/format.ts';
import { table } from '../output/table.ts';
import { printResult } from '../output/terminal.ts';
import { RequestOptions } from '../request-options.ts';
import { watchRun } from '../watch-run.ts';

const leakFound = 5;
const notEnoughBars = 3;

const request = new RequestOptions(auditRequestSchema, {
  probes: { help: 'sessions at which the bars are cut, spread evenly; or all' },
  symbols: { help: 'check only these symbols' },
});

export const auditCommand: CommandDefinition = {
  usage: 'audit',
  summary: 'look for leaks of the future in the features, the label, the splits and the universe',
  description: `Looks for leaks on the way from bars to forecasts, by computing again on less data or on changed data.
It checks features on bars cut off after a session, features on prices restated as by a later split, the rank
correlation of each feature with the label, the times of the label and the splits, what a training learns from its
columns, whether a training on permuted labels has skill, the calendar, and which symbols take part in a session. It
also finds how many bars each feature needs until it no longer depends on where the bars began.

With a leak it ends with exit code 5 and names the column and the first session; with too few bars for a check it ends
with exit code 3.

It cannot see what was never imported: a folder that contains only the symbols that are large today is a universe of
survivors before the audit begins.`,
  examples: ['daytrade audit', 'daytrade audit --probes all --symbols 7203 6758 --json'],
  configure: (command) => request.addTo(command),
  run: async (context, { options }) => {
    const body = parseInput(auditRequestSchema, request.read(options), 'audit');
    const connection = await context.connect();
    const { run } = await connection.ml.call(routes.startAudit, { body });
    const { report } = parseResult('audit', await watchRun(context, connection, run, 'audit'));
    if (!report.passed) process.exitCode = report.alarms.length > 0 ? leakFound : notEnoughBars;
    printResult(context, report, () => auditReport(report));
  },
};

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
