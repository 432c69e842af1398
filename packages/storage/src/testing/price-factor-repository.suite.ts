import { parseSymbol, parseTradeDate } from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import type { Database } from '../database/database.ts';
import { PriceFactorRepository } from '../repositories/price-factor-repository.ts';
import { samplePriceFactor } from './sample-records.ts';

export function priceFactorRepositorySuite(database: () => Database): void {
  describe('PriceFactorRepository', () => {
    it('gives back the factors of one symbol, oldest first, dates as written', async () => {
      const factors = new PriceFactorRepository(database());
      const { symbol, ...split } = samplePriceFactor();
      const forecast = { ...split, kind: 'dividend', value: 40, knownOn: parseTradeDate('2025-02-10') } as const;
      const decided = { ...forecast, value: 42.5, knownOn: parseTradeDate('2025-05-09') };
      const later = { ...split, date: parseTradeDate('2026-03-30'), value: 10 };
      await factors.upsertMany([later, split, decided, forecast].map((factor) => ({ ...factor, symbol })));
      await factors.upsertMany([samplePriceFactor({ symbol: parseSymbol('130A') })]);
      expect(await factors.of(symbol)).toEqual([forecast, decided, split, later]);
      expect(await factors.of(parseSymbol('9999'))).toEqual([]);
      const { symbol: another, ...ofAnother } = samplePriceFactor({ symbol: parseSymbol('130A') });
      expect([...(await factors.all())]).toEqual(
        [[symbol, [forecast, decided, split, later]] as const, [another, [ofAnother]] as const].toSorted(
          ([one], [other]) => (one < other ? -1 : 1),
        ),
      );
    });

    it('replaces a factor that is there already', async () => {
      const factors = new PriceFactorRepository(database());
      const { symbol, ...factor } = samplePriceFactor();
      await factors.upsertMany([{ ...factor, symbol }]);
      await factors.upsertMany([{ ...factor, symbol, value: 0.5 }]);
      await factors.upsertMany([]);
      expect(await factors.of(symbol)).toEqual([{ ...factor, value: 0.5 }]);
    });
  });
}
