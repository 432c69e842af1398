import { parseSymbol, parseTradeDate } from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import type { Database } from '../database/database.ts';
import { SymbolRepository } from '../repositories/symbol-repository.ts';
import { sampleSymbol } from './sample-records.ts';

export function symbolRepositorySuite(database: () => Database): void {
  describe('SymbolRepository', () => {
    it('gives back what was put in, by code, dates as written', async () => {
      const symbols = new SymbolRepository(database());
      const first = sampleSymbol();
      const second = sampleSymbol({
        symbol: parseSymbol('130A'),
        sharesOutstanding: null,
        sector: '電気機器',
        askedTo: parseTradeDate('2026-11-25'),
      });
      await symbols.upsertMany([second, first]);
      expect(await symbols.list()).toEqual([first, second]);
      expect(await symbols.find(parseSymbol('130A'))).toEqual(second);
      expect(await symbols.find(parseSymbol('9999'))).toBeUndefined();
    });

    it('replaces a symbol that is there already', async () => {
      const symbols = new SymbolRepository(database());
      await symbols.upsertMany([sampleSymbol()]);
      const later = sampleSymbol({ lastDate: parseTradeDate('2026-11-25'), bars: 1438 });
      await symbols.upsertMany([later]);
      expect(await symbols.list()).toEqual([later]);
    });

    it('replaces and finds several at once, and none of none', async () => {
      const symbols = new SymbolRepository(database());
      const codes = Array.from({ length: 12 }, (_, index) => parseSymbol(String(2000 + index)));
      const records = (bars: number) => codes.map((symbol) => sampleSymbol({ symbol, bars }));
      await symbols.upsertMany(records(1));
      await symbols.upsertMany(records(2));
      await symbols.upsertMany([]);
      expect(await symbols.list()).toEqual(records(2));
      const found = await symbols.findMany([codes[7]!, parseSymbol('9999'), codes[5]!]);
      expect([...found]).toEqual(
        [5, 7].map((index) => [codes[index], sampleSymbol({ symbol: codes[index]!, bars: 2 })]),
      );
      expect((await symbols.findMany([])).size).toBe(0);
    });

    it('removes symbols, and nothing when there is nothing to remove', async () => {
      const symbols = new SymbolRepository(database());
      const kept = sampleSymbol({ symbol: parseSymbol('7203'), synthetic: false });
      await symbols.upsertMany([sampleSymbol(), kept]);
      await symbols.remove([]);
      await symbols.remove([parseSymbol('0101'), parseSymbol('9999')]);
      expect(await symbols.list()).toEqual([kept]);
    });
  });
}
