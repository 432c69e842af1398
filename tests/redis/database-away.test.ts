import { setTimeout as pause } from 'node:timers/promises';
import { type Run, routes } from '@daytrade/contracts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { DistributedPlatform, type Part, type PartName } from '../support/distributed-platform.ts';

/** Longer than the failover of a managed database. */
const awaySeconds = 45;

let platform: DistributedPlatform;
const parts = new Map<PartName, Part>();
const part = (name: PartName) => parts.get(name) as Part;
const findRun = async (id: string) => (await part('scheduler-service').client.call(routes.run, { params: { id } })).run;

async function until(id: string, holds: (run: Run) => boolean): Promise<Run> {
  return await vi.waitFor(
    async () => {
      const run = await findRun(id);
      expect(holds(run), JSON.stringify(run)).toBe(true);
      return run;
    },
    { timeout: 400_000, interval: 100 },
  );
}
const hasEnded = ({ status }: Run) => !['queued', 'running'].includes(status);

beforeAll(async () => {
  platform = await DistributedPlatform.start();
  await platform.run('database', 'migrate', '--wait-seconds', '30');
  for (const name of ['ml-service', 'data-service', 'scheduler-service', 'worker'] as const) {
    parts.set(name, await platform.serve(name));
  }
}, 600_000);
afterAll(() => platform.close());

describe('a database that is away in the middle of a training', () => {
  it(`for ${awaySeconds} s is outlasted by the attempts of the run`, { timeout: 900_000 }, async () => {
    const body = { provider: 'synthetic', symbols: 10, from: '2024-01-04' } as const;
    const fetched = await part('data-service').client.call(routes.startFetch, { body });
    expect(await until(fetched.run.id, hasEnded)).toMatchObject({ status: 'succeeded' });
    const { run } = await part('ml-service').client.call(routes.startTraining, { body: {} });
    const before = await until(run.id, ({ progress }) => (progress?.fraction ?? 0) > 0.02);
    expect(hasEnded(before)).toBe(false);
    await platform.postgres.stop();
    await pause(awaySeconds * 1_000);
    await platform.postgres.start();
    expect(await until(run.id, hasEnded)).toMatchObject({
      status: 'succeeded',
      error: null,
      result: { promoted: true },
    });
    const { models } = await part('ml-service').client.call(routes.models);
    expect(models).toHaveLength(1);
  });
});
