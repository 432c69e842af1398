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
  const before = parseTradeDate('2027-01-04');
  expect(await store.prune({ before: days[1]!, dryRun: true })).toBe(1);
  expect(await store.prune({ before, dryRun: false })).toBe(2);
  expect((await store.list(true, 9)).map(({ asOf }) => asOf)).toEqual([days[2]]);
});
