// @module-tag long
import {
  accuracySchema,
  auditResultSchema,
  evaluationAnswerSchema,
  importanceSchema,
  type Model,
  modelDetailSchema,
  modelListSchema,
  type Prediction,
  predictionHistorySchema,
  predictionSchema,
  problemSchema,
  promotionSchema,
  type Run,
  rollbackSchema,
} from '@daytrade/contracts';
import { nextSession, parseSymbol, parseTradeDate } from '@daytrade/market';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { type Answer, addSymbol, madeBars, type RunningService, registerAgain, startService } from './app.fixture.ts';

const symbols = Array.from({ length: 6 }, (_, index) => String(101 + index).padStart(4, '0'));
const [firstSymbol] = symbols as [string];
/** As few sessions as an evaluation of 60 needs. */
const range = ['2024-06-03', '2026-11-24'] as const;
/** Wednesday, 08:30 in Japan, before the open: the last closed session is 2026-11-24. */
const morning = '2026-11-24T23:30:00.000Z';
const later = '2026-11-24T23:45:00.000Z';

let running: RunningService;
beforeAll(async () => {
  running = await startService(morning);
});
afterAll(() => running.close());

const modelList = () => running.read(modelListSchema, '/v1/models');
const newestEvaluation = async () => (await running.read(accuracySchema, '/v1/accuracy')).evaluation!;

function expectProblem({ status, body }: Answer, expected: number, code: string, words: RegExp): void {
  const problem = problemSchema.parse(body);
  expect([status, problem.status, problem.code]).toEqual([expected, expected, code]);
  expect(`${problem.detail} ${problem.remedy}`).toMatch(words);
}

// The suites below are one story on one state: nothing, bars, a model, the close of the predicted session.

describe('without bars', () => {
  it('lists nothing', async () => {
    expect((await running.get('/v1/models')).body).toEqual({ models: [], live: null });
    expect(await running.latest()).toEqual({ predictions: [], sessionOver: false, unpredicted: [], barsAge: null });
    const live = { judged: 0, coverage: null, firstSession: null };
    expect(await running.read(accuracySchema, '/v1/accuracy')).toMatchObject({ target: 0.93, evaluation: null, live });
  });

  it('answers with the remedy what it cannot do yet, and fails a training at its first attempt', async () => {
    expectProblem(await running.post('/v1/predictions'), 409, 'data.no-bars', /daytrade import FOLDER/);
    expectProblem(await running.get('/v1/evaluations/none'), 404, 'evaluation.none', /daytrade evaluate/);
    expectProblem(await running.post('/v1/models/rollback'), 409, 'model.none-live', /daytrade train/);
    const run = await running.runJob('training', {});
    expect(run).toMatchObject({ status: 'failed', attempt: 1, error: { code: 'data.no-bars' } });
  });
});

describe('with bars and no model', () => {
  beforeAll(async () => {
    for (const [index, symbol] of symbols.entries()) {
      await addSymbol(running.stores, symbol, madeBars(index + 1, ...range));
    }
  });

  it('refuses to predict, and names unknown symbols', async () => {
    expectProblem(await running.post('/v1/predictions'), 409, 'model.none-live', /daytrade train/);
    const answer = await running.post('/v1/predictions', { symbols: ['0101', '0130', '9999'] });
    expectProblem(answer, 404, 'data.symbol-unknown', /no bars for 0130, 9999; there are bars for 6 symbols/);
    expectProblem(await running.get('/v1/predictions/history/9999'), 404, 'data.symbol-unknown', /9999/);
  });

  it.each(['training', 'evaluation'])('says of a short %s how many sessions are needed', async (job) => {
    const split = { priceBasis: 'split-adjusted' } as const;
    await addSymbol(running.stores, '0190', madeBars(90, '2026-06-01', '2026-11-24'), split);
    const { error } = await running.runBy(`/v1/${job}s`, { symbols: ['0190'] });
    const message = expect.stringMatching(/\d+ sessions, at least \d+ are needed/) as string;
    expect(error).toMatchObject({ code: 'training.too-little-data', message });
  });
});

