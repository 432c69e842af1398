import { afterAll, beforeAll, expect, it } from 'vitest';
import { figure } from '../support/figure.ts';
import { TrainingCluster } from '../support/training-cluster.ts';

// How much faster two workers train than one: for `npm run bench -- workers`, which sets DAYTRADE_FULL_MEASURE.

const isMeasured = process.env.DAYTRADE_FULL_MEASURE === '1';
const bars = { symbols: 120, from: '2016-01-04', to: '2026-06-30', seed: 3, fiveMinuteSessions: 0 } as const;

let cluster: TrainingCluster;
beforeAll(async () => {
  if (isMeasured) cluster = await TrainingCluster.start(bars);
}, 600_000);
afterAll(() => cluster?.close());

/** Seconds from the request of a training to its end, and the SHA-256 of its model's file. */
async function measured(): Promise<{ readonly seconds: number; readonly hash: unknown }> {
  const started = performance.now();
  const ended = await cluster.ended(await cluster.startTraining());
  expect(ended.status).toBe('succeeded');
  return { seconds: (performance.now() - started) / 1_000, hash: ended.result?.artifactHash };
}

it.runIf(isMeasured)(
  'two workers with a thread each train to the bytes of one',
  async () => {
    const { symbols, from, to } = bars;
    figure('bars:', `${symbols} symbols from ${from} to ${to}`);
    // Each worker has copied the bars before it is measured.
    await measured();
    const one = await measured();
    await cluster.addWorker();
    await measured();
    const two = await measured();
    expect(two.hash).toBe(one.hash);
    figure('one worker:', one.seconds, 's');
    figure('two workers:', two.seconds, 's');
  },
  1_800_000,
);
