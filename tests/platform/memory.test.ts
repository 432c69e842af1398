import { setTimeout as pause } from 'node:timers/promises';
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { predictionListSchema } from '@daytrade/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addSymbol, madeBars, type RunningService, startService } from '../../services/ml-service/src/app.fixture.ts';
import { figure } from '../support/figure.ts';

const megabyte = 2 ** 20;

/**
 * Predictions until the heaps of all threads are as large as they get: measured, they grow until some thousand and then
 * no more.
 */
const warmUp = 5_000;

describe('ten thousand predictions', () => {
  let running: RunningService;
  beforeAll(async () => {
    running = await startService('2024-11-25T01:00:00.000Z');
    for (const seed of [1, 2, 3]) {
      await addSymbol(running.stores, `010${seed}`, madeBars(seed, '2022-08-01', '2024-11-22'));
    }
    const run = await running.runBy('/v1/trainings', { seed: 7 });
    expect(run.error).toBeNull();
  });
  afterAll(() => running.close());

  it('leave the memory as large as it was', async () => {
    await predict(warmUp);
    const grown = await growthOver(10_000);
    // A thousand bytes kept by each prediction would be 10 MB.
    expect(grown.heap).toBeLessThan(4);
    expect(grown.external).toBeLessThan(4);
    // Of the whole process, so also of the thread that predicts and of the database. What the allocator keeps for
    // threads that ran at the same time, on a machine that others use, it keeps once; what is lost grows again.
    const resident = grown.resident < 60 ? grown.resident : (await growthOver(10_000)).resident;
    expect(resident).toBeLessThan(60);
  });

  /** What predictions leave in memory, MB. */
  async function growthOver(count: number): Promise<Memory> {
    const before = await memoryNow();
    const started = performance.now();
    await predict(count);
    const after = await memoryNow();
    figure(`${count} predictions`, (performance.now() - started) / 1000, 's');
    for (const name of ['heap', 'external', 'resident'] as const) {
      figure(`${name} before and after`, `${before[name].toFixed(1)} and ${after[name].toFixed(1)} MB`);
    }
    return {
      heap: after.heap - before.heap,
      external: after.external - before.external,
      resident: after.resident - before.resident,
    };
  }

  /**
   * One in ten is made by the model and published, the others are read: a client asks more often than there is
   * something new.
   */
  async function predict(count: number): Promise<void> {
    for (let i = 0; i < count; i += 1) {
      const answer = i % 10 === 0 ? running.post('/v1/predictions') : running.get('/v1/predictions/latest');
      const { status, body } = await answer;
      if (status !== 200 || predictionListSchema.parse(body).predictions.length !== 3)
        throw new Error(JSON.stringify(body));
    }
  }
});

interface Memory {
  readonly heap: number;
  readonly external: number;
  readonly resident: number;
}

/** What is in use after everything that nobody holds was given back, MB. */
async function memoryNow(): Promise<Memory> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let i = 0; i < 5; i += 1) {
    collect();
    await pause(50);
  }
  const { used_heap_size: heap, external_memory: external } = getHeapStatistics();
  return { heap: heap / megabyte, external: external / megabyte, resident: process.memoryUsage.rss() / megabyte };
}
