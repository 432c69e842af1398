import { describe, expect, it } from 'vitest';
import type { Database } from '../database/database.ts';
import { NoticeRepository } from '../repositories/notice-repository.ts';
import { sampleNotice } from './sample-records.ts';

export function noticeRepositorySuite(database: () => Database): void {
  const minutes = (count: number) => new Date(Date.parse(sampleNotice().madeAt) + 60_000 * count).toISOString();
  const later = () => minutes(5);

  describe('NoticeRepository', () => {
    it('takes a notice of a kind and subject once for each receiver', async () => {
      const notices = new NoticeRepository(database());
      expect(await notices.add(sampleNotice(), ['webhook', 'email'])).toBe(2);
      expect(await notices.add(sampleNotice({ title: 'again' }), ['webhook', 'slack', 'email'])).toBe(1);
      expect(await notices.channelsOf(sampleNotice())).toHaveLength(3);
      expect(await notices.list(10)).toMatchObject([
        { channel: 'email', title: sampleNotice().title, status: 'waiting', attempts: 0 },
        { channel: 'slack', title: 'again' },
        { channel: 'webhook', title: sampleNotice().title },
      ]);
    });

    it('lets one of several processes send, and another only when that one has gone', async () => {
      const [one, other] = [new NoticeRepository(database()), new NoticeRepository(database())];
      await one.add(sampleNotice(), ['webhook']);
      const claimed = await Promise.all([one, other].map((each) => each.claim('webhook', minutes(0), later, 10)));
      expect(claimed.flat()).toEqual([{ notice: sampleNotice(), channel: 'webhook', attempt: 1 }]);
      expect(await other.claim('webhook', minutes(4), later, 10)).toEqual([]);
      const [second] = await other.claim('webhook', minutes(5), () => minutes(20), 10);
      expect(second).toMatchObject({ attempt: 2 });
      // The first comes back late: its end is no longer that of the notice.
      await one.settle(claimed.flat()[0]!, { status: 'failed', sentAt: null, error: 'late' });
      expect(await one.list(1)).toMatchObject([{ status: 'waiting', attempts: 2, error: null }]);
      await other.settle(second!, { status: 'sent', sentAt: minutes(5), error: null });
      expect(await one.list(1)).toMatchObject([{ status: 'sent', sentAt: minutes(5) }]);
      expect(await one.claim('webhook', minutes(60), later, 10)).toEqual([]);
      // Retention takes what was sent, once it is old.
      expect(await one.prune({ before: minutes(0), dryRun: false })).toBe(0);
      expect(await one.prune({ before: minutes(60), dryRun: true })).toBe(1);
      expect(await one.list(1)).toHaveLength(1);
      expect(await one.prune({ before: minutes(60), dryRun: false })).toBe(1);
      expect(await one.list(1)).toEqual([]);
    });
  });
}
