import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { routes, tradeDateSchema } from '@daytrade/contracts';
import { addSessions, parseTradeDate } from '@daytrade/market';
import { sampleModel, samplePrediction } from '@daytrade/storage/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CommandContext } from '../define-command.ts';
import { watchRun } from '../watch-run.ts';
import { answeringConnection, endedRun } from './answering-services.fixture.ts';
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

describe('what fills a state folder', () => {
  const symbol = {
    symbol: '7203',
    name: '7203',
    sector: null,
    sizeGroup: null,
    tickTable: 'standard',
    lot: 100,
    priceBasis: 'traded',
    synthetic: false,
    firstDate: '2025-01-06',
    lastDate: '2026-11-24',
    bars: 460,
    displaced: false,
  } as const;
  const judgement = { directionSkilled: false, status: 'candidate', soleMember: null };
  const model = (version: string, synthetic: boolean) => ({
    ...sampleModel({ synthetic }),
    ...judgement,
    version,
    artifactHash: 'a',
    artifactBytes: 1,
  });
  const published = { predictions: [], sessionOver: false, unpredicted: [], barsAge: null };
  const prediction = {
    ...samplePrediction(),
    centre: null,
    probabilityUp: null,
    directionSkilled: false,
    late: false,
  };

  interface State {
    readonly symbols?: readonly object[];
    /** The answers about models, one after another; the last one stays. */
    readonly models?: readonly (readonly [models: readonly object[], live: string | null])[];
    readonly predictions?: readonly object[];
    readonly trained?: object;
  }

  /** Fills a folder, and returns what was asked of the services to do, and what was said. */
  async function filled({ symbols = [symbol], models = [[[], null]], predictions = [], trained }: State) {
    const answers = [...models];
    const answering = answeringConnection({
      'GET /v1/symbols': { symbols, barsAge: null },
      'GET /v1/models': () => {
        const [known, live] = answers.length > 1 ? answers.shift()! : answers[0]!;
        return { models: known, live };
      },
      'GET /v1/predictions/latest': { ...published, predictions },
      'POST /v1/predictions': { ...published, leftOut: [] },
      'POST /v1/fetches': { run: endedRun('fetch', {}) },
      'POST /v1/trainings': trained ?? { run: endedRun('training', {}) },
    });
    commands.written();
    const settings = { ...context.settings, DAYTRADE_PROVIDER: 'synthetic' as const };
    const log = new StepLog(context.terminal.stderr);
    await fillEmptyState({ ...context, settings }, answering, log, { synthetic: true });
    const done = answering.requests.filter(([line]) => line.startsWith('POST'));
    return { done, said: commands.written() };
  }
  const lines = async (state: State) => (await filled(state)).done.map(([line]) => line);

  it('is bars, a model and its predictions, where there is nothing', async () => {
    const { done, said } = await filled({
      symbols: [],
      models: [
        [[], null],
        [[model('m1', true)], 'm1'],
      ],
    });
    expect(done).toEqual([
      ['POST /v1/fetches', { provider: 'synthetic', symbols: 40, from: '2023-01-04' }],
      ['POST /v1/trainings'],
      ['POST /v1/predictions'],
    ]);
    expect(said.split('\n').map((line) => line.replace(/ +\d+\.\d s$/, ''))).toEqual([
      '  make synthetic bars',
      '  train',
      '  predict',
      '',
    ]);
  });

  it.each([
    ['a live model without predictions', { models: [[[model('m1', false)], 'm1']] }, ['POST /v1/predictions']],
    ['a live model with predictions', { models: [[[model('m1', false)], 'm1']], predictions: [prediction] }, []],
    ['a model that was never promoted', { models: [[[model('m1', false)], null]] }, []],
    [
      'a live model among others',
      { models: [[[model('m2', false), model('m1', false)], 'm1']] },
      ['POST /v1/predictions'],
    ],
    ['a model of bars of the other kind', { models: [[[model('m1', true)], 'm1']] }, ['POST /v1/trainings']],
    [
      'synthetic bars with their model',
      { symbols: [{ ...symbol, synthetic: true }], models: [[[model('m1', true)], 'm1']] },
      ['POST /v1/predictions'],
    ],
    [
      'a real symbol among synthetic ones',
      { symbols: [symbol, { ...symbol, synthetic: true }], models: [[[model('m1', true)], 'm1']] },
      ['POST /v1/trainings'],
    ],
  ] as const)('is what is lacking beside %s', async (_, state, done) => {
    expect(await lines(state)).toEqual(done);
  });

  const first = parseTradeDate('2025-01-06');
  const lastOf = (sessions: number) => addSessions(first, sessions - 1);

  it.each([
    ['as many sessions as a training needs', [{ ...symbol, lastDate: lastOf(317) }], undefined],
    ['one session fewer', [{ ...symbol, lastDate: lastOf(316) }], 316],
    [
      'sessions of several symbols, from the first to the last',
      [
        { ...symbol, firstDate: lastOf(200), lastDate: lastOf(317) },
        { ...symbol, lastDate: lastOf(100) },
      ],
      undefined,
    ],
    [
      'displaced symbols that have more',
      [
        { ...symbol, lastDate: lastOf(3) },
        { ...symbol, displaced: true },
      ],
      3,
    ],
    [
      'symbols without daily bars that have more',
      [
        { ...symbol, lastDate: lastOf(3) },
        { ...symbol, bars: 0 },
      ],
      3,
    ],
    ['no daily bars', [{ ...symbol, bars: 0 }], 0],
  ])('is no training where too few sessions have bars: %s', async (_, symbols, sessions) => {
    const { done, said } = await filled({ symbols });
    expect(done).toEqual(sessions === undefined ? [['POST /v1/trainings']] : []);
    if (sessions === undefined) expect(said).toMatch(/^ {2}train +\d/);
    else expect(said).toContain(`too little data to train on: ${sessions} sessions, at least 317 are needed; `);
  });

  it('goes on without a model that cannot be trained, and stops for a fault', async () => {
    const failed = (code: string, status: 'failed' | 'cancelled' = 'failed') => ({
      run: endedRun('training', null, { status, error: { code, message: 'it went wrong', details: {} } }),
    });
    expect((await filled({ trained: failed('data.no-bars') })).said).toMatch(/^ {2}not yet +it went wrong; \w/);
    await expect(filled({ trained: failed('run.failed') })).rejects.toMatchObject({ code: 'run.failed' });
    await expect(filled({ trained: failed('service.unreachable') })).rejects.toMatchObject({
      code: 'service.unreachable',
    });
    const broken = () => {
      throw new TypeError('a fault of ours');
    };
    await expect(filled({ trained: broken })).rejects.toThrow(TypeError);
    await expect(filled({ trained: failed('data.no-bars', 'cancelled') })).rejects.toMatchObject({
      code: 'run.cancelled',
    });
  });
});

describe('the log of a start', () => {
  it('returns what a step returns, and has its name and its time in columns', async () => {
    const texts: string[] = [];
    const log = new StepLog({ write: (text: string) => texts.push(text) > 0 });
    expect(await log.step('train', async () => 7)).toBe(7);
    log.note('web page', 'http://127.0.0.1:8080');
    log.note('x'.repeat(40), 'y');
    log.loaded();
    expect(texts[0]).toBe(`  ${'train'.padEnd(36)} ${'0.0 s'.padStart(10)}\n`);
    expect(texts[1]).toBe(`  ${'web page'.padEnd(36)} http://127.0.0.1:8080\n`);
    expect(texts[2]).toBe(`  ${'x'.repeat(40)} y\n`);
    expect(texts[3]).toMatch(/^ {2}load the code +\d+(\.\d)? s\n$/);
    expect(Math.abs(log.totalSeconds * 1_000 - performance.now())).toBeLessThan(1_000);
  });
});
