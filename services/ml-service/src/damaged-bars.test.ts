import { truncateSync } from 'node:fs';
import { join } from 'node:path';
import { parseSymbol, parseTradeDate, previousSession } from '@daytrade/market';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addSymbol, madeBars, type RunningService, startService } from './app.fixture.ts';
import { readCloses } from './predictions/judge.ts';
import { readHashedUniverse } from './universe.ts';

let running: RunningService;
beforeAll(async () => {
  running = await startService('2026-11-25T01:00:00Z');
  for (const [index, symbol] of ['0101', '0102', '0103'].entries()) {
    await addSymbol(running.stores, symbol, madeBars(index + 1, '2026-06-01', '2026-11-24'));
  }
});
afterAll(() => running.close());

const barFile = (symbol: string) => join(running.folder, 'state', 'bars', '1d', `${symbol}.parquet`);

it('a damaged file leaves its symbol out of what is trained, judged and predicted on, and is named', async () => {
  const whole = await readHashedUniverse(running.stores, ['0101', '0103']);
  truncateSync(barFile('0102'), 300);
  const universe = await readHashedUniverse(running.stores);
  expect(universe.records.map(({ symbol }) => symbol)).toEqual(['0101', '0103']);
  expect(universe.dataHash).toBe(whole.dataHash);
  expect(universe.panel.symbols.map(({ symbol }) => symbol)).toEqual(['0101', '0103']);
  expect(universe.leftOut).toMatchObject([{ symbol: '0102', message: expect.stringContaining(barFile('0102')) }]);
  const session = parseTradeDate('2026-11-24');
  const predicted = { session, lastSession: previousSession(session), lastClose: 1000, priceBasis: 'traded' } as const;
  const [damaged, sound] = ['0102', '0103'].map((code) => ({ ...predicted, symbol: parseSymbol(code) }));
  const closes = await readCloses(running.stores, [damaged!, sound!], Date.parse('2026-11-25T01:00:00Z'));
  expect(closes(damaged!)).toBeUndefined();
  expect(closes(sound!)?.close).toBe((await running.stores.bars.read('0103')).close.at(-1));
});

it('with no symbol left the error says what to do', async () => {
  truncateSync(barFile('0101'), 300);
  truncateSync(barFile('0103'), 300);
  await expect(readHashedUniverse(running.stores)).rejects.toMatchObject({
    code: 'data.bars-damaged',
    message: expect.stringMatching(/0101: .*; 0102: .*; 0103: /),
  });
});
