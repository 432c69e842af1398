import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { parseSettings } from '@daytrade/contracts';
import { createLogger } from '@daytrade/service';
import { newState } from '@daytrade/storage/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CommandContext } from '../define-command.ts';
import type { Terminal } from '../output/terminal.ts';
import { clientsOf, openPlatform, type Platform } from '../platform/open-platform.ts';
import { jobsRunCommand } from './jobs.ts';

let folder: string;
let platform: Platform;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'daytrade-run-'));
  const settings = { ...parseSettings({}), DAYTRADE_STATE_DIR: await newState(join(folder, 'state')) };
  platform = await openPlatform(settings, createLogger({ level: 'silent' }), 'daytrade tests');
  await platform.queue.start();
});
afterAll(async () => {
  await platform.close();
  rmSync(folder, { recursive: true });
});

/** Runs a job by a person who answers in a terminal, or by a script, which has none. */
async function runJob(job: string, answer: string | undefined, options: object = {}) {
  let said = '';
  const stdin = Object.assign(new PassThrough(), { isTTY: answer !== undefined, setRawMode: () => stdin });
  stdin.end(`${answer}\n`);
  const write = (text: string) => {
    said += text;
    return true;
  };
  const stream = { isTTY: false, write };
  const context: CommandContext = {
    terminal: { stdout: stream, stderr: stream } as unknown as Terminal,
    settings: parseSettings({}),
    stdin: () => stdin as unknown as NodeJS.ReadStream,
    settingSources: new Map(),
    settingsFile: join(folder, 'day-trade.toml'),
    json: false,
    signal: new AbortController().signal,
    connect: async () => ({ ...clientsOf(platform), sharesFiles: true, close: async () => undefined }),
  };
  const count = async () => (await platform.stores.runs.list({ limit: 100 })).length;
  const before = await count();
  await jobsRunCommand.run(context, { args: [job], options: { payload: '{}', ...options } });
  return { said, started: (await count()) - before };
}

describe('jobs run', () => {
  it('asks before a job that removes something, and starts nothing without a yes', async () => {
    const { said, started } = await runJob('retention', 'no');
    expect(said).toMatch(/retention: Removes runs.*\nRun it now\? \[no\]: .*Nothing was started\./s);
    expect(started).toBe(0);
    expect(await runJob('retention', 'yes')).toMatchObject({ started: 1 });
  });

  it.each([
    ['a script', 'retention', undefined, {}],
    ['--yes', 'retention', 'no', { yes: true }],
    ['a run that only says what it would remove', 'retention', 'no', { payload: '{"dryRun": true}' }],
    ['a job that removes nothing', 'data-update', 'no', {}],
  ])('does not ask %s', async (_, job, answer, options) => {
    const { said, started } = await runJob(job, answer, options);
    expect(said).not.toContain('Run it now?');
    expect(started).toBe(1);
  });
});
