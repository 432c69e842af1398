import { type AuditReport, auditReportSchema } from '@daytrade/contracts';
import { expect, it } from 'vitest';
import { endedRun, runLine } from '../platform/answering-services.fixture.ts';

const report: AuditReport = auditReportSchema.parse({
  pipeline: 'ensemble',
  synthetic: true,
  dataHash: 'x',
  from: '2021-07-13',
  to: '2025-12-30',
  sessions: 1_094,
  symbols: 60,
  columns: 1_002,
  seconds: 12,
  passed: true,
  alarms: [],
  checks: [
    { kind: 'look-ahead', outcome: 'passed', examined: '2 columns' },
    { kind: 'split', outcome: 'skipped', examined: '40 sessions' },
    { kind: 'label', outcome: 'alarm', examined: '3 labels' },
  ],
});
const alarm = { kind: 'label', column: 'label', firstSession: '2022-01-04', message: 'it begins too early' };
const skipped = { kind: 'universe', outcome: 'skipped', examined: 'one symbol' };

const audit = (words: readonly string[], changes: object = {}) =>
  runLine(['audit', ...words], {
    'POST /v1/audits': { run: endedRun('audit', { report: { ...report, ...changes }, leftOut: [] }) },
  });

it('reports the verdict, each leak and each check', async () => {
  const { out } = await audit([], { passed: false, alarms: [alarm, alarm] });
  expect(out).toBe(`SYNTHETIC bars. Leak audit: 1,002 columns, 2021-07-13 to 2025-12-30, \
1,094 sessions x 60 symbols, in 12 s
2 LEAKS (kind, column, first session):
  label label 2022-01-04: it begins too early
  label label 2022-01-04: it begins too early

check       outcome  looked at
look-ahead  passed   2 columns
split       skipped  40 sessions
label       ALARM    3 labels
`);
});

it.each([
  ['nothing was found', {}, 0, /\nNo leak found, but not everything could be checked: split \(40 sessions\)\n/],
  ['a leak was found', { passed: false, alarms: [alarm] }, 5, /\n1 LEAK \(kind, column, first session\):\n/],
  [
    'bars were too few',
    { passed: false, checks: [...report.checks, skipped] },
    3,
    /could be checked: split \(40 sessions\); universe \(one symbol\)\n/,
  ],
  ['all was checked', { checks: report.checks.slice(0, 1) }, 0, /\nNo leak found\.\n/],
])('says that %s, also by the exit code', async (_, changes, exitCode, said) => {
  const ended = await audit([], changes);
  expect(ended.exitCode).toBe(exitCode);
  expect(ended.out).toMatch(said);
});

it('sends probes and symbols', async () => {
  const { requests, out } = await audit(['--probes', 'all', '--symbols', '7203', '6758', '--json']);
  expect(requests).toEqual([['POST /v1/audits', { probes: 'all', symbols: ['7203', '6758'] }]]);
  expect(JSON.parse(out)).toEqual(report);
  expect((await audit(['--probes', '3'])).requests).toEqual([['POST /v1/audits', { probes: 3 }]]);
});
