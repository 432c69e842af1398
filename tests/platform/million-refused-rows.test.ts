import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fetchResultSchema, quarantineListSchema } from '@daytrade/contracts';
import { dateOfDayNumber, dayNumber, parseTradeDate } from '@daytrade/market';
import { afterAll, expect, it } from 'vitest';
import { figure } from '../support/figure.ts';
import { Installation } from '../support/installation.ts';
import { stopEverything, temporaryFolder } from '../support/running-process.ts';
import { slowdown } from '../support/slowdown.ts';
import { barHeader } from './made-bars.ts';

type RunningPlatform = { readonly data: string };

const rows = 1_000_000;
/** On a quiet machine. */
const longestMs = 250;

afterAll(stopEverything);

it('a million refused rows are counted, and /healthz answers meanwhile', async () => {
  const folder = temporaryFolder('million-refused-rows');
  writeFileSync(join(folder, '7203.T.csv'), manyBadRows());
  const installation = new Installation('million-refused-rows');
  await installation.start(['up', '--json'], { timeoutSeconds: 400 }).until('stdout', /"ready":true/);
  const { data } = JSON.parse(readFileSync(join(installation.stateFolder, 'running.json'), 'utf8')) as RunningPlatform;
  const ask = async (path: string) => {
    const started = performance.now();
    expect((await fetch(`${data}${path}`)).status).toBe(200);
    return performance.now() - started;
  };
  for (let warm = 0; warm < 20; warm += 1) await ask('/healthz');
  let longest = 0;
  let busy = true;
  const watch = async () => {
    for (; busy; await pause(20)) longest = Math.max(longest, await ask('/healthz'));
  };
  const watching = watch();
  const imported = await installation.daytrade('import', folder, '--json');
  const list = await ask('/v1/quarantine?limit=3');
  busy = false;
  await watching;
  const times = slowdown();
  figure('longest /healthz while a million rows are refused', longest, 'ms');
  figure('GET /v1/quarantine afterwards', list, 'ms');
  figure('seconds for a second of a processor', times);
  const result = fetchResultSchema.parse(JSON.parse(imported.stdout));
  expect(result).toMatchObject({ rowsRead: rows + 1, rowsQuarantined: rows, barsAdded: 1 });
  const quarantine = await installation.read(quarantineListSchema, 'quarantine', 'list', '--limit', '10000');
  expect(quarantine).toMatchObject({ total: rows, counts: [{ reason: 'price-not-positive', rows }] });
  expect(quarantine.quarantine).toHaveLength(1_000);
  expect(Math.max(longest, list) / times).toBeLessThan(longestMs);
});

/** One good row, then rows without a price, in the order of their days. */
function manyBadRows(): string {
  const first = dayNumber(parseTradeDate('2016-01-04'));
  const days = Array.from({ length: 3_000 }, (_, day) => dateOfDayNumber(first + day));
  const lines = [barHeader, '2016-01-04,1000,1010,990,1005,100'];
  for (let row = 0; row < rows; row += 1) lines.push(`${days[Math.floor((row * days.length) / rows)]},0,0,0,0,100`);
  return `${lines.join('\n')}\n`;
}
