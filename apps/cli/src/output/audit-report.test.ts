import { type AuditReport, tradeDateSchema } from '@daytrade/contracts';
import { describe, expect, it } from 'vitest';
import { auditReport } from '../commands/audit.ts';

const clean: AuditReport = {
  pipeline: 'ensemble',
  synthetic: false,
  dataHash: 'x',
  from: tradeDateSchema.parse('2021-07-13'),
  to: tradeDateSchema.parse('2025-12-30'),
  sessions: 1094,
  symbols: 60,
  columns: 2,
  seconds: 12,
  passed: true,
  alarms: [],
  checks: [{ kind: 'look-ahead', outcome: 'passed', examined: '2 columns computed again at 12 cuts' }],
};

describe('the leak audit in words', () => {
  it('says that nothing was found', () => {
    const text = auditReport(clean);
    expect(text).toMatch(
      /^Leak audit: 2 columns, 2021-07-13 to 2025-12-30, 1,094 sessions x 60 symbols.*\nNo leak found\.\n/,
    );
  });

  it('names column and first session of a leak', () => {
    const message = 'tomorrow of 7203 on 2022-01-04 changes when the bars after 2022-02-01 are taken away';
    const alarm = {
      kind: 'look-ahead' as const,
      column: 'tomorrow',
      firstSession: tradeDateSchema.parse('2022-01-04'),
      symbol: '7203',
      message,
    };
    const text = auditReport({ ...clean, passed: false, alarms: [alarm] });
    expect(text).toContain(`1 LEAK (kind, column, first session):\n  look-ahead tomorrow 2022-01-04: ${message}\n`);
    expect(text).not.toContain('No leak');
  });

  it('does not call that clean which it could not look at', () => {
    const checks = [
      { kind: 'split' as const, outcome: 'skipped' as const, examined: '40 sessions are too few for a split' },
    ];
    const text = auditReport({ ...clean, passed: false, checks });
    expect(text).toContain('not everything could be checked: split (40 sessions are too few for a split)');
  });
});
