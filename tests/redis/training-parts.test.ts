import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Part } from '../support/distributed-platform.ts';
import { figure } from '../support/figure.ts';
import { TrainingCluster } from '../support/training-cluster.ts';

// Trainings in parts that several worker processes take, on PostgreSQL and Redis.

const bars = { symbols: 5, from: '2024-01-04', to: '2026-06-30', seed: 3, fiveMinuteSessions: 40 } as const;
const main = join(import.meta.dirname, '..', '..', 'apps', 'cli', 'src', 'main.ts');

let cluster: TrainingCluster;
let alone: string;

beforeAll(async () => {
  alone = mkdtempSync(join(tmpdir(), 'day-trade-alone-'));
  cluster = await TrainingCluster.start(bars);
}, 240_000);
afterAll(async () => {
  await cluster.close();
  rmSync(alone, { recursive: true, force: true });
});

/** Trains without servers, in a state folder. @returns the SHA-256 of the model's file */
function trainAlone(): unknown {
  const environment = { ...process.env, DAYTRADE_SETTINGS_FILE: '/dev/null', DAYTRADE_STATE_DIR: alone };
  const run = (...args: readonly string[]) =>
    JSON.parse(execFileSync(process.execPath, [main, ...args, '--json'], { env: environment, encoding: 'utf8' }));
  const { from, to, seed, symbols } = bars;
  const sizes = [
    '--count',
    String(symbols),
    '--seed',
    String(seed),
    '--five-minute-sessions',
    String(bars.fiveMinuteSessions),
  ];
  run('fetch', 'synthetic', '--from', from, '--to', to, ...sizes);
  return run('train', '--seed', '11').artifactHash;
}

/** Parts that a worker began. */
const begun = ({ lines }: Part) => lines.filter(({ msg }) => msg === 'training-part began').length;

describe('a training on several workers', () => {
  let hash: unknown;

  it('gives the bytes of one machine', async () => {
    hash = trainAlone();
    const training = await cluster.startTraining();
    const first = await cluster.ended(training);
    expect(first).toMatchObject({ status: 'succeeded', attempt: 1, result: { artifactHash: hash } });
    const parts = await cluster.partsOf(training);
    expect(parts.length).toBeGreaterThan(4);
    expect(parts.every(({ status }) => status === 'succeeded')).toBe(true);
    const left = await cluster.platform.postgres.run('daytrade', "select key from objects where key like 'parts/%'");
    expect(left).toEqual([]);
  }, 400_000);

  it('gives them also when a worker is killed in the middle of a part, which alone is done again', async () => {
    await cluster.addWorker();
    const { workers } = cluster;
    const before = new Map(workers.map((worker) => [worker, begun(worker)]));
    const training = await cluster.startTraining();
    const isHolder = ({ text }: Part) =>
      text.some((line) => line.includes(training.id) && line.includes('training began'));
    const helper = await vi.waitFor(
      () => {
        expect(workers.some(isHolder)).toBe(true);
        const other = workers.find((worker) => !isHolder(worker))!;
        expect(begun(other)).toBeGreaterThan(before.get(other)!);
        return other;
      },
      { timeout: 120_000, interval: 20 },
    );
    const exit = once(helper.process, 'exit');
    helper.process.kill('SIGKILL');
    await exit;
    const survived = await cluster.ended(training);
    expect(survived).toMatchObject({ status: 'succeeded', attempt: 1, result: { artifactHash: hash } });
    const parts = await cluster.partsOf(training);
    const again = parts.filter(({ attempt }) => attempt > 1);
    figure('parts of the training', parts.length);
    figure('parts that were done again', again.length);
    expect(again).toHaveLength(1);
    expect(parts.every(({ status }) => status === 'succeeded')).toBe(true);
  }, 400_000);
});
