import { parseTradeDate } from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import type { Database } from '../database/database.ts';
import { IndexRepository } from '../repositories/index-repository.ts';

const nasdaq = { name: 'nasdaq', synthetic: false } as const;
const from = { source: 'ndq.csv', fetchedAt: '2026-11-24T22:00:00.000Z' };
const value = (date: string, close: number) => ({ date: parseTradeDate(date), value: close });

export function indexRepositorySuite(database: () => Database): void {
  describe('IndexRepository', () => {
    it('merges values by their day: new ones, other ones, the same', async () => {
      const indices = new IndexRepository(database());
      expect(await indices.values(nasdaq)).toEqual([]);
      const first = [value('2026-11-20', 100), value('2026-11-23', 101.5)];
      expect(await indices.merge(nasdaq, first, from)).toEqual({ added: 2, changed: 0, unchanged: 0 });
      const second = [value('2026-11-23', 101.25), value('2026-11-20', 100), value('2026-11-24', 99)];
      expect(await indices.compare(nasdaq, second)).toEqual({ added: 1, changed: 1, unchanged: 1 });
      expect(await indices.values(nasdaq)).toEqual(first);
      expect(await indices.merge(nasdaq, second, from)).toEqual({ added: 1, changed: 1, unchanged: 1 });
      expect(await indices.values(nasdaq)).toEqual([
        value('2026-11-20', 100),
        value('2026-11-23', 101.25),
        value('2026-11-24', 99),
      ]);
    });

    it('keeps more values than one statement takes', async () => {
      const indices = new IndexRepository(database());
      const days = Array.from({ length: 1_234 }, (_, i) => new Date(Date.UTC(2020, 0, 1 + i)).toISOString());
      const values = days.map((day, i) => value(day.slice(0, 10), i + 1));
      expect((await indices.merge(nasdaq, values, from)).added).toBe(1_234);
      expect(await indices.values(nasdaq)).toEqual(values);
    });

    it('keeps synthetic values apart, says what there is of each, and removes the synthetic ones alone', async () => {
      const indices = new IndexRepository(database());
      await indices.merge(nasdaq, [value('2026-11-20', 100), value('2026-11-23', 101)], from);
      const later = { source: 'synthetic', fetchedAt: '2026-11-25T00:00:00.000Z' };
      await indices.merge({ name: 'nasdaq', synthetic: true }, [value('2026-11-23', 5)], later);
      const real = { ...nasdaq, values: 2, firstDate: '2026-11-20', lastDate: '2026-11-23', ...from };
      const made = { name: 'nasdaq', synthetic: true, values: 1, firstDate: '2026-11-23', lastDate: '2026-11-23' };
      expect(await indices.extents()).toEqual([real, { ...made, ...later }]);
      await indices.removeSynthetic();
      expect(await indices.extents()).toEqual([real]);
    });

    it('loses nothing when two merges of a series come at once', async () => {
      const indices = new IndexRepository(database());
      const merges = [value('2026-11-20', 1), value('2026-11-23', 2), value('2026-11-24', 3)];
      await Promise.all(merges.map((one) => indices.merge(nasdaq, [one], from)));
      expect(await indices.values(nasdaq)).toEqual(merges);
    });
  });
}
