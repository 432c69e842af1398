import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseSettings, type Run } from '@daytrade/contracts';
import { createLogger } from '@daytrade/service';
import { newState } from '@daytrade/storage/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CommandContext } from '../define-command.ts';
import type { Terminal } from '../output/terminal.ts';
import { clientsOf, openPlatform, type Platform } from '../platform/open-platform.ts';
import { runsCancelCommand } from './runs.ts';

// The queue is not started: what is queued waits.

let folder: string;
let platform: Platform;
let written: string[];
let context: CommandContext;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'daytrade-cancel-'));
  const settings = { ...parseSettings({}), DAYTRADE_STATE_DIR: await newState(join(folder, 'state')) };
  platform = await openPlatform(settings, createLogger({ level: 'silent' }), 'daytrade tests');
  const connection = { ...clientsOf(platform), sharesFiles: true, close: async () => undefined };
  const stream = { isTTY: false, write: (text: string) => written.push(text) > 0 };
  const terminal = { stdout: stream, stderr: stream } as unknown as Terminal;
  const { signal } = new AbortController();
  const origin = {
    stdin: () => process.stdin,
    settingSources: new Map(),
    settingsFile: join(folder, 'day-trade.toml'),
  };
  context = { terminal, settings, ...origin, json: true, signal, connect: async () => connection };
});
afterAll(async () => {
  await platform.close();
  rmSync(folder, { recursive: true });
});

async function cancel(args: readonly string[], options: object = {}, json = true): Promise<string> {
  written = [];
  await runsCancelCommand.run({ ...context, json }, { args, options: { ...options } });
  return written.join('');
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
