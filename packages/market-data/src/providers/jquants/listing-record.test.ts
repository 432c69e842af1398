import { emptyUniverseRecord, parseSymbol, parseTradeDate, type UniverseRecord } from '@daytrade/market';
import { expect, it } from 'vitest';
import { listingRecord } from './listing-record.ts';

const codes = ['1301', '6502', '7203'].map(parseSymbol);
const [april, may] = [parseTradeDate('2025-04-01'), parseTradeDate('2025-05-01')];

it('the record is read once for the ends of many listings, and again after a list', async () => {
  let record: UniverseRecord = emptyUniverseRecord;
  let reads = 0;
  const universe = {
    read: async () => {
      reads += 1;
      return record;
    },
    change: async (change: (before: UniverseRecord) => UniverseRecord) => {
      record = change(record);
    },
  };
  const listings = listingRecord(universe, {}, { from: april, to: may });
  const list = (listed: readonly string[]) =>
    new Map(codes.filter((code) => listed.includes(code)).map((code) => [code, ['listed'] as const]));
  const ends = async () => {
    const found = [];
    for (const code of codes) found.push(await listings.endOf(code));
    return found;
  };
  await listings.observe(april, list(['1301', '6502', '7203']));
  expect(await ends()).toEqual([undefined, undefined, undefined]);
  await listings.observe(may, list(['1301', '7203']));
  expect(await ends()).toEqual([undefined, { last: '2025-04-30', listedOn: '2025-04-01' }, undefined]);
  expect(reads).toBe(2);
});
