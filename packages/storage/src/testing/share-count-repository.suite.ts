import { parseSymbol, parseTradeDate } from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import type { Database } from '../database/database.ts';
import { ShareCountRepository } from '../repositories/share-count-repository.ts';
import { sampleShareCount } from './sample-records.ts';

export function shareCountRepositorySuite(database: () => Database): void {
  describe('ShareCountRepository', () => {
    it('gives the newest count that was out by a day, of each symbol', async () => {
      const counts = new ShareCountRepository(database());
      const first = sampleShareCount();
      const second = sampleShareCount({ date: parseTradeDate('2025-08-08'), shares: 2e9 });
      const other = sampleShareCount({ symbol: parseSymbol('130A'), date: parseTradeDate('2025-08-09') });
      await counts.upsertMany([second, other, first]);
      await counts.upsertMany([]);
      const asOf = async (day: string) => [...(await counts.asOf(parseTradeDate(day))).values()];
      expect(await asOf('2025-05-08')).toEqual([]);
      expect(await asOf('2025-08-07')).toEqual([first]);
      expect(await asOf('2025-08-09')).toEqual([second, other]);
      expect(await counts.of(first.symbol)).toEqual([first, second]);
    });

    it('replaces a count that is there already', async () => {
      const counts = new ShareCountRepository(database());
      await counts.upsertMany([sampleShareCount()]);
      await counts.upsertMany([sampleShareCount({ shares: 5 })]);
      expect([...(await counts.asOf(parseTradeDate('2025-12-30'))).values()]).toEqual([
        sampleShareCount({ shares: 5 }),
      ]);
    });
  });
}
