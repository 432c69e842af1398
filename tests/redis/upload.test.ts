import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fetchResultSchema, routes } from '@daytrade/contracts';
import { dateOfDayNumber, parseTradeDate } from '@daytrade/market';
import { SyntheticProvider } from '@daytrade/market-data';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { DistributedPlatform, type Part, type PartName, untilReadiness } from '../support/distributed-platform.ts';

// Bars of this machine come into processes that do not see its folders. Each test goes on where the one before stopped.

const main = join(import.meta.dirname, '..', '..', 'apps', 'cli', 'src', 'main.ts');
const symbols = 10;
/** A column that no reader knows makes every file several parts long. */
const notesBytes = 2_500;

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
async function writeBars(name: string, note: string): Promise<string> {
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

interface Command {
  readonly process: ChildProcess;
  /** Resolves with the megabytes of the first line about what was sent. */
  readonly firstLine: Promise<number>;
  readonly ended: Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }>;
}

/** A command of another machine: it knows the services by their URLs and nothing else. */
function command(...args: readonly string[]): Command {
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
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (text) => (stdout += String(text)));
  const firstLine = new Promise<number>((resolve) => {
    child.stderr.on('data', (text) => {
      stderr += String(text);
      const found = /sending files: (\d+\.\d) of/.exec(stderr);
      if (found !== null) resolve(Number(found[1]));
    });
  });
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, stdout, stderr }));
  return { process: child, firstLine, ended };
}

async function killed({ process: child }: Pick<Part, 'process'>): Promise<void> {
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}

describe('an import of a folder into a cluster', () => {
  it('is repeated after the data service was killed in the middle, and ends in bars', async () => {
    const path = await writeBars('daily', 'a'.repeat(notesBytes));
    const sending = command('import', path, '--json');
    await sending.firstLine;
    const service = parts.get('data-service')!;
    await killed(service);
    expect((await sending.ended).code).toBe(5);
    parts.set('data-service', await platform.serve('data-service', {}, new URL(service.url).port));
    const { code, stdout, stderr } = await command('import', path, '--json').ended;
    expect(code, stderr).toBe(0);
    const result = fetchResultSchema.parse(JSON.parse(stdout));
    expect(result).toMatchObject({ synthetic: false, symbols, barsUnchanged: 0, rowsQuarantined: 0 });
    const list = await parts.get('data-service')!.client.call(routes.symbols);
    expect(list.symbols.every(({ synthetic, lastDate }) => !synthetic && lastDate === '2024-12-27')).toBe(true);
    console.info(
      `sent: ${stderr
        .split('\n')
        .filter((line) => line.includes('sending'))
        .at(-1)}`,
    );
  }, 300_000);

  it('goes on where it stopped when the command itself was killed', async () => {
    const path = await writeBars('again', 'b'.repeat(notesBytes));
    const first = command('import', path, '--json');
    const sentFirst = await first.firstLine;
    await killed(first);
    const second = command('import', path, '--json');
    expect(await second.firstLine).toBeGreaterThan(sentFirst);
    const { code, stdout, stderr } = await second.ended;
    expect(code, stderr).toBe(0);
    expect(fetchResultSchema.parse(JSON.parse(stdout))).toMatchObject({ symbols, barsAdded: 0, barsChanged: 0 });
  }, 300_000);

  it('leaves nothing of the uploads behind', async () => {
    const statement = "select key from objects where key like 'uploads/%'";
    await vi.waitFor(async () => expect(await platform.postgres.run('daytrade', statement)).toEqual([]), 10_000);
  });
});
