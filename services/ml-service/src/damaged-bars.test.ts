import { truncateSync } from 'node:fs';
import { join } from 'node:path';
import { parseSymbol, parseTradeDate, previousSession } from '@daytrade/market';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addSymbol, madeBars, type RunningService, startService } from './app.fixture.ts';
import { readCloses } from './predictions/judge.ts';
import { readUniverse } from './universe.ts';

let running: RunningService;
beforeAll(async () => {
  running = await startService('2026-11-25T01:00:00Z');
  for (const [index, symbol] of ['0101', '0102', '0103'].entries()) {
    await addSymbol(running.stores, symbol, madeBars(index + 1, '2026-06-01', '2026-11-24'));
  }
});
afterAll(() => running.close());

const barFile = () => join(running.folder, 'state', 'bars', 'daily', '2026.parquet');

it('a symbol that lost bars is left out of what is trained and judged, and is named', async () => {
  const whole = await readUniverse(running.stores, ['0101', '0103']);
  await running.stores.bars.remove(['0102']);
  const universe = await readUniverse(running.stores);
  expect(universe.records.map(({ symbol }) => symbol)).toEqual(['0101', '0103']);
  expect(universe.dataHash).toBe(whole.dataHash);
  expect(universe.panel.symbols.map(({ symbol }) => symbol)).toEqual(['0101', '0103']);
  expect(universe.leftOut).toMatchObject([{ symbol: '0102', message: expect.stringContaining('are missing') }]);
  const session = parseTradeDate('2026-11-24');
  const predicted = { session, lastSession: previousSession(session), lastClose: 1000, priceBasis: 'traded' } as const;
  const [lost, sound] = ['0102', '0103'].map((code) => ({ ...predicted, symbol: parseSymbol(code) }));
  const closes = await readCloses(running.stores, [lost!, sound!], Date.parse('2026-11-25T01:00:00Z'));
  expect(closes(lost!)).toBeUndefined();
  expect(closes(sound!)?.close).toBe((await running.stores.bars.read('0103')).close.at(-1));
});

it('a damaged file stops what reads it, and is named', async () => {
  truncateSync(barFile(), 300);
  await expect(readUniverse(running.stores)).rejects.toMatchObject({
    code: 'data.bars-damaged',
    message: expect.stringContaining(barFile()),
  });
});
