import { spawnSync } from 'node:child_process';
import { type Run, runAcceptedSchema, runListSchema } from '@daytrade/contracts';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Installation, inContainer } from '../support/installation.ts';
import { stopEverything } from '../support/running-process.ts';

afterAll(stopEverything);

const [unshare, ...options] = inContainer;
const allowed = spawnSync(unshare as string, [...options, 'true']).status === 0;
const ready = z.object({ ready: z.literal(true), data: z.url() });

describe.skipIf(!allowed)('one folder, and containers (skipped where `unshare --pid` is not allowed)', () => {
  it('a second `up` is refused in another container and beside it, and no run of the first is lost', async () => {
    const installation = new Installation('two-containers');
    const up = ['up', '--no-synthetic', '--json'];
    const first = installation.start(up, { within: inContainer });
    const { data } = ready.parse(JSON.parse((await first.until('stdout', /\{.*"ready":true.*\}/))[0]));
    const second = installation.start(up, { within: inContainer });
    const beside = installation.start(up);
    const runs: string[] = [];
    for (const symbols of [2, 3, 4]) {
      const answer = await fetch(`${data}/v1/fetches`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ provider: 'synthetic', symbols, from: '2025-01-06' }),
      });
      runs.push(runAcceptedSchema.parse(await answer.json()).run.id);
    }
    for (const refused of [second, beside]) {
      const { exitCode, stderr } = await refused.finished;
      expect(stderr).toMatch(/in use by process \d+ \(daytrade up\)/);
      expect(exitCode).toBe(4);
    }
    const finished = async () => (await installation.read(runListSchema, 'runs', 'list')).runs;
    await expect.poll(async () => (await finished()).filter(succeeded).length, { timeout: 60_000 }).toBe(runs.length);

    first.pressCtrlC();
    await first.finished;
    const kept = await finished();
    expect(
      kept
        .filter(succeeded)
        .map(({ id }) => id)
        .sort(),
    ).toEqual(runs.sort());
  });
});

function succeeded({ status }: Run): boolean {
  return status === 'succeeded';
}
