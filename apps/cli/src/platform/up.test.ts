import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { routes, tradeDateSchema } from '@daytrade/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CommandContext } from '../define-command.ts';
import { watchRun } from '../watch-run.ts';
import type { Connection } from './connect.ts';
import { type CommandsOnPlatform, commandsOnPlatform } from './context.fixture.ts';
import { fillEmptyState, StepLog } from './up.ts';

let commands: CommandsOnPlatform;
let folder: string;
let connection: Connection;
let context: CommandContext;

beforeAll(async () => {
  commands = await commandsOnPlatform();
  ({ folder, connection, context } = commands);
  await commands.platform.queue.start();
});
afterAll(() => commands.close());

async function fill(options: { readonly synthetic: boolean }): Promise<string> {
  commands.written();
  await fillEmptyState(context, connection, new StepLog(context.terminal.stderr), options);
  return commands.written();
}

async function jobsRun(): Promise<string[]> {
  return (await connection.scheduler.call(routes.runs)).runs.map(({ job }) => job);
}

// One story on one state folder: nothing, then a few real bars, then a model of synthetic ones beside them.

describe('without bars, when the settings name a provider of real ones', () => {
  it('makes none, and says what brings them', async () => {
    const settings = { ...context.settings, DAYTRADE_PROVIDER: 'jquants' as const };
    commands.written();
    await fillEmptyState({ ...context, settings }, connection, new StepLog(context.terminal.stderr), {
      synthetic: true,
    });
    expect(commands.written()).toMatch(/no bars yet +daytrade fetch brings those of jquants/);
    expect(await jobsRun()).toEqual([]);
  });
});

describe('without bars, when no synthetic ones are wanted', () => {
  it('does nothing', async () => {
    expect(await fill({ synthetic: false })).toBe('');
    expect(await jobsRun()).toEqual([]);
  });
});

describe('with too few real bars to train on', () => {
  beforeAll(async () => {
    const bars = join(folder, 'bars');
    mkdirSync(bars);
    const rows = ['2025-01-06', '2025-01-07', '2025-01-08'].map((date) => `${date},1000,1010,990,1005,100000`);
    writeFileSync(join(bars, '7203.csv'), ['date,open,high,low,close,volume', ...rows, ''].join('\n'));
    commands.written();
    const { run } = await connection.data.call(routes.startFetch, { body: { provider: 'csv', folder: bars } });
    await watchRun(context, connection, run, 'import');
  });

  it('says what is missing without a run that fails, and the start goes on', async () => {
    expect(await fill({ synthetic: true })).toMatch(/not yet .*too little data to train on: 3 sessions, at least 317/);
    expect(await jobsRun()).toEqual(['fetch']);
  });

  it('does not take a model of synthetic bars for one of theirs', async () => {
    const at = '2025-01-08T08:00:00.000Z';
    const bars = {
      trainedFrom: tradeDateSchema.parse('2023-01-04'),
      trainedTo: tradeDateSchema.parse('2025-01-08'),
      symbols: 1,
      rows: 1,
      features: 1,
    };
    const judgement = { coverage: null, meanWidthBp: null, winklerBp: null, hitRate: null };
    const record = { createdAt: at, synthetic: true, seed: 1, dataHash: '', trainingSeconds: 1, members: [] };
    const { version } = await commands.platform.stores.models.register(
      { ...record, ...bars, ...judgement },
      new Uint8Array(8),
    );
    await commands.platform.stores.models.promote(version, 'promote', at);

    expect(await fill({ synthetic: true })).toMatch(/not yet .*too little data/);
    expect((await connection.ml.call(routes.models)).live).toBe(version);
  });
});
