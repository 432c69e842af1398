import { parseSymbol, parseTradeDate } from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import type { Database } from '../database/database.ts';
import { JudgedCloseRepository } from '../repositories/judged-close-repository.ts';
import { sampleJudgedClose } from './sample-records.ts';

const first = sampleJudgedClose({ close: 0.1 + 0.2, judgedAt: '2026-11-25T09:00:00.123Z' });
const other = parseSymbol('0102');

export function judgedCloseRepositorySuite(database: () => Database): void {
  describe('JudgedCloseRepository', () => {
    it('keeps the close that came first, numbers, dates and instants unchanged', async () => {
      const closes = new JudgedCloseRepository(database());
      await closes.keep([first]);
      await closes.keep([{ ...first, close: 1, lastClose: 1, judgedAt: '2026-11-26T09:00:00.000Z' }]);
      expect(await closes.since(first.session, [first.symbol])).toEqual([first]);
    });

    it('gives those of the symbols from a session on, and removes those of symbols', async () => {
      const closes = new JudgedCloseRepository(database());
      const earlier = sampleJudgedClose({ session: parseTradeDate('2026-11-24'), lastClose: null });
      const ofOther = sampleJudgedClose({ symbol: other });
      await closes.keep([earlier, first, ofOther]);
      expect(await closes.since(first.session, [other])).toEqual([ofOther]);
      expect(await closes.since(earlier.session, [first.symbol])).toEqual(expect.arrayContaining([earlier, first]));
      await closes.remove([first.symbol]);
      await closes.remove([]);
      expect(await closes.since(earlier.session, [first.symbol, other])).toEqual([ofOther]);
    });
  });
}
