import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { paperStartRequestSchema } from '@daytrade/contracts';
import { startBook } from '@daytrade/trading';
import { noiseData, usualSettings } from '@daytrade/trading/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { OwnStrategies } from './own-strategies.ts';

const data = noiseData({ symbols: 3, sessions: 60, seed: 3 });
const input = {
  data,
  parameters: {},
  choose: false,
  settings: usualSettings,
  from: 22,
  to: 60,
  seed: 1,
  conditions: '',
  earlierTrials: new Map<string, number | null>(),
};
const paper = {
  ...paperStartRequestSchema.parse({ strategy: 'steady', by: 'test' }),
  maxPosition: 1e9,
  maxExposure: 1e9,
  maxSessionLoss: 1e9,
  synthetic: false,
};
let folder: string;
let own: OwnStrategies;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'own-strategies-'));
  await mkdir(join(folder, 'strategies'));
  own = new OwnStrategies(folder);
});
afterAll(() => rm(folder, { recursive: true }));

const order = "{ symbol: 0, side: 'buy', shares: 100, type: 'market', time: 'open', closes: true }";

/** Writes a strategy that is asked for orders before each session. */
const write = (name: string, decide: string, before = '') =>
  writeFile(
    join(folder, 'strategies', `${name}.ts`),
    `${before}\nexport default () => ({ summary: 'a test', with: () => (view) => { ${decide} } });\n`,
  );
const backtest = async (name: string, signal = new AbortController().signal) =>
  own.backtest(await own.find(name), { ...input, strategy: name }, { signal });

it('runs the strategy of a file, also by the link of a ConfigMap, without the environment and its secrets', async () => {
  await mkdir(join(folder, 'of-the-map'));
  await write('../of-the-map/steady', `return Object.keys(process.env).length > 0 ? [] : [${order}];`);
  await symlink(join(folder, 'of-the-map', 'steady.ts'), join(folder, 'strategies', 'steady.ts'));
  expect(await backtest('steady')).toMatchObject({ strategy: 'steady', sessions: 38, trades: 38 });
  expect((await own.list()).find(({ name }) => name === 'steady')).toMatchObject({ summary: 'a test', fault: null });
});

it.each([
  ['reads another file', 'readFileSync("/etc/hosts"); return [];', "import { readFileSync } from 'node:fs';"],
  ['starts a program', 'spawnSync("id"); return [];', "import { spawnSync } from 'node:child_process';"],
  ['starts a thread', 'new Worker("1", { eval: true }); return [];', "import { Worker } from 'node:worker_threads';"],
])('refuses a strategy that %s', async (_, decide, imports) => {
  await write('curious', decide, imports);
  await expect(backtest('curious')).rejects.toThrow(
    /^strategies\/curious\.ts:\d+: a file reads no other file and starts no program/,
  );
});

it('names file, line and what is wrong, in the list as well', { tags: ['long'] }, async () => {
  await write('broken', 'return view.nothing();');
  await expect(backtest('broken')).rejects.toThrow('strategies/broken.ts:2: view.nothing is not a function');
  await writeFile(join(folder, 'strategies', 'empty.ts'), 'export const nothing = 1;\n');
  await write('My_Rule', 'return [];');
  expect(Object.fromEntries((await own.list()).map(({ name, fault }) => [name, fault]))).toMatchObject({
    empty: 'strategies/empty.ts: expected a default export that is a function; see docs/strategies.md',
    My_Rule: 'strategies/My_Rule.ts: expected lowercase letters, digits and hyphens',
  });
  await expect(own.find('missing')).rejects.toThrow(/there is no missing in .*; there are always-long, .*broken/);
});

it('trades a strategy on paper by its file, until the file changes', { tags: ['long'] }, async () => {
  await write('steady', `return [${order}];`);
  const file = await own.find('steady');
  const strategy = { name: 'steady', ...(await own.describe(file)) };
  const events = startBook({ ...paper, strategyHash: file.hash }, { by: 'test', at: '' }, strategy);
  const { decide } = await own.ruleOf('steady', file.hash);
  const { orders } = await decide({ events, data, t: 40 });
  expect(orders).toMatchObject([{ symbol: 0, side: 'buy', shares: 100 }]);
  await write('steady', 'return [];');
  await expect(own.ruleOf('steady', file.hash)).rejects.toThrow('steady.ts has changed since the book was started');
});

it('ends one that does not end, when the run is cancelled', async () => {
  await write('endless', 'for (;;);');
  const cancel = new AbortController();
  const running = backtest('endless', cancel.signal);
  const reason = new Error('cancelled by a user');
  setTimeout(() => cancel.abort(reason), 500);
  await expect(running).rejects.toBe(reason);
});
