import { expect, it } from 'vitest';
import { jobSettingsOf } from './job-options.ts';

it.each([
  ['--misfire', { misfire: 'later' }, 'expected one of "skip", "run-once", "run-all", got "later"'],
  ['--if-failed', { waitsFor: 'prediction', ifFailed: 'later' }, 'expected one of "skip", "run", got "later"'],
  ['--waits-for', { waitsFor: 'x'.repeat(65) }, 'expected'],
  ['--description', { description: '' }, 'expected'],
  ['--payload', { payload: '[1]' }, 'expected'],
  ['--grace', { grace: '0' }, 'expected a whole number from 1 to 604800, got "0"'],
  ['--longest-wait', { longestWait: '-1' }, 'expected a whole number from 0 to 86400, got "-1"'],
])('%s that is wrong is named as it was typed', (option, options, message) => {
  expect(() => jobSettingsOf(options)).toThrow(`${option}: ${message}`);
});

it('what is right is what the job is set to, and what was not given is not there', () => {
  expect(jobSettingsOf({ waitsFor: 'prediction, report', misfire: 'skip', grace: '60' })).toEqual({
    misfirePolicy: 'skip',
    misfireGraceSeconds: 60,
    waitsFor: [
      { job: 'prediction', ifFailed: 'skip' },
      { job: 'report', ifFailed: 'skip' },
    ],
  });
});