describe('after a training', () => {
  let run: Run;
  let model: Model;
  let predictions: readonly Prediction[];

  beforeAll(async () => {
    run = await running.runBy('/v1/trainings', { seed: 7, symbols });
    expect(run.error).toBeNull();
    const { models, live } = await modelList();
    model = models.find(({ version }) => version === live) as Model;
    predictions = await running.publish();
  });

  it('has registered the model, made it live and judged it out of sample', async () => {
    expect(run).toMatchObject({ status: 'succeeded', result: { modelVersion: model.version, promoted: true } });
    const dataHash = await running.stores.bars.dataHash(symbols);
    const [trainedFrom, trainedTo] = range;
    const trained = { status: 'live', synthetic: true, seed: 7, symbols: 6, trainedFrom, trainedTo, dataHash };
    expect(model).toMatchObject(trained);
    const { activations } = await running.read(modelDetailSchema, `/v1/models/${model.version}`);
    expect(activations).toEqual([
      { at: morning, version: model.version, previous: null, action: 'automatic', by: null },
    ]);
    const evaluation = await newestEvaluation();
    const { coverage } = model;
    const id = run.result?.evaluationId;
    expect(evaluation).toMatchObject({ id, synthetic: true, symbols: 6, to: trainedTo, coverage });
    expect(evaluation.bySymbol.map(({ name }) => name)).toContain('架空0101');
    const accuracy = await running.read(accuracySchema, '/v1/accuracy');
    expect(accuracy.evaluation).toEqual(evaluation);
    const lists = { series: [], bySymbol: [], models: [], buckets: [] };
    const summary = await running.read(accuracySchema, '/v1/accuracy?summary=true');
    expect(summary).toEqual({ ...accuracy, evaluation: { ...evaluation, ...lists } });
  });

  it('predicts the session after the newest bar for every symbol that has one', () => {
    expect(predictions.map(({ symbol }) => symbol)).toEqual([...symbols, '0190']);
    for (const prediction of predictions) {
      expect(() => predictionSchema.strict().parse(prediction)).not.toThrow();
      expect(prediction).toMatchObject({
        lastSession: range[1],
        session: nextSession(parseTradeDate(range[1])),
        coverage: 0.93,
        modelVersion: model.version,
        madeAt: morning,
        synthetic: true,
        name: `架空${prediction.symbol}`,
        priceBasis: prediction.symbol === '0190' ? 'split-adjusted' : 'traded',
      });
    }
  });

  it('keeps what is published: a second request changes nothing, and is not counted', async () => {
    running.setClock(later);
    expect(await running.publish()).toEqual(predictions);
    expect((await running.runJob('prediction')).result).toMatchObject({ predictions: 7, added: 0 });
    const barsAge = { newest: range[1], lastFinishedSession: range[1], sessionsBehind: 0, daysBehind: 0 };
    expect(await running.latest()).toEqual({ predictions, sessionOver: false, unpredicted: [], barsAge });
    const asked = await running.publish({ symbols: ['0103', '01010', '0102.T'] });
    expect(asked).toEqual(predictions.filter(({ symbol }) => ['0101', '0102', '0103'].includes(symbol)));
    const scraped = async () => (await running.service.inject('/metrics')).body;
    expect(await scraped()).toMatch(/daytrade_predictions_made_total\S* 7\n/);
    await vi.waitFor(async () => expect(await scraped()).toMatch(/daytrade_prediction_shift\S* 0\n/), 30_000);
  });

  it('restores what was published in a drill, and fails a drill where one published figure is another', async () => {
    const drill = async () => {
      expect(await running.runJob('backup')).toMatchObject({ status: 'succeeded' });
      return await running.runJob('restore-drill');
    };
    const [{ symbol, lower, modelVersion }] = predictions as [Prediction];
    const replayed = { session: '2026-11-25', modelVersion, predictions: 7 };
    expect((await drill()).result).toMatchObject({ replayed, barFiles: 3, rpoSeconds: 0 });
    const { db } = running.stores.database;
    const change = async (value: number) =>
      await db.updateTable('predictions').set({ lower: value }).where('symbol', '=', parseSymbol(symbol)).execute();
    await change(lower + 0.1);
    const differing = await drill();
    await change(lower);
    expect(differing).toMatchObject({ status: 'failed', error: { code: 'restore.differs' } });
  });

  it('shows past intervals with what happened, and the published one without', async () => {
    const answer = await running.read(predictionHistorySchema, `/v1/predictions/history/${firstSymbol}.T?limit=20`);
    const { symbol, priceBasis, history } = answer;
    expect([symbol, priceBasis, history.length]).toEqual([firstSymbol, 'traded', 20]);
    const sessions = history.map(({ session }) => session);
    expect(sessions).toEqual([...new Set(sessions)].toSorted());
    expect(history.at(-1)).toMatchObject({ session: '2026-11-25', source: 'live', close: null, inside: null });
    for (const { source, close, lower, upper, inside } of history.slice(0, -1)) {
      expect([source, inside]).toEqual(['walk-forward', lower <= close! && close! <= upper]);
    }
  });

  it('explains a forecast by its features, the largest effect first', async () => {
    const path = `/v1/models/${model.version}/importance`;
    const answer = await running.read(importanceSchema, `${path}?symbol=${firstSymbol}.T`);
    expect(answer).toMatchObject({ version: model.version, synthetic: true, lastSession: range[1], symbols: 7 });
    expect(answer.forecast?.symbol).toBe(firstSymbol);
    const effects = answer.features.map(({ logScale }) => logScale);
    expect(effects).toEqual(effects.toSorted((a, b) => b - a));
    expect(effects).toHaveLength(model.features);
    expect((await running.get('/v1/models/m1/importance')).status).toBe(404);
  });

  describe('and a second one of the same bytes', () => {
    let second: Model;
    const promotion = ({ version }: Model) => `/v1/models/${version}/promotion`;
    const rollBack = () => running.post('/v1/models/rollback');
    beforeAll(async () => {
      second = await registerAgain(running.stores, model, later);
    });

    it('is a candidate until it is promoted, and rolled back to the first one', async () => {
      expect(second).toMatchObject({ status: 'candidate', artifactHash: model.artifactHash });
      expect((await modelList()).live).toBe(model.version);
      const promoted = promotionSchema.parse((await running.post(promotion(second))).body);
      expect(promoted).toMatchObject({ model: { version: second.version, status: 'live' }, previous: model.version });
      const versions = (await running.publish()).map(({ modelVersion }) => modelVersion);
      expect(versions).toEqual(Array(7).fill(second.version));
      const back = promotionSchema.parse((await rollBack()).body);
      expect(back).toMatchObject({ model: { version: model.version }, previous: second.version });
      expect(await running.publish()).toEqual(predictions);
      expectProblem(await rollBack(), 409, 'model.nothing-to-roll-back', /none was before it/);
    });

    it('stands in the append-only log, and an unknown version is 404 with the newest ones named', async () => {
      const detail = await running.read(modelDetailSchema, `/v1/models/${model.version}`);
      expect(detail.activations.map(({ action }) => action)).toEqual(['automatic', 'rollback']);
      const ofSecond = await running.read(modelDetailSchema, `/v1/models/${second.version}`);
      expect(ofSecond.activations.map(({ action }) => action)).toEqual(['promote']);
      const words = new RegExp(`no model m1.*${second.version}, ${model.version}`);
      expectProblem(await running.get('/v1/models/m1'), 404, 'model.not-found', words);
      expect((await running.post('/v1/models/m1/promotion')).status).toBe(404);
    });

    describe('beside versions that could not predict', () => {
      const again = (change: Partial<Model>, artifact?: Uint8Array) =>
        registerAgain(running.stores, { ...model, ...change }, later, artifact);
      const expectUnchanged = async () => expect((await modelList()).live).toBe(model.version);

      it('does not make one live whose file is not a model, was changed, or is gone', async () => {
        const broken = await again({}, Uint8Array.of(1, 2, 3));
        expectProblem(await running.post(promotion(broken)), 500, 'model.file-invalid', /ensemble file/);
        const object = `models/${broken.artifactHash}`;
        await running.stores.objects.put(object, Uint8Array.of(1, 2));
        expectProblem(await running.post(promotion(broken)), 500, 'model.file-invalid', /has the SHA-256/);
        await running.stores.objects.delete(object);
        expectProblem(await running.post(promotion(broken)), 500, 'model.file-invalid', /is missing.*models list/);
        await expectUnchanged();
      });

      it('makes none of other bars live, and passes over it on the way back', async () => {
        const ofRealBars = await again({ synthetic: false });
        const words = /trained on real bars, and the bars are synthetic/;
        expectProblem(await running.post(promotion(ofRealBars)), 409, 'model.unfit', words);
        await expectUnchanged();
        await running.stores.models.promote(ofRealBars.version, 'promote', later);
        const bare = await running.service.inject({ method: 'POST', url: promotion(second) });
        expect(bare.statusCode).toBe(200);
        expect(rollbackSchema.parse((await rollBack()).body)).toMatchObject({
          model: { version: model.version, status: 'live' },
          previous: second.version,
          passedOver: [{ version: ofRealBars.version, reason: expect.stringContaining('trained on real bars') }],
        });
      });
    });
  });
});

