import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fetchResultSchema, routes } from '@daytrade/contracts';
import { dateOfDayNumber, parseTradeDate } from '@daytrade/market';
import { SyntheticProvider } from '@daytrade/market-data';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { DistributedPlatform, type Part, type PartName, untilReadiness } from '../support/distributed-platform.ts';

// Bars of this machine come into processes that do not see its folders. Each test goes on where the one before stopped.

const main = join(import.meta.dirname, '..', '..', 'apps', 'cli', 'src', 'main.ts');
const symbols = 10;
/** A column that no reader knows makes every file several parts long. */
const note = 'a'.repeat(2_500);

let platform: DistributedPlatform;
let folder: string;
const parts = new Map<PartName, Part>();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'day-trade-bars-'));
  platform = await DistributedPlatform.start();
  expect((await platform.run('database', 'migrate')).code).toBe(0);
  for (const name of ['ml-service', 'data-service', 'scheduler-service', 'worker'] as const) {
    parts.set(name, await platform.serve(name));
  }
  for (const part of parts.values()) await untilReadiness(part, true, 120);
}, 300_000);
afterAll(async () => {
  await platform.close();
  rmSync(folder, { recursive: true });
});

/** Real bars as far as anything can tell: those of the synthetic exchange as files. */
async function writeBars(name: string): Promise<string> {
  const path = join(folder, name);
  mkdirSync(path);
  const exchange = new SyntheticProvider({
    symbols,
    seed: 11,
    from: parseTradeDate('2023-01-04'),
    to: parseTradeDate('2024-12-27'),
  });
  for (const source of (await exchange.list()).sources) {
    const { times, open, high, low, close, volume } = await exchange.read(source);
    const rows = Array.from(times, (day, row) =>
      [dateOfDayNumber(day), open[row], high[row], low[row], close[row], volume[row], note].join(','),
    );
    const lines = ['date,open,high,low,close,volume,note', ...rows, ''];
    writeFileSync(join(path, `${source.symbol}.csv`), lines.join('\n'));
  }
  return path;
}

/** Runs a command of another machine: it knows the services by their URLs and nothing else. */
async function command(...args: readonly string[]) {
  const urlOf = (name: PartName) => parts.get(name)!.url;
  const child = spawn(process.execPath, [main, ...args], {
    env: {
      PATH: String(process.env.PATH),
      DAYTRADE_SETTINGS_FILE: '/dev/null',
      DAYTRADE_STATE_DIR: join(folder, 'state-of-the-command'),
      DAYTRADE_TOKEN: platform.token,
      DAYTRADE_SERVICES: (['ml', 'data', 'scheduler'] as const)
        .map((name) => `${name}=${urlOf(`${name}-service`)}`)
        .join(','),
    },
  });
  const outputs = Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = (await once(child, 'close')) as [number | null];
  const [stdout, stderr] = await outputs;
  return { code, stdout, stderr };
}

describe('an import of a folder into a cluster', () => {
  it('ends in bars', async () => {
    const { code, stdout, stderr } = await command('import', await writeBars('daily'), '--json');
    expect(code, stderr).toBe(0);
    const result = fetchResultSchema.parse(JSON.parse(stdout));
    expect(result).toMatchObject({ synthetic: false, symbols, barsUnchanged: 0, rowsQuarantined: 0 });
    const list = await parts.get('data-service')!.client.call(routes.symbols);
    expect(list.symbols.every(({ synthetic, lastDate }) => !synthetic && lastDate === '2024-12-27')).toBe(true);
  }, 300_000);

  it('leaves nothing of the uploads behind', async () => {
    const statement = "select key from objects where key like 'uploads/%'";
    await vi.waitFor(async () => expect(await platform.postgres.run('daytrade', statement)).toEqual([]), 10_000);
  });
});
