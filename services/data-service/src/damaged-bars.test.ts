import { rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import {
  damagedSymbolsSchema,
  dataHealthSchema,
  fetchResultSchema,
  problemSchema,
  selectionSchema,
} from '@daytrade/contracts';
import { parseTradeDate, sessionsBetween } from '@daytrade/market';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDataService } from './data-service.fixture.ts';

const fileOf = (year: number) => join(service.folder, 'state', 'bars', 'daily', `${year}.parquet`);

const sessions = sessionsBetween(parseTradeDate('2025-06-02'), parseTradeDate('2026-11-24'));
const thisYear = sessions.filter((day) => day >= '2026');
const csv = (level: number, days = sessions) =>
  [
    'date,open,high,low,close,volume',
    ...days.map((day, i) => [day, level, level + 9, level - 9, level + (i % 7), 900_000].join(',')),
  ].join('\n');

const service = await startDataService('2026-11-25T01:00:00Z');
afterAll(() => service.close());
const folder = await service.folderWith('bars', { '6501.csv': csv(3000), '7203.csv': csv(2000) });
const newer = await service.folderWith('newer', { '9984.csv': csv(8000, thisYear) });
await service.importBars(folder);
await service.importBars(newer);

const judged = async () => {
  const selection = selectionSchema.parse((await service.get('/v1/symbols/selection')).body);
  return [...selection.symbols, ...selection.rejected].map(({ symbol }) => symbol).sort();
};
const damaged = async (check: string) =>
  damagedSymbolsSchema.parse((await service.get(`/v1/symbols/damaged?check=${check}`)).body);

describe('when the file of the year before is cut off', () => {
  beforeAll(() => truncateSync(fileOf(2025), 500));

  it('it is named for its symbols, and bars of this year go on', async () => {
    const message = expect.stringContaining(fileOf(2025)) as string;
    const named = ['6501', '7203'].map((symbol) => ({ symbol, message }));
    for (const check of ['ends', 'content']) {
      expect(await damaged(check)).toEqual({ checked: 3, damaged: named });
    }
    expect(await judged()).toEqual(['6501', '7203', '9984']);
    expect((await service.get('/v1/bars/7203?from=2026-01-01')).body).toMatchObject({
      bars: { length: thisYear.length },
    });
    const { status, body } = await service.get('/v1/bars/7203');
    expect([status, problemSchema.parse(body).code]).toEqual([500, 'data.bars-damaged']);
    expect(problemSchema.parse(body).remedy).toContain('daytrade import FOLDER');
  });

  it('importing again mends it and says so', async () => {
    const result = fetchResultSchema.parse((await service.importBars(folder)).result);
    expect(result).toMatchObject({ symbols: 2, barsAdded: 2 * (sessions.length - thisYear.length), barsChanged: 0 });
    expect(result.symbolsMended.map(({ symbol }) => symbol)).toEqual(['6501', '7203']);
    expect(result.symbolsMended[0]?.message).toContain(fileOf(2025));
    expect((await damaged('content')).damaged).toEqual([]);
    expect(fetchResultSchema.parse((await service.importBars(folder)).result).symbolsMended).toEqual([]);
  });
});

it('bars of this year that are lost are named, and an update reads the folders that gave them', async () => {
  rmSync(fileOf(2026));
  const health = async () =>
    dataHealthSchema.parse((await service.get('/v1/symbols/health?symbol=7203')).body).symbols[0]!;
  expect(await health()).toMatchObject({
    damage: expect.stringMatching(/^only \d+ of its \d+ stored bars are there$/) as string,
    lastDate: '2025-12-30',
    sessionsBehind: thisYear.length,
  });
  expect(await judged()).toEqual([]);
  expect((await service.runJob('data-update')).result).toMatchObject({ lost: { symbols: 3, from: thisYear[0] } });
  for (const each of [folder, newer]) await service.importBars(each);
  expect(await health()).toMatchObject({ damage: null, concerns: [], lastDate: sessions.at(-1) });
});
