import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CommandsOnPlatform, commandsOnPlatform } from '../platform/context.fixture.ts';
import { jobsRunCommand } from './jobs.ts';

let commands: CommandsOnPlatform;

beforeAll(async () => {
  commands = await commandsOnPlatform();
  await commands.platform.queue.start();
});
afterAll(() => commands.close());

/** Runs a job by a person who answers in a terminal, or by a script, which has none. */
async function runJob(job: string, answer: string | undefined, options: object = {}) {
  const stdin = Object.assign(new PassThrough(), { isTTY: answer !== undefined, setRawMode: () => stdin });
  stdin.end(`${answer}\n`);
  const context = { ...commands.context, stdin: () => stdin as unknown as NodeJS.ReadStream };
  const count = async () => (await commands.platform.stores.runs.list({ limit: 100 })).length;
  const before = await count();
  await jobsRunCommand.run(context, { args: [job], options: { payload: '{}', ...options } });
  return { said: commands.written(), started: (await count()) - before };
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
