import { dayNumber, parseSymbol, parseTradeDate } from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import type { Database } from '../database/database.ts';
import { AnnouncementRepository } from '../repositories/announcement-repository.ts';
import { sampleAnnouncement } from './sample-records.ts';

export function announcementRepositorySuite(database: () => Database): void {
  describe('AnnouncementRepository', () => {
    const other = sampleAnnouncement({ symbol: parseSymbol('130A'), date: parseTradeDate('2025-05-12') });
    const planned = sampleAnnouncement({ kind: 'planned', time: null });

    it('gives what was made and what was planned between two days', async () => {
      const announcements = new AnnouncementRepository(database());
      const later = sampleAnnouncement({ date: parseTradeDate('2025-08-08') });
      await announcements.upsertMany([later, other, planned, sampleAnnouncement()]);
      expect(await announcements.symbols()).toEqual(new Set(['0101', '130A']));
      const between = await announcements.between(parseTradeDate('2025-05-09'), parseTradeDate('2025-05-12'));
      expect(between).toEqual([sampleAnnouncement(), planned, other]);
      await announcements.remove([other.symbol]);
      expect(await announcements.symbols()).toEqual(new Set(['0101']));
    });

    it('replaces one of the same day and kind, and leaves what was made where it is planned again', async () => {
      const announcements = new AnnouncementRepository(database());
      await announcements.upsertMany([sampleAnnouncement({ time: null })]);
      await announcements.upsertMany([sampleAnnouncement(), planned]);
      expect(await announcements.between(planned.date, planned.date)).toEqual([sampleAnnouncement(), planned]);
    });

    it('keeps the first instant and the time that it knows, and a plan made again is new', async () => {
      const announcements = new AnnouncementRepository(database());
      const first = { ...planned, time: '15:30', knownSince: '2025-04-14T00:00:00.000Z' };
      const again = { ...planned, knownSince: '2025-05-08T09:00:00.000Z' };
      const moved = { ...first, knownUntil: '2025-05-01T00:00:00.000Z' };
      await announcements.upsertMany([first]);
      await announcements.upsertMany([again]);
      expect(await announcements.between(planned.date, planned.date)).toEqual([first]);
      await announcements.upsertMany([moved]);
      expect(await announcements.between(planned.date, planned.date)).toEqual([moved]);
      await announcements.upsertMany([again]);
      expect(await announcements.between(planned.date, planned.date)).toEqual([{ ...again, time: '15:30' }]);
    });

    it('gives a calendar by symbol, with the instants from and until which each day was known', async () => {
      const announcements = new AnnouncementRepository(database());
      const plan = { ...planned, knownSince: '2025-04-14T00:00:00.000Z' };
      const moved = { ...plan, date: parseTradeDate('2025-05-08'), knownUntil: '2025-05-01T00:00:00.000Z' };
      await announcements.upsertMany([sampleAnnouncement(), plan, moved]);
      const knownSince = Date.parse(plan.knownSince);
      const out = Date.parse(sampleAnnouncement().knownSince);
      expect(await announcements.calendar([other.symbol, plan.symbol])).toEqual([
        undefined,
        [
          { day: dayNumber(moved.date), minute: undefined, knownSince, knownUntil: Date.parse(moved.knownUntil) },
          { day: dayNumber(plan.date), minute: 15 * 60 + 30, knownSince: out, knownUntil: undefined },
          { day: dayNumber(plan.date), minute: undefined, knownSince, knownUntil: out },
        ],
      ]);
    });

    it('takes a row older than the columns for known since its day', async () => {
      const { symbol, date, source } = planned;
      const old = { symbol, date, source, knownSince: null as unknown as string, knownUntil: null };
      const rows = [
        { ...old, kind: 'made', time: '15:30' },
        { ...old, kind: 'planned', time: null },
      ] as const;
      await database().db.insertInto('announcements').values(rows).execute();
      expect(await new AnnouncementRepository(database()).between(date, date)).toMatchObject([
        { knownSince: '2025-05-09T06:30:00.000Z', knownUntil: null },
        { knownSince: '2025-05-08T15:00:00.000Z', knownUntil: null },
      ]);
    });
  });
}