describe('an evaluation', () => {
  const asked = symbols.slice(0, 3);

  it('judges the newest sessions of the requested symbols, and is then the newest judgement', async () => {
    // Of one of them a source lists results: the evaluation knows and shows its dates.
    const announced = { symbol: parseSymbol(firstSymbol), date: parseTradeDate('2026-10-30'), time: '15:30' };
    const known = {
      kind: 'made',
      source: 'jquants',
      knownSince: '2026-10-30T06:30:00.000Z',
      knownUntil: null,
    } as const;
    await running.stores.announcements.upsertMany([{ ...announced, ...known }]);
    const run = await running.runBy('/v1/evaluations', { sessions: 60, symbols: asked });
    expect(run.error).toBeNull();
    const evaluation = await newestEvaluation();
    expect(evaluation).toMatchObject({ id: run.result?.evaluationId, days: 60, to: range[1], leakAlarm: false });
    expect(evaluation.buckets).toContainEqual(expect.objectContaining({ bucket: 'after-last', symbolDays: 1 }));
    expect(evaluation.bySymbol.map(({ symbol }) => symbol)).toEqual(asked);
    expect(evaluation.dataHash).toBe(await running.stores.bars.dataHash(asked));
  });

  it('of days in the past is kept, and the newest judgement stays what it was', async () => {
    const newest = await newestEvaluation();
    const days = { from: '2026-09-01', to: '2026-10-30' };
    const run = await running.runBy('/v1/evaluations', { ...days, symbols: asked });
    const past = await running.read(evaluationAnswerSchema, `/v1/evaluations/${String(run.result?.evaluationId)}`);
    expect(past.evaluation).toMatchObject({ ...days, stretch: true, endedSymbols: 0 });
    expect(await newestEvaluation()).toEqual(newest);
  });

  it('of days without bars fails with the days that there are', async () => {
    const { error } = await running.runBy('/v1/evaluations', { from: '2029-01-04' });
    expect(error).toMatchObject({ code: 'input.invalid', message: expect.stringContaining(range[1]) as string });
  });

  it('comes with a leak audit of the same symbols, which finds nothing', async () => {
    const run = await running.runBy('/v1/audits', { probes: 3, symbols: asked });
    expect(run.error).toBeNull();
    const { report } = auditResultSchema.parse(run.result);
    const [from, to] = range;
    expect(report).toMatchObject({ passed: true, alarms: [], symbols: 3, synthetic: true, from, to });
    expect(report.dataHash).toBe(await running.stores.bars.dataHash(asked));
    expect(report.checks.map(({ outcome }) => outcome)).toEqual(Array(10).fill('passed'));
  });
});

