import type { KeptSelection } from '@daytrade/contracts';
import { parseTradeDate } from '@daytrade/market';
import { expect, it } from 'vitest';
import { FolderObjectStore } from './objects/folder-object-store.ts';
import { SelectionStore } from './selection-store.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

const days = ['2026-11-20', '2026-11-24', '2026-11-25'].map((text) => parseTradeDate(text));
const selectionOf = (asOf: (typeof days)[number], poolSize = 3): KeptSelection => ({
  asOf,
  madeAt: `${asOf}T23:30:00.000Z`,
  synthetic: true,
  poolSize,
  criteria: {
    minimumMarketCapitalisationYen: 1e9,
    minimumAverageVolumeShares: 1e6,
    maximumAnnualVolatility: 0.6,
    minimumLiquidityScore: 60,
  },
  options: { count: 10, buffer: 3, mostPerSector: null, maximumCorrelation: null },
  symbols: [],
  turnover: { previous: null, entered: [], left: [], share: null },
});

it('keeps the first selection of a session, finds the one before, and removes old ones but the newest', async () => {
  const store = new SelectionStore(await FolderObjectStore.open({ folder: await temporaryFolder() }));
  for (const day of days) expect(await store.save(selectionOf(day))).toBe(true);
  expect(await store.save(selectionOf(days[1]!, 4))).toBe(false);
  expect((await store.list(true, 2)).map(({ asOf }) => asOf)).toEqual([days[2], days[1]]);
  expect(await store.before(days[2]!, true)).toMatchObject({ asOf: days[1], poolSize: 3 });
  expect(await store.before(days[0]!, true)).toBeUndefined();
  expect(await store.before(days[2]!, false)).toBeUndefined();
  expect(await store.list(false, 9)).toEqual([]);
  expect(await store.prune({ before: days[0]!, dryRun: false })).toBe(0);
  const before = parseTradeDate('2027-01-04');
  expect(await store.prune({ before: days[1]!, dryRun: true })).toBe(1);
  expect(await store.prune({ before, dryRun: false })).toBe(2);
  expect((await store.list(true, 9)).map(({ asOf }) => asOf)).toEqual([days[2]]);
});

it('keeps the selections of real symbols apart, and leaves out what is none', async () => {
  const objects = await FolderObjectStore.open({ folder: await temporaryFolder() });
  const store = new SelectionStore(objects);
  const real = { ...selectionOf(days[0]!), synthetic: false };
  await store.save(real);
  await store.save(selectionOf(days[1]!));
  expect(await store.list(false, 9)).toEqual([real]);
  expect(await store.list(true, 9)).toEqual([selectionOf(days[1]!)]);
  await objects.put(`selections/real/${days[1]}.json`, Buffer.from('{'));
  await objects.put(`selections/real/${days[2]}.json`, Buffer.from('{}'));
  expect(await store.list(false, 9)).toEqual([real]);
  expect(await store.before(days[2]!, false)).toBeUndefined();
  expect(await store.before(days[1]!, false)).toEqual(real);
  expect(await store.prune({ before: parseTradeDate('2027-01-04'), dryRun: false })).toBe(2);
  expect(await objects.list('selections/')).toEqual([
    `selections/real/${days[2]}.json`,
    `selections/synthetic/${days[1]}.json`,
  ]);
});
