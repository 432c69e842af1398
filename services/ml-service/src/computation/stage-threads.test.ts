import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import { noisePanel } from '@daytrade/series/testing';
import { afterEach, expect, it } from 'vitest';
import { StageThreads } from './stage-threads.ts';

const begun: Worker[] = [];
const note = (worker: Worker) => void begun.push(worker);

afterEach(() => {
  process.off('worker', note);
});

it('the threads of a stage end before those of the next begin, and all with the computation', {
  tags: ['long'],
}, async () => {
  process.on('worker', note);
  const threads = new StageThreads(2);
  const panel = noisePanel({ symbolCount: 2, sessionCount: 40, seed: 1 });
  const [dataset] = await Promise.all([threads.run('features', panel), threads.run('features', panel)]);
  expect(begun).toHaveLength(2);
  const ends = begun.map((worker) => once(worker, 'exit'));
  const fold = { trainFrom: 0, trainTo: 39, predictFrom: 39, predictTo: 39 };
  await threads.run('fold', { dataset, fold, members: [], seed: 1, keepModels: false });
  await Promise.all(ends);
  expect(begun).toHaveLength(3);
  const end = once(begun[2]!, 'exit');
  await threads.close();
  await end;
});
