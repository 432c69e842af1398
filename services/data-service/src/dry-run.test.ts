import { quarantineListSchema, symbolListSchema } from '@daytrade/contracts';
import { afterAll, expect, it } from 'vitest';
import { startDataService } from './data-service.fixture.ts';

const service = await startDataService('2026-11-25T01:00:00Z');
afterAll(() => service.close());

const header = 'date,open,high,low,close,volume';
const good = '2026-11-18,2000,2030,1990,2010,100';
const content = async () => ({
  symbols: symbolListSchema.parse((await service.get('/v1/symbols')).body).symbols,
  quarantine: quarantineListSchema.parse((await service.get('/v1/quarantine')).body).quarantine,
});

it('a dry run reports what an import would do, and writes nothing', async () => {
  const folder = await service.folderWith('bars', {
    '7203.csv': `${header}\n${good}\n2026-11-21,2000,2030,1990,2010,100\n`,
  });
  const expected = {
    barsAdded: 1,
    rowsQuarantined: 1,
    keptOut: [
      { reason: 'closed-day', rows: 1, first: expect.stringMatching(/^bars\/7203.csv line 3: the exchange was/) },
    ],
    readAs: [{ encoding: 'UTF-8', separator: 'commas', dates: ['2025-01-06'], priceBasis: 'traded' }],
  };
  const dry = await service.importBars(folder, { dryRun: true });
  expect(dry).toMatchObject({ status: 'succeeded', result: { ...expected, dryRun: true } });
  expect(await content()).toEqual({ symbols: [], quarantine: [] });
  expect(await service.importBars(folder)).toMatchObject({ result: { ...expected, dryRun: false } });
  const imported = await content();
  expect(imported.symbols).toHaveLength(1);
  await service.folderWith('bars', {
    '7203.csv': `${header}\n${good.replace('2010', '2011')}\n2026-11-19,1,1,1,1,1\n`,
  });
  const again = await service.importBars(folder, { dryRun: true });
  expect(again).toMatchObject({ result: { barsChanged: 1, barsAdded: 0, rowsQuarantined: 1 } });
  expect(await content()).toEqual(imported);
});
