import { parseSymbol, parseTradeDate } from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import type { Database } from '../database/database.ts';
import { AnnouncementRepository } from '../repositories/announcement-repository.ts';
import { sampleAnnouncement } from './sample-records.ts';

export function announcementRepositorySuite(database: () => Database): void {
  describe('AnnouncementRepository', () => {
    const other = sampleAnnouncement({ symbol: parseSymbol('130A'), date: parseTradeDate('2025-05-12') });
    const planned = sampleAnnouncement({ kind: 'planned', time: null });

    it('gives what was made and what was planned, of a symbol and between two days', async () => {
      const announcements = new AnnouncementRepository(database());
      const later = sampleAnnouncement({ date: parseTradeDate('2025-08-08') });
      await announcements.upsertMany([later, other, planned, sampleAnnouncement()]);
      expect(await announcements.of(later.symbol)).toEqual([sampleAnnouncement(), planned, later]);
      const between = await announcements.between(parseTradeDate('2025-05-09'), parseTradeDate('2025-05-12'));
      expect(between).toEqual([sampleAnnouncement(), planned, other]);
    });

    it('replaces one of the same day and kind, and leaves what was made where it is planned again', async () => {
      const announcements = new AnnouncementRepository(database());
      await announcements.upsertMany([sampleAnnouncement({ time: null })]);
      await announcements.upsertMany([sampleAnnouncement(), planned]);
      expect(await announcements.of(planned.symbol)).toEqual([sampleAnnouncement(), planned]);
    });
  });
}
