import type { FetchRequest } from '@daytrade/contracts';
import type { Run } from '@daytrade/jobs';
import { clockAt, jobOf, queueOn } from '@daytrade/jobs/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../database/database.ts';
import { RunRepository } from '../repositories/run-repository.ts';
import { ScheduleRepository } from '../repositories/schedule-repository.ts';
import { SourceRepository } from '../repositories/source-repository.ts';
import { sampleRun } from './sample-records.ts';

export function runRepositorySuite(database: () => Database): void {
  describe('RunRepository', () => {
    let runs: RunRepository;
    beforeEach(() => {
      runs = new RunRepository(database());
    });

    it('gives back a run as it was written, payload and all', async () => {
      const run = sampleRun({ scheduledFor: '2026-11-21T17:00:00.000Z' });
      expect(await runs.create(run)).toEqual({ run, created: true });
      expect(await runs.find(run.id)).toEqual(run);
      expect(await runs.find('r-none')).toBeUndefined();
    });

    it('lists the runs that were queued from one instant to before another', async () => {
      const [from, within, to] = ['2026-11-23T15:00:00.000Z', '2026-11-24T07:00:00.000Z', '2026-11-24T15:00:00.000Z'];
      for (const [id, queuedAt] of Object.entries({ from, within, to })) {
        await runs.create(sampleRun({ id, key: id, queuedAt }));
      }
      const listed = await runs.list({ queuedBetween: { from, to }, limit: 10 });
      expect(listed.map(({ id }) => id)).toEqual(['within', 'from']);
    });

    it('changes what a change names, and only that', async () => {
      const queued = await created(runs, sampleRun());
      const progress = { stage: 'training', fraction: 0.5, remainingSeconds: 12.5, message: null };
      const running = await runs.update(queued, { status: 'running', attempt: 1, progress });
      const error = { code: 'internal.bug', message: 'no', details: { camelCase: 1 } };
      const changed = await runs.update(running!, { error });
      expect(changed).toEqual(sampleRun({ status: 'running', attempt: 1, progress, error }));
      expect(await runs.update(changed!, { error: null, progress: null })).toMatchObject({
        error: null,
        progress: null,
      });
    });

    it('changes a run only while it is as whoever asks has read it', async () => {
      const queued = await created(runs, sampleRun());
      const running = (await runs.update(queued, { status: 'running', attempt: 1 }))!;
      expect(await runs.update(queued, { status: 'cancelled' })).toBeUndefined();
      expect(await runs.update({ ...running, attempt: 2 }, { status: 'succeeded' })).toBeUndefined();
      expect(await runs.find(queued.id)).toEqual(running);
      const cancelled = (await runs.update(running, { status: 'cancelled' }))!;
      expect(await runs.update(running, { status: 'succeeded' })).toBeUndefined();
      expect(await runs.update(cancelled, { status: 'queued' })).toBeUndefined();
      expect(await runs.update({ ...queued, id: 'r-none' }, { attempt: 1 })).toBeUndefined();
      expect(await runs.find(queued.id)).toEqual(cancelled);
    });

    it('lets one of many changes win that begin at the same state', async () => {
      for (let round = 0; round < 20; round += 1) {
        const queued = await created(runs, sampleRun({ id: `r-${round}` }));
        const changes = ['running', 'cancelled', 'running', 'cancelled'] as const;
        const answers = await Promise.all(
          changes.map((status) => runs.update(queued, { status, attempt: status === 'running' ? 1 : 0 })),
        );
        const won = answers.filter((answer) => answer !== undefined);
        expect(won).toHaveLength(1);
        expect(await runs.find(queued.id)).toEqual(won[0]);
        if (won[0]!.status === 'running') await runs.update(won[0]!, { status: 'succeeded' });
      }
    });

    it('lets one unfinished run of a key in, also of many at once', async () => {
      const answers = await Promise.all(['a', 'b', 'c', 'd'].map((id) => runs.create(sampleRun({ id }))));
      expect(answers.filter((answer) => answer?.created)).toHaveLength(1);
      expect(new Set(answers.map((answer) => answer?.run.id)).size).toBe(1);
      await runs.update(answers[0]!.run, { status: 'succeeded' });
      expect(await runs.create(sampleRun({ id: 'e' }))).toMatchObject({ created: true, run: { id: 'e' } });
      expect(await runs.create(sampleRun({ id: 'f', job: 'evaluation' }))).toMatchObject({ created: true });
    });

    it('finds room for the same work as soon as the run before has ended, while others look for it too', async () => {
      const lane = async (name: string) => {
        let created = 0;
        for (let round = 0; round < 25; round += 1) {
          const answer = await runs.create(sampleRun({ id: `${name}-${round}` }));
          if (!answer?.created) continue;
          created += 1;
          await runs.update(answer.run, { status: 'succeeded' });
        }
        return created;
      };
      const created = await Promise.all(['a', 'b', 'c', 'd'].map(lane));
      expect(created.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(1);
      expect(await runs.unfinished()).toEqual([]);
    });

    it('lets one of many at once have the key of a due time, whatever brought it', async () => {
      const triggers = ['schedule', 'misfire', 'schedule', 'misfire'] as const;
      const answers = await Promise.all(
        triggers.map((trigger, at) => runs.create(sampleRun({ id: `r${at}`, trigger }))),
      );
      expect(answers.filter((answer) => answer?.created)).toHaveLength(1);
      expect(new Set(answers.map((answer) => answer?.run.id)).size).toBe(1);
    });

    it('lets one run repeat another, of many that try, and later none', async () => {
      const dead = await created(runs, sampleRun({ id: 'dead', trigger: 'schedule' }));
      await runs.update(dead, { status: 'failed' });
      const replay = (id: string, replayOf: string) => runs.create(sampleRun({ id, trigger: 'replay', replayOf }));
      const answers = await Promise.all(['a', 'b', 'c', 'd'].map((id) => replay(id, 'dead')));
      const [first] = answers.filter((answer) => answer?.created);
      expect(answers.filter((answer) => answer?.created)).toHaveLength(1);
      const failed = (await runs.update(first!.run, { status: 'failed' }))!;
      expect(await replay('e', 'dead')).toMatchObject({ created: false, run: { id: failed.id, replayOf: 'dead' } });
      expect(await replay('f', failed.id)).toMatchObject({ created: true });
    });

    it('lists the dead: those that failed at last, and those that were skipped for them, until they are replayed', async () => {
      const error = { code: 'run.failed', message: 'no', details: {} };
      const add = (id: string, change: Partial<Run>) => runs.create(sampleRun({ id, key: id, ...change }));
      await add('failed', { status: 'failed', error });
      await add('late', { status: 'timed-out', error });
      await add('dependent', { status: 'skipped', error });
      await add('missed', { status: 'skipped' });
      await add('good', { status: 'succeeded' });
      await add('again', { status: 'running', error });
      const dead = async () => (await runs.list({ dead: true, limit: 10 })).map(({ id }) => id).toSorted();
      expect(await dead()).toEqual(['dependent', 'failed', 'late']);
      await add('replay', { status: 'failed', error, trigger: 'replay', replayOf: 'late' });
      expect(await dead()).toEqual(['dependent', 'failed', 'replay']);
    });

    it('prunes what ended long ago, with its key, and keeps what is named or still needed', async () => {
      const add = (id: string, month: number, change: Partial<Run> = {}) => {
        const at = `2025-0${month}-01T00:00:00.000Z`;
        const run = { id, key: id, trigger: 'schedule', status: 'succeeded', queuedAt: at, finishedAt: at } as const;
        return runs.create(sampleRun({ ...run, ...change }));
      };
      await add('old', 1);
      await add('old-failure', 1, { status: 'failed' });
      await add('repeated', 1, { status: 'failed' });
      await add('repetition', 8, { status: 'failed', trigger: 'replay', replayOf: 'repeated' });
      await add('source', 1, { job: 'fetch' });
      await add('newer-source', 2, { job: 'fetch' });
      await add('only-success', 2, { job: 'report' });
      await add('drill', 1, { job: 'restore-drill' });
      await add('newer-drill', 2, { job: 'restore-drill' });
      await add('backup', 1, { job: 'backup', payload: { dryRun: false } });
      await add('rehearsed', 2, { job: 'backup', payload: { dryRun: true } });
      await add('newer-rehearsed', 3, { job: 'backup', payload: { dryRun: true } });
      await add('waiting', 1, { status: 'queued', finishedAt: null });
      await add('young', 8);
      const before = '2025-06-01T00:00:00.000Z';
      const kept = async () => (await runs.list({ limit: 20 })).map(({ id }) => id).toSorted();
      expect(await runs.prune({ before, dryRun: true })).toBe(4);
      expect(await kept()).toHaveLength(14);
      expect(await runs.prune({ before, dryRun: false })).toBe(4);
      expect(await kept()).toEqual([
        'backup',
        'drill',
        'newer-drill',
        'newer-rehearsed',
        'newer-source',
        'only-success',
        'repeated',
        'repetition',
        'waiting',
        'young',
      ]);
      expect(await runs.list({ job: 'backup', withoutDryRuns: true, limit: 1 })).toMatchObject([{ id: 'backup' }]);
      expect(await runs.prune({ before, dryRun: false })).toBe(0);
      expect(await add('old', 1)).toMatchObject({ created: true });
    });

    it('prunes more runs than one statement removes', async () => {
      const finishedAt = '2025-01-01T00:00:00.000Z';
      const rows = Array.from({ length: 501 }, (_, i) => {
        const id = `r-${String(i).padStart(4, '0')}`;
        const run = sampleRun({ id, key: id, status: 'failed', queuedAt: finishedAt, finishedAt });
        return { ...run, payload: '{}', progress: null, result: null, error: null, dependencies: null };
      });
      const { db } = database();
      for (const start of [0, 100, 200, 300, 400, 500]) {
        await db
          .insertInto('runs')
          .values(rows.slice(start, start + 100))
          .execute();
      }
      const before = '2025-06-01T00:00:00.000Z';
      expect(await runs.prune({ before: finishedAt, dryRun: true })).toBe(0);
      expect(await runs.prune({ before, dryRun: true })).toBe(501);
      expect(await runs.prune({ before, dryRun: false })).toBe(501);
      expect(await runs.list({ limit: 1 })).toEqual([]);
    });

    it('lists values of just so many bytes whole', async () => {
      const payload = { text: 'x'.repeat(100) };
      const error = { code: 'run.failed', message: 'no', details: {} };
      await runs.create(sampleRun({ payload, error, status: 'failed' }));
      const bytes = JSON.stringify(payload).length;
      const payloadWithin = async (longestJson: number) => (await runs.list({ limit: 1, longestJson }))[0];
      expect(await payloadWithin(bytes)).toMatchObject({ payload, result: null, error });
      expect(await payloadWithin(bytes - 1)).toMatchObject({ payload: { truncated: true }, result: null, error });
    });

    it('keeps a run that waits out of the queue, and lets one of two end its waiting', async () => {
      const dependencies = [{ job: 'data-update', run: 'r-update', status: 'failed' as const, message: 'no disk' }];
      const waiting = await created(runs, sampleRun({ status: 'waiting', trigger: 'schedule', missed: 3 }));
      expect(await runs.unfinished()).toEqual([]);
      const released = await Promise.all([1, 2].map(() => runs.update(waiting, { status: 'queued', dependencies })));
      expect(released.filter((run) => run !== undefined)).toHaveLength(1);
      expect(await runs.find(waiting.id)).toMatchObject({ status: 'queued', dependencies, missed: 3 });
      expect(await runs.unfinished()).toHaveLength(1);
    });

    it('lists the newest first, by job, status and beginning of the key', async () => {
      const queuedAt = (minute: number) => `2026-11-24T00:0${minute}:00.000Z`;
      await runs.create(sampleRun({ id: 'a', key: 'a_b/1', queuedAt: queuedAt(1) }));
      await runs.create(sampleRun({ id: 'b', key: 'axb/1', queuedAt: queuedAt(2), status: 'succeeded' }));
      await runs.create(sampleRun({ id: 'c', key: 'a_b/2', queuedAt: queuedAt(3), scheduledFor: queuedAt(0) }));
      await runs.create(sampleRun({ id: 'd', key: 'a_b/3', queuedAt: queuedAt(4), job: 'evaluation' }));
      const ids = async (query: Partial<Parameters<RunRepository['list']>[0]>) =>
        (await runs.list({ limit: 10, ...query })).map(({ id }) => id).join('');
      expect(await ids({})).toBe('dcba');
      expect(await ids({ limit: 2 })).toBe('dc');
      expect(await ids({ job: 'training' })).toBe('cba');
      expect(await ids({ status: 'succeeded' })).toBe('b');
      expect(await ids({ job: 'training', keyPrefix: 'a_b/' })).toBe('ca');
      expect(await ids({ scheduledOnly: true })).toBe('c');
    });

    it('knows what has not ended, oldest first', async () => {
      await runs.create(sampleRun({ id: 'a', key: '1', queuedAt: '2026-11-24T00:01:00.000Z', status: 'running' }));
      await runs.create(sampleRun({ id: 'b', key: '2', queuedAt: '2026-11-24T00:02:00.000Z', status: 'succeeded' }));
      await runs.create(sampleRun({ id: 'c', key: '3', queuedAt: '2026-11-24T00:03:00.000Z', job: 'evaluation' }));
      expect((await runs.unfinished()).map(({ id }) => id)).toEqual(['a', 'c']);
    });

    it('refuses a new run where there is no room, and gives back the one that stands for the same work', async () => {
      const most = { ofJob: 2, inAll: 3 };
      await runs.create(sampleRun({ id: 'a', key: '1' }), most);
      await runs.create(sampleRun({ id: 'b', key: '2', status: 'running' }), most);
      expect(await runs.create(sampleRun({ id: 'c', key: '3' }), most)).toBeUndefined();
      expect(await runs.create(sampleRun({ id: 'c', key: '2' }), most)).toMatchObject({ created: false });
      const other = sampleRun({ id: 'd', key: '1', job: 'fetch' });
      expect(await runs.create(other, most)).toMatchObject({ created: true });
      expect(await runs.create(sampleRun({ id: 'e', key: '1', job: 'audit' }), most)).toBeUndefined();
      await runs.update(other, { status: 'succeeded' });
      expect(await runs.create(sampleRun({ id: 'e', key: '1', job: 'audit' }), most)).toMatchObject({ created: true });
      expect(await runs.create(sampleRun({ id: 'f', key: '9' }))).toMatchObject({ created: true });
    });

    it('lists long payloads, results and errors as no more than that, and finds them whole', async () => {
      const noise = Array.from({ length: 3_000 }, (_, index) => (index * 2_654_435_761) % 4_294_967_296).join(' ');
      const error = { code: 'run.failed', message: noise, details: { noise } };
      const long = sampleRun({ id: 'long', key: '1', payload: { noise }, result: { text: 'x'.repeat(30_000) }, error });
      await runs.create(long);
      await runs.create(sampleRun({ id: 'short', key: '2', queuedAt: '2026-11-24T00:01:00.000Z', result: { a: 1 } }));
      const truncated = { truncated: true };
      expect(await runs.list({ limit: 9, longestJson: 2_000 })).toEqual([
        sampleRun({ id: 'short', key: '2', queuedAt: '2026-11-24T00:01:00.000Z', result: { a: 1 } }),
        {
          ...long,
          payload: truncated,
          result: truncated,
          error: { code: 'run.failed', message: noise.slice(0, 500), details: truncated },
        },
      ]);
      expect((await runs.list({ limit: 9 }))[1]).toEqual(long);
      expect(await runs.find('long')).toEqual(long);
    });

    it('carries a queue: a retry, a result, and the take-up of what a dead process left', async () => {
      await runs.create(sampleRun({ id: 'left', status: 'running', attempt: 1 }));
      let failures = 0;
      const training = jobOf('training', async ({ payload }) => {
        if (failures++ === 0) throw new Error('once');
        return { seedWas: payload.seed };
      });
      const queue = queueOn(runs, clockAt());
      queue.register(training);
      await queue.start();
      expect(await queue.finished('left')).toMatchObject({ status: 'succeeded', attempt: 3, result: { seedWas: 1 } });
      await queue.stop(1);
    });
  });
}

async function created(runs: RunRepository, run: Run): Promise<Run> {
  return (await runs.create(run))!.run;
}

const early = '2026-11-24T00:15:00.000Z';
const late = '2026-11-24T00:30:00.000Z';

export function scheduleRepositorySuite(database: () => Database): void {
  describe('ScheduleRepository', () => {
    it('keeps the instant up to which a job is served, which never goes back', async () => {
      const schedules = new ScheduleRepository(database());
      expect(await schedules.list()).toEqual([]);
      await Promise.all([late, early, late, early].map((until) => schedules.serve('report', until)));
      await schedules.serve('prediction', early);
      expect((await schedules.list()).map(({ job, servedUntil, paused }) => [job, servedUntil, paused])).toEqual([
        ['prediction', early, false],
        ['report', late, false],
      ]);
    });

    it('keeps a pause with who and when, beside what is served', async () => {
      const schedules = new ScheduleRepository(database());
      await schedules.serve('report', early);
      const pause = { paused: true, changedAt: late, changedBy: 'somebody', reason: 'the disk is full' };
      await schedules.switch('report', pause);
      await schedules.serve('report', late);
      expect(await schedules.list()).toEqual([{ job: 'report', servedUntil: late, ...pause }]);
      await schedules.switch('*', { ...pause, paused: false, reason: null });
      expect((await schedules.list()).map(({ job, paused }) => [job, paused])).toEqual([
        ['*', false],
        ['report', true],
      ]);
    });
  });
}

export function sourceRepositorySuite(database: () => Database): void {
  it('SourceRepository has each request once, the last fetched first, however many fetches there were', async () => {
    const sources = new SourceRepository(database());
    const folder: FetchRequest = { provider: 'csv', folder: '/bars' };
    const codes: FetchRequest = { provider: 'jquants', symbols: ['7203'] };
    for (const request of [folder, codes]) await sources.save({ request, fetchedAt: early });
    await sources.save({ request: folder, fetchedAt: late });
    expect(await sources.list()).toEqual([
      { request: folder, fetchedAt: late },
      { request: expect.objectContaining({ provider: 'jquants', symbols: ['7203'] }), fetchedAt: early },
    ]);
  });
}
