import { expect, it } from 'vitest';
import { auditSelfTest } from './self-test.ts';

it('the self-test of the audit catches each planted leak, by its column, and nothing where there is none', () => {
  const stages: string[] = [];
  const report = auditSelfTest({ progress: (stage) => stages.push(stage) });
  expect(report).toMatchObject({ planted: 13, caught: 13, falseAlarms: 0, passed: true });
  expect(stages).toEqual(['without a leak', ...report.leaks.map(({ name }) => name)]);
  for (const { column, message } of report.leaks) expect(message).toContain(column.replace('day', 'dated'));
});