it('judges the predicted session after its close: in the report, the history and the accuracy', async () => {
  for (const [index, symbol] of symbols.entries()) {
    await addSymbol(running.stores, symbol, madeBars(index + 1, range[0], '2026-11-25'));
  }
  running.setClock('2026-11-25T07:00:00.000Z');
  const { result } = await running.runJob('report');
  // Symbol 0190 had no trade: its interval was published and cannot be judged.
  expect(result).toMatchObject({ session: '2026-11-25', published: 7, judged: 6 });
  const { inside, outside } = z.object({ inside: z.number(), outside: z.array(z.string()) }).parse(result);
  expect(inside + outside.length).toBe(6);
  const { history } = await running.read(predictionHistorySchema, `/v1/predictions/history/${firstSymbol}`);
  const close = (await running.stores.bars.read(firstSymbol)).close.at(-1)!;
  const last = history.at(-1)!;
  expect(last).toMatchObject({ session: '2026-11-25', source: 'live', close });
  expect(last.inside).toBe(last.lower <= close && close <= last.upper);
  const { live } = await running.read(accuracySchema, '/v1/accuracy');
  expect(live).toMatchObject({ judged: 6, firstSession: '2026-11-25', lastSession: '2026-11-25' });
  expect(live.coverage).toBe(live.inside / 6);
});
