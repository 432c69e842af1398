import { expect, it } from 'vitest';
import { readLog } from './run-act.ts';

const line = (value: object) => JSON.stringify({ msg: '', level: 'info', ...value });

it('the log of act says of each job how it ended and how long it took, and what is on the page', () => {
  const { jobs, log, summary } = readLog(
    [
      'not of the log',
      line({ msg: 'about no job', time: '2026-11-30T09:00:00Z' }),
      line({ jobID: 'plan', msg: '\u001b[1mplanned\u001b[0m\n', time: '2026-11-30T09:00:01Z' }),
      line({ jobID: 'plan', command: 'summary', content: 'the plan\n', time: '2026-11-30T09:00:02Z' }),
      line({ jobID: 'plan', jobResult: 'success', time: '2026-11-30T09:00:31Z' }),
      line({ jobID: 'apply', jobResult: 'failure', time: '2026-11-30T09:00:40Z' }),
    ].join('\n'),
  );
  expect(jobs).toEqual([
    { id: 'plan', result: 'success', seconds: 30, waited: 0 },
    { id: 'apply', result: 'failure', seconds: 0, waited: 0 },
  ]);
  expect(log).toContain('plan: planned\n');
  expect(summary).toBe('the plan\n');
});

it('the wait for the cluster is kept apart from the work of its job', () => {
  const { jobs } = readLog(
    [
      line({ jobID: 'deploy-application', time: '2026-11-30T09:00:00Z' }),
      line({
        jobID: 'deploy-application',
        step: 'Scan what is in it',
        executionTime: 2e10,
        stepResult: 'success',
        time: '2026-11-30T09:00:30Z',
      }),
      line({ jobID: 'deploy-application', jobResult: 'success', time: '2026-11-30T09:01:00Z' }),
    ].join('\n'),
  );
  expect(jobs).toEqual([{ id: 'deploy-application', result: 'success', seconds: 40, waited: 20 }]);
});
