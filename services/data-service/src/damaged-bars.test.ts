import { rmSync, truncateSync, writeFileSync } from 'node:fs';
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
import { type RunningDataService, startDataService } from './data-service.fixture.ts';

let service: RunningDataService;
let folder: string;
const fileOf = (symbol: string) => join(service.folder, 'state', 'bars', '1d', `${symbol}.parquet`);

const sessions = sessionsBetween(parseTradeDate('2026-06-01'), parseTradeDate('2026-11-24'));
const csv = (level: number) =>
  [
    'date,open,high,low,close,volume',
    ...sessions.map((day, i) => [day, level, level + 9, level - 9, level + (i % 7), 900_000].join(',')),
  ].join('\n');

beforeAll(async () => {
  service = await startDataService('2026-11-25T01:00:00Z');
  folder = await service.folderWith('bars', { '6501.csv': csv(3000), '7203.csv': csv(2000), '9984.csv': csv(8000) });
  await service.importBars(folder);
});
afterAll(() => service.close());

describe.each([
  ['cut off', (file: string) => truncateSync(file, 500), / cannot be read as bars: /],
  ['missing', (file: string) => rmSync(file), /stored bars were missing/],
])('when the bars of one symbol are %s', (_, damage, fault) => {
  beforeAll(() => damage(fileOf('7203')));

  it('the others are judged, and it is named in every answer about it', async () => {
    const selection = selectionSchema.parse((await service.get('/v1/symbols/selection')).body);
    const judged = [...selection.symbols, ...selection.rejected].map(({ symbol }) => symbol);
    expect(judged.sort()).toEqual(['6501', '9984']);
    const named = [{ symbol: '7203', message: expect.stringContaining(fileOf('7203')) }];
    expect(selection.leftOut).toMatchObject(named);
    for (const check of ['ends', 'content']) {
      const { body } = await service.get(`/v1/symbols/damaged?check=${check}`);
      expect(damagedSymbolsSchema.parse(body)).toMatchObject({ checked: 3, damaged: named });
    }
    const { status, body } = await service.get('/v1/bars/7203');
    expect([status, problemSchema.parse(body).code]).toEqual([500, 'data.bars-damaged']);
    expect(problemSchema.parse(body).remedy).toContain('daytrade import FOLDER');
  });

  it('importing again mends it and says so', async () => {
    const result = fetchResultSchema.parse((await service.importBars(folder)).result);
    expect(result).toMatchObject({ symbols: 3, barsAdded: sessions.length, barsUnchanged: 2 * sessions.length });
    expect(result.symbolsMended).toMatchObject([{ symbol: '7203', message: expect.stringMatching(fault) }]);
    const { body } = await service.get('/v1/symbols/damaged?check=content');
    expect(damagedSymbolsSchema.parse(body).damaged).toEqual([]);
    expect(fetchResultSchema.parse((await service.importBars(folder)).result).symbolsMended).toEqual([]);
  });
});

it('newest bars of many symbols that are damaged are gaps of these, which an update fills and names', async () => {
  const many = Array.from({ length: 50 }, (_, index) => `${2000 + index}.csv`);
  const [header, ...rows] = csv(3000).split('\n');
  const filesOf = (...lines: readonly string[]) =>
    Object.fromEntries(many.map((name) => [name, [header, ...lines].join('\n')]));
  await service.importBars(await service.folderWith('earlier', filesOf(...rows.slice(0, -2))));
  const newest = await service.folderWith('newest', filesOf(...rows.slice(-2)));
  await service.importBars(newest);
  writeFileSync(join(service.folder, 'state', 'bars', 'recent', '1d.parquet'), 'no bars');
  const health = async () =>
    dataHealthSchema.parse((await service.get('/v1/symbols/health?symbol=2000')).body).symbols[0]!;
  expect(await health()).toMatchObject({ damage: null, lastDate: sessions.at(-3), sessionsBehind: 2 });
  expect((await service.get('/v1/bars/2000')).body).toMatchObject({ bars: { length: sessions.length - 2 } });
  const { id } = await service.queue.enqueue({ job: 'data-update', key: 'after', payload: {}, trigger: 'request' });
  expect((await service.queue.finished(id)).result).toMatchObject({
    updated: expect.arrayContaining([expect.objectContaining({ source: newest, barsAdded: 100 })]) as unknown[],
    lost: { symbols: 50, from: sessions.at(-2) },
  });
  expect(await health()).toMatchObject({ concerns: [], lastDate: sessions.at(-1) });
});
