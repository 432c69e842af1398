import { describe, expect, it } from 'vitest';
import { declaredKinds, kindsIn } from '../declared-kinds.ts';
import { awsKinds } from './aws-kinds.ts';
import { awsPriceSources, awsPrices } from './aws-prices.ts';
import { azureKinds } from './azure-kinds.ts';
import { azurePriceSources, azurePrices } from './azure-prices.ts';
import { type CloudKinds, faultsOfKinds } from './kinds.ts';
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

  it.each([
    ['aws', awsKinds, awsPrices],
    ['azure', azureKinds, azurePrices],
  ] as const)('are there for every kind of resource on %s, or it is said to be free', (root, kinds, table) => {
    const declared = declaredKinds(root);
    expect(declared.size).toBeGreaterThan(40);
    expect(faultsOfKinds(kinds, declared, table)).toEqual([]);
  });

  it.each([
    ['aws', awsKinds, awsPrices],
    ['azure', azureKinds, azurePrices],
  ] as const)('miss a kind of %s that is new, and one that lost its price', (root, kinds, table) => {
    const declared = declaredKinds(root);
    const planted = kindsIn('resource "a_new_kind" "main" {\n}\n');
    expect(faultsOfKinds(kinds, declared.union(planted), table)).toEqual(['a_new_kind has no price and is not free']);
    for (const kind of Object.keys(kinds.priced)) {
      const { [kind]: _, ...priced } = kinds.priced as CloudKinds['priced'];
      expect(faultsOfKinds({ ...kinds, priced }, declared, table)).toContain(`${kind} has no price and is not free`);
    }
  });

  it('have a kind each, and a kind one place', () => {
    const kinds = { priced: { a: ['one'], b: [] }, free: ['a', 'gone'] };
    expect(faultsOfKinds(kinds, new Set(['a', 'b']), { one: 1, other: 2 })).toEqual([
      'gone is listed and not declared',
      'a is listed twice',
      'b is paid for by no price',
      'no kind is counted by the price other',
    ]);
  });

  it('are missed where a kind has none', () => {
    expect(() => priceOf(awsPrices.database, 'db.unknown')).toThrow('has none of db.unknown');
    const source = { source: 'a page', date: '2026-01-01', prices: ['a', 'gone'] };
    expect(unsourcedPrices({ a: 1, b: 2 }, [source])).toEqual(['b', 'gone']);
    expect(oldSources([source], new Date('2026-06-30'))).toEqual([]);
    expect(oldSources([source], new Date('2026-07-01'))).toEqual([source]);
  });
});
