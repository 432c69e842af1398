import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { parseSettings } from '@daytrade/contracts';
import { clockAt } from '@daytrade/jobs/testing';
import { createLogger } from '@daytrade/service';
import { afterAll, expect, it } from 'vitest';
import { startDataService } from '../data-service.fixture.ts';
import { dailyBarsIn, updateBars } from './data-update.ts';

const instant = '2026-11-27T07:00:00Z';
const running = await startDataService(instant);
afterAll(() => running.close());

const dependencies = {
  settings: parseSettings({}),
  version: '1.2.3',
  stores: running.stores,
  queue: running.queue,
  clock: clockAt(() => Date.parse(instant)),
  logger: createLogger({ level: 'silent' }),
};
const header = 'date,open,high,low,close,volume\n';
const day = (date: string) => `${date},1000,1010,990,1005,100\n`;

/** Imports a folder of one symbol; its files changed at an instant. */
async function folderOf(name: string, code: string, changed: string): Promise<string> {
  const folder = await running.folderWith(name, { [`${code}.csv`]: header + day('2026-11-24') });
  await running.importBars(folder);
  for (const path of [join(folder, `${code}.csv`), folder]) utimesSync(path, new Date(changed), new Date(changed));
  return folder;
}

async function update(until?: number, signal = new AbortController().signal) {
  const told: { readonly fraction: number; readonly message: string }[] = [];
  const progress = ({ fraction = -1, message = '' }) => void told.push({ fraction, message });
  const result = await updateBars(dependencies, { signal, progress }, until);
  const reached = told.filter(({ message }) => /^[01] of 1/.test(message)).map(({ fraction }) => fraction);
  return { ...result, reached: [...new Set(reached)] };
}

it('an update reads sources that changed, shares its progress between them, and goes on after a failure', async () => {
  const one = await folderOf('one', '7203', '2026-11-28T00:00:00Z');
  const other = await folderOf('other', '6501', '2026-11-28T00:00:00Z');
  const sources = [one, other].sort();
  const updated = sources.map((source) => ({
    source,
    barsAdded: 0,
    barsChanged: 0,
    intradayBars: 0,
    rowsQuarantined: 0,
  }));
  expect(await update()).toEqual({ updated, unchanged: [], failed: [], reached: [0, 0.5, 1] });
  expect(await update(0.8)).toMatchObject({ updated, reached: [0, 0.4, 0.8] });
  utimesSync(join(one, '7203.csv'), new Date('2026-11-26'), new Date('2026-11-26'));
  utimesSync(one, new Date('2026-11-26'), new Date('2026-11-26'));
  expect(await update()).toMatchObject({ updated: [{ source: other }], unchanged: [one], failed: [] });
  await running.folderWith('other', { '6501.csv': 'what is this' });
  utimesSync(join(other, '6501.csv'), new Date('2026-11-28'), new Date('2026-11-28'));
  expect(await update()).toMatchObject({
    updated: [],
    unchanged: [one],
    failed: [{ source: other, code: 'data.file-unreadable', message: expect.stringContaining('6501.csv') }],
  });
  await expect(update(1, AbortSignal.abort())).rejects.toMatchObject({ code: 'run.cancelled' });
  await running.folderWith('one', { '7203.csv': 'what is this' });
  utimesSync(join(one, '7203.csv'), new Date('2026-11-28'), new Date('2026-11-28'));
  await expect(update()).rejects.toMatchObject({ code: 'data.file-unreadable' });
});

it.each([
  [[], 0],
  [[{ barsAdded: 5, barsChanged: 2, intradayBars: 0 }], 7],
  [[{ barsAdded: 5, barsChanged: 2, intradayBars: 7 }], 0],
  [
    [
      { barsAdded: 5, barsChanged: 2, intradayBars: 3 },
      { barsAdded: 1, barsChanged: 1 },
    ],
    6,
  ],
])('of the updates %j daily bars are %d', (updates, bars) => {
  const updated = updates.map((one) => ({ source: 'csv', rowsQuarantined: 0, ...one }));
  expect(dailyBarsIn({ updated, unchanged: [], failed: [] })).toBe(bars);
});
