import type { FetchRequest } from '@daytrade/contracts';
import { describe, expect, it } from 'vitest';
import type { Database } from '../database/database.ts';
import { ScheduleRepository } from '../repositories/schedule-repository.ts';
import { SourceRepository } from '../repositories/source-repository.ts';

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
      expect(await schedules.switch('report', pause)).toEqual({ job: 'report', servedUntil: early, ...pause });
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
