import type { JobSettings } from '@daytrade/contracts';
import { expect, it } from 'vitest';
import { jobCatalogue } from '../job-catalogue.ts';
import { defaultJobs } from './default-jobs.ts';
import { jobsAsSet } from './set-job.ts';

const outlines = Object.values(jobCatalogue);
const noon: JobSettings = { queueJob: 'data-update', schedule: { type: 'daily', at: '12:00' } };

it('changes what is set of a job of the platform, and adds jobs of its own', () => {
  expect(jobsAsSet(defaultJobs, {}, outlines)).toEqual(defaultJobs);
  const settings = { retraining: { enabled: false }, noon, again: { ...noon, queueJob: 'report', enabled: false } };
  const jobs = new Map(jobsAsSet(defaultJobs, settings, outlines).map((job) => [job.name, job]));
  const retraining = defaultJobs.find(({ name }) => name === 'retraining')!;
  expect(jobs.get('retraining')).toEqual({ ...retraining, enabled: false, origin: 'changed' });
  expect(jobs.get('noon')).toEqual({
    name: 'noon',
    description: 'Starts data-update',
    schedule: { type: 'daily', at: '12:00' },
    queueJob: 'data-update',
    payload: {},
    waitsFor: [],
    longestWaitSeconds: 3_600,
    enabled: true,
    origin: 'added',
  });
  expect(jobs.get('again')).toMatchObject({ enabled: false, description: 'Starts report' });
});

it.each<[Record<string, JobSettings>, string]>([
  [{ noon: { schedule: { type: 'daily', at: '12:00' } } }, 'jobs.noon: queueJob: expected the job that it starts'],
  [{ noon: { queueJob: 'data-update' } }, 'jobs.noon: schedule: expected when it runs'],
  [{ noon: { ...noon, queueJob: 'trading' } }, 'jobs.noon: queueJob: expected one of data-update, '],
  [{ noon: { ...noon, queueJob: 'fetch' } }, 'jobs.noon: queueJob: fetch is started by POST'],
  [{ audit: noon }, 'jobs.audit: queueJob: expected audit, since that is a job of the queue, got data-update'],
  [{ report: { queueJob: 'audit' } }, 'jobs.report: queueJob: a job of the platform starts report'],
  [{ report: { payload: { force: true } } }, 'jobs.report: payload: '],
  [{ noon: { ...noon, waitsFor: [{ job: 'nothing', ifFailed: 'run' }] } }, 'jobs.noon: waitsFor: expected one of'],
])('refuses %j', (settings, message) => {
  expect(() => jobsAsSet(defaultJobs, settings, outlines)).toThrow(message);
});

it('takes a job of the queue under its own name, and what is set as nothing as if it were not', () => {
  const undefinedParts = { description: undefined, enabled: undefined } as unknown as JobSettings;
  const settings = { audit: { ...noon, queueJob: 'audit' }, retraining: undefinedParts };
  const jobs = new Map(jobsAsSet(defaultJobs, settings, outlines).map((job) => [job.name, job]));
  expect(jobs.get('audit')).toMatchObject({ name: 'audit', queueJob: 'audit', origin: 'added' });
  const retraining = defaultJobs.find(({ name }) => name === 'retraining')!;
  expect(jobs.get('retraining')).toEqual({ ...retraining, origin: 'changed' });
  const same = { retraining: { queueJob: retraining.queueJob } };
  expect(jobsAsSet(defaultJobs, same, outlines).find(({ name }) => name === 'retraining')).toEqual({
    ...retraining,
    origin: 'changed',
  });
});

it('names the jobs that the clock may start, and those that others may wait for', () => {
  const startable = outlines.filter(({ startedBy }) => startedBy === undefined).map(({ name }) => name);
  expect(() => jobsAsSet([], { noon: { ...noon, queueJob: 'trading' } }, outlines)).toThrow(
    expect.objectContaining({
      code: 'settings.invalid',
      message: `setting jobs.noon: queueJob: expected one of ${startable.join(', ')}, got "trading"`,
    }),
  );
  const waiting = { noon: { ...noon, waitsFor: [{ job: 'nothing', ifFailed: 'run' as const }] } };
  expect(() => jobsAsSet([], waiting, outlines)).toThrow('waitsFor: expected one of noon, got nothing');
});
