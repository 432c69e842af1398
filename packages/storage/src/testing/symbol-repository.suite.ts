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
      const second = sampleSymbol({ symbol: parseSymbol('130A'), sharesOutstanding: null, sector: '電気機器' });
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
