import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { awsPriceSources, awsPrices } from './aws-prices.ts';
import { azureFreeKinds, azurePricedKinds } from './azure-costs.ts';
import { azurePriceSources, azurePrices } from './azure-prices.ts';
import { oldSources, priceOf, unsourcedPrices } from './price-sources.ts';

describe('the prices', () => {
  it.each([
    ['aws', awsPrices, awsPriceSources],
    ['azure', azurePrices, azurePriceSources],
  ] as const)('of %s have a source and a date each', (_, table, sources) => {
    expect(unsourcedPrices(table, sources)).toEqual([]);
    for (const { date } of sources) expect(new Date(date).toISOString().slice(0, 10)).toBe(date);
    for (const { source, date } of oldSources(sources, new Date())) {
      console.warn(`prices of ${date} are older than 180 days, look them up again: ${source}`);
    }
  });

  it('are there for every kind of resource on Azure, or it is said to be free', () => {
    const folder = join(import.meta.dirname, '..', 'azure');
    const files = globSync('*.tf', { cwd: folder }).map((file) => readFileSync(join(folder, file), 'utf8'));
    const kinds = new Set(
      files.flatMap((text) => [...text.matchAll(/^resource "(\w+)"/gm)].map(([, kind = '']) => kind)),
    );
    const known = new Set([...Object.keys(azurePricedKinds), ...azureFreeKinds]);
    expect([...kinds].filter((kind) => !known.has(kind))).toEqual([]);
    expect([...known].filter((kind) => !kinds.has(kind))).toEqual([]);
  });

  it('are missed where a kind has none', () => {
    expect(() => priceOf(awsPrices.database, 'db.unknown')).toThrow('has none of db.unknown');
    const source = { source: 'a page', date: '2026-01-01', prices: ['a', 'gone'] };
    expect(unsourcedPrices({ a: 1, b: 2 }, [source])).toEqual(['b', 'gone']);
    expect(oldSources([source], new Date('2026-06-30'))).toEqual([]);
    expect(oldSources([source], new Date('2026-07-01'))).toEqual([source]);
  });
});
