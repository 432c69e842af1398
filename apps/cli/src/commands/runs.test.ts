import type { Run } from '@daytrade/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CommandsOnPlatform, commandsOnPlatform } from '../platform/context.fixture.ts';
import type { Platform } from '../platform/open-platform.ts';
import { runsCancelCommand } from './runs.ts';

let commands: CommandsOnPlatform;
let platform: Platform;

beforeAll(async () => {
  commands = await commandsOnPlatform();
  platform = commands.platform;
});
afterAll(() => commands.close());

async function cancel(args: readonly string[], options: object = {}, json = true): Promise<string> {
  commands.written();
  await runsCancelCommand.run({ ...commands.context, json }, { args, options: { ...options } });
  return commands.written();
}

const statuses = (text: string) =>
  (JSON.parse(text) as { readonly runs: readonly Run[] }).runs.map(({ status }) => status);
const enqueue = (job: string, key: string, payload = {}) =>
  platform.queue.enqueue({ job, key, payload, trigger: 'manual' });

describe('runs cancel', () => {
  it('shows what it would cancel, then cancels the runs of one job, also those that its schedule started', async () => {
    const other = await enqueue('prediction', 'prediction/1');
    for (const seed of [1, 2]) await enqueue('training', `training/${seed}`, { seed });
    await enqueue('training', 'retraining/2026-11-22');
    expect(statuses(await cancel([], { job: 'training', dryRun: true }))).toEqual(['queued', 'queued', 'queued']);
    expect(statuses(await cancel([], { job: 'retraining' }))).toEqual(['cancelled']);
    expect(statuses(await cancel([], { job: 'training' }))).toEqual(['cancelled', 'cancelled']);
    expect(await platform.stores.runs.find(other.id)).toMatchObject({ status: 'queued' });
  });

  it('cancels one run by its id, then everything, and says so in words', async () => {
    const { id } = await enqueue('report', 'report/1');
    expect(await cancel([id], {}, false)).toMatch(new RegExp(`${id} .* report +cancelled`));
    // One that waits for another run is neither queued nor running.
    await platform.queue.enqueue({ job: 'report', key: 'report/2', payload: {}, trigger: 'schedule', waits: true });
    expect(statuses(await cancel([], { all: true }))).toEqual(['cancelled', 'cancelled']);
    expect(await cancel([], { all: true }, false)).toContain('No run is waiting or running.');
  });

  it('refuses what says nothing, too much, or what is not there', async () => {
    await expect(cancel([])).rejects.toMatchObject({ code: 'input.invalid' });
    await expect(cancel(['r1'], { all: true })).rejects.toMatchObject({ code: 'input.invalid' });
    await expect(cancel(['r1'])).rejects.toMatchObject({ code: 'run.not-found' });
    await expect(cancel([], { job: 'trianing' })).rejects.toMatchObject({ code: 'job.unknown' });
  });
});
