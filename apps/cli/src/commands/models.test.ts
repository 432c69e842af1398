import { type Importance, importanceSchema, type JudgedModel } from '@daytrade/contracts';
import { sampleModel } from '@daytrade/storage/testing';
import { describe, expect, it } from 'vitest';
import { runLine } from '../platform/answering-services.fixture.ts';

const model: JudgedModel = {
  ...sampleModel({ synthetic: false }),
  version: 'm2',
  status: 'live',
  artifactHash: 'a'.repeat(64),
  artifactBytes: 1_234_567,
  soleMember: null,
  directionSkilled: false,
};
const older: JudgedModel = {
  ...model,
  version: 'm1',
  status: 'retired',
  synthetic: true,
  coverage: null,
  meanWidthBp: null,
  soleMember: 'ridge',
};

describe('models list', () => {
  const list = async (models: readonly JudgedModel[]) =>
    (await runLine(['models', 'list'], { 'GET /v1/models': { models, live: null } })).out;

  it('shows what each was trained on, and which have one member in effect', async () => {
    expect(
      await list([model, older]),
    ).toBe(`version  status   made (JST)        trained to    rows  coverage   width  data
m2       live     2026-11-24 16:00  2026-11-24  50,000    93.1 %  621 bp  dddddddd
m1       retired  2026-11-24 16:00  2026-11-24  50,000         –       –  synthetic dddddddd

m1: one member carries all the weight: ridge
`);
    expect((await list([model])).split('\n')).toHaveLength(3);
  });

  it('says how to train where there is none', async () => {
    expect(await list([])).toBe('No model has been trained yet: daytrade train\n');
  });
});

describe('models show', () => {
  const show = async (answer: object) => (await runLine(['models', 'show', 'm2'], { 'GET /v1/models/m2': answer })).out;
  const activation = { at: '2026-11-24T07:30:00.000Z', version: 'm2', previous: 'm1', action: 'promote', by: null };

  it('shows training, results, members, and when it was live', async () => {
    const activations = [activation, { ...activation, previous: null, action: 'rollback' }];
    expect(await show({ model, activations })).toBe(`m2  live
  trained        2026-11-24 16:00 JST in 1 min 02 s, seed 1
  bars           2021-01-04 to 2026-11-24, 40 symbols, 50,000 rows x 64 features
  data hash      ${'d'.repeat(64)}
  artifact hash  ${'a'.repeat(64)} (1,234,567 bytes)
  out of sample  coverage 93.1 %, width 621 bp, Winkler 801 bp, hit rate –
  direction      no skill measured
  members        leaf-wise (0.400), ensemble
  made live      2026-11-24 16:30 JST, promote, before it m1
  made live      2026-11-24 16:30 JST, rollback, before it none
`);
  });

  it('marks synthetic bars, own files and a sole member', async () => {
    const own = [`features/close-place.ts ${'c'.repeat(64)}`, `members/last-rank.ts ${'e'.repeat(64)}`];
    const said = await show({ model: { ...older, directionSkilled: true }, own, activations: [] });
    expect(said).toMatch(/^m1 {2}retired {2}SYNTHETIC bars\n/);
    expect(said).toContain('\n  direction      skill measured\n');
    expect(said).toContain('\n  own files      features/close-place.ts cccccccc…, members/last-rank.ts eeeeeeee…\n');
    expect(said).toContain('\n  ensemble       one member carries all the weight: ridge\n');
  });
});

describe('models promote and rollback', () => {
  it.each([
    ['m1', 'm2 is live; before it: m1\n'],
    [null, 'm2 is live; before it: none\n'],
    ['m2', 'm2 was live already.\n'],
  ])('after %s says what is live', async (previous, said) => {
    const { out, requests } = await runLine(['models', 'promote', 'm2'], {
      'POST /v1/models/m2/promotion': { model, previous },
    });
    expect(out).toBe(said);
    expect(requests).toHaveLength(1);
  });

  it.each([
    ['m3', [], 'm2 is live again; before: m3\n'],
    [
      null,
      [{ version: 'm1', reason: 'm1: its file is damaged' }],
      'm2 is live again; before: none\n  passed over: m1: its file is damaged\n',
    ],
  ])('rolls back from %s, and names what it passed over', async (previous, passedOver, said) => {
    const answer = { model, previous, passedOver };
    const { out } = await runLine(['models', 'rollback'], {
      'POST /v1/models/rollback': answer,
    });
    expect(out).toBe(said);
  });
});

const feature = (index: number) => ({ name: `feature_${index}`, centreBp: -0.5, logScale: 0.01 * index });
const importance: Importance = importanceSchema.parse({
  version: 'm2',
  synthetic: false,
  lastSession: '2026-11-24',
  symbols: 40,
  demoted: false,
  features: Array.from({ length: 16 }, (_, index) => ({
    ...feature(index + 1),
    group: 'price',
    description: 'a price',
    centreGain: 0.25,
    scaleGain: 0.125,
  })),
  forecast: null,
});

describe('models explain', () => {
  const explain = (words: readonly string[], answer: Importance, live: string | null = 'm2') =>
    runLine(['models', 'explain', ...words], {
      'GET /v1/models': { models: [model], live },
      'GET /v1/models/m2/importance': answer,
    });

  it('explains the live model, by its first fifteen features', async () => {
    const { out, requests } = await explain([], importance);
    expect(requests).toEqual([['GET /v1/models'], ['GET /v1/models/m2/importance']]);
    const [heading, , head, first, ...others] = out.split('\n');
    expect(heading).toBe('m2: forecasts of 40 symbols after 2026-11-24');
    expect(head).toMatch(/^feature +width +centre +gain, width +gain, centre +what it is$/);
    expect(first).toMatch(/^feature_1 +1\.0 % +-0\.50 bp +12\.5 % +25\.0 % +a price$/);
    expect(others.filter((line) => line.startsWith('feature_'))).toHaveLength(14);
    expect(out).not.toContain('demoted');
    expect(out).not.toContain('has no forecast');
  });

  it('explains the version and the symbol that are named', async () => {
    const contributions = Array.from({ length: 17 }, (_, index) => feature(index + 1));
    const total = 0.01 * ((17 * 18) / 2);
    const forecast = { symbol: '7203', centreBaseBp: 2, centreTotalBp: -6.5, logScaleBase: -0.5, contributions };
    const whole = { ...importance, demoted: true, forecast: { ...forecast, logScaleTotal: total - 0.5 } };
    const { out, requests } = await explain(['m2', '--symbol', '7203'], whole);
    expect(requests).toEqual([['GET /v1/models/m2/importance?symbol=7203']]);
    expect(out).toContain('\nThe ensemble is demoted: ');
    const table = out.slice(out.indexOf('\n7203 ') + 1).trimEnd();
    const row = (number: number) => `feature_${number} `.padEnd(15) + `+${number}.00`.padStart(14);
    const rows = Array.from({ length: 15 }, (_, index) => `${row(17 - index)}      -0.50`);
    expect(table.split('\n')).toEqual([
      '7203           ln width x 100  centre bp',
      'nothing known          -50.00      +2.00',
      ...rows,
      '2 others                +3.00      -1.00',
      'together              +103.00      -6.50',
    ]);
  });

  it('says when the named symbol has no forecast, and when no model is live', async () => {
    expect((await explain(['--symbol', '7203'], importance)).out).toContain(
      '\n7203 has no forecast after 2026-11-24: it has no bar there.\n',
    );
    await expect(explain([], importance, null)).rejects.toMatchObject({
      code: 'model.none-live',
      message: 'no model is live: train one, or name a version',
    });
  });
});
