// @module-tag long
import {
  accuracySchema,
  activationListSchema,
  auditResultSchema,
  evaluationAnswerSchema,
  type ForecastExplanation,
  importanceSchema,
  type Model,
  modelDetailSchema,
  modelListSchema,
  type Prediction,
  predictionHistorySchema,
  predictionListSchema,
  predictionSchema,
  problemSchema,
  promotionSchema,
  type Run,
  rollbackSchema,
} from '@daytrade/contracts';
import { isOnTick, nextSession, parseSymbol, parseTradeDate, priceLimitBand } from '@daytrade/market';
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
const afterClose = '2026-11-25T07:00:00.000Z';

let running: RunningService;
beforeAll(async () => {
  running = await startService(morning);
});
afterAll(() => running.close());

const publish = async (body: object = {}) =>
  predictionListSchema.parse((await running.post('/v1/predictions', body)).body).predictions;
const modelList = async () => modelListSchema.parse((await running.get('/v1/models')).body);

function expectProblem({ status, body }: Answer, code: string, words: RegExp): void {
  const problem = problemSchema.parse(body);
  expect(problem).toMatchObject({ code, status });
  expect(`${problem.detail} ${problem.remedy}`).toMatch(words);
}

// The suites below are one story on one state: nothing, bars, a model, the close of the predicted session.

describe('without bars', () => {
  it('lists nothing, and says what was judged: nothing', async () => {
    expect((await running.get('/v1/models')).body).toEqual({ models: [], live: null });
    expect((await running.get('/v1/models/activations')).body).toEqual({ activations: [] });
    expect((await running.get('/v1/predictions/latest')).body).toEqual({
      predictions: [],
      sessionOver: false,
      unpredicted: [],
      barsAge: null,
    });
    expect(accuracySchema.parse((await running.get('/v1/accuracy')).body)).toMatchObject({
      target: 0.93,
      evaluation: null,
      live: { judged: 0, coverage: null, firstSession: null },
    });
  });

  it('answers with the remedy what it cannot do yet', async () => {
    const predictions = await running.post('/v1/predictions');
    expect(predictions.status).toBe(409);
    expectProblem(predictions, 'data.no-bars', /daytrade import FOLDER/);
    expectProblem(await running.get('/v1/evaluations/latest'), 'evaluation.none', /daytrade evaluate/);
    expectProblem(await running.post('/v1/models/rollback'), 'model.none-live', /daytrade train/);
  });

  it('fails a training at its first attempt', async () => {
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

  it('refuses to predict with 409 and says how to get a model', async () => {
    const answer = await running.post('/v1/predictions');
    expect(answer.status).toBe(409);
    expectProblem(answer, 'model.none-live', /daytrade train/);
  });

  it('names unknown symbols and suggests the nearest known one', async () => {
    const answer = await running.post('/v1/predictions', { symbols: ['0101', '0130', '9999'] });
    expect(answer.status).toBe(404);
    expectProblem(answer, 'data.symbol-unknown', /no bars for 0130, 9999; did you mean 0103\?/);
    expectProblem(await running.get('/v1/predictions/history/9999'), 'data.symbol-unknown', /9999/);
  });

  it.each([
    { what: 'a body that is not JSON', body: '{', code: 'input.not-json', words: /JSON/ },
    {
      what: 'an empty list',
      body: { symbols: [] },
      code: 'input.invalid',
      words: /symbols: expected at least 1/,
    },
    { what: 'no code', body: { symbols: ['toyota'] }, code: 'input.invalid', words: /symbols\[0\].*7203.*"toyota"/ },
    {
      what: 'another type',
      body: { symbols: '0101' },
      code: 'input.invalid',
      words: /symbols: expected an array/,
    },
  ])('refuses $what with the field named', async ({ body, code, words }) => {
    for (const url of ['/v1/predictions', '/v1/trainings', '/v1/evaluations']) {
      const answer = await running.post(url, body);
      expect(answer.status).toBe(400);
      expectProblem(answer, code, words);
    }
  });

  it('accepts no run with a payload that no route has checked', async () => {
    await expect(running.runJob('training', { seed: 'seven' })).rejects.toMatchObject({
      code: 'input.invalid',
      message: expect.stringMatching(/^payload\.seed: /) as string,
    });
  });

  it.each([
    ['training', '/v1/trainings'],
    ['evaluation', '/v1/evaluations'],
  ])('begins no %s of too few sessions, and a run that was begun before says the same', async (job, url) => {
    await addSymbol(running.stores, '0190', madeBars(90, '2026-06-01', '2026-11-24'), {
      priceBasis: 'split-adjusted',
    });
    const before = await running.stores.runs.list({ limit: 100 });
    const answer = await running.post(url, { symbols: ['0190'] });
    expect(answer.status).toBe(409);
    expectProblem(answer, 'training.too-little-data', /\d+ sessions, at least \d+ are needed/);
    expect(await running.stores.runs.list({ limit: 100 })).toEqual(before);
    const run = await running.runJob(job, { symbols: ['0190'] });
    expect(run.error).toMatchObject({
      code: 'training.too-little-data',
      message: (answer.body as { detail: string }).detail,
    });
  });

  it('begins nothing of a symbol without bars, and no evaluation within a day of which nothing is known', async () => {
    const unknown = { symbols: ['9999'] };
    for (const url of ['/v1/trainings', '/v1/evaluations', '/v1/audits']) {
      expectProblem(await running.post(url, unknown), 'data.symbol-unknown', /no bars for 9999/);
    }
    const backtest = { ...unknown, strategy: 'gap-fade' };
    expectProblem(await running.post('/v1/backtests', backtest), 'data.symbol-unknown', /no bars for 9999/);
    const withinDay = await running.post('/v1/evaluations', { horizon: 'close@10:30' });
    expectProblem(withinDay, 'training.too-little-data', /close@10:30 needs 5-minute bars, and there are none/);
  });

  it('lists no model after all that', async () => {
    expect((await modelList()).models).toEqual([]);
  });
});

describe('after a training', () => {
  let run: Run;
  let model: Model;
  let predictions: readonly Prediction[];
  let unpublished: readonly Prediction[];
  let storedBefore: number;

  beforeAll(async () => {
    run = await running.runBy('/v1/trainings', { seed: 7, symbols });
    expect(run.error).toBeNull();
    const { models, live } = await modelList();
    model = models.find(({ version }) => version === live) as Model;
    unpublished = await publish({ publish: false });
    storedBefore = (await running.stores.predictions.latest(true)).length;
    predictions = await publish();
  });

  it('answers what it would publish, and publishes nothing, where that is asked for', () => {
    expect(storedBefore).toBe(0);
    expect(unpublished).toEqual(predictions);
  });

  it('has registered the model with what it was trained on, and made it live', async () => {
    expect(run).toMatchObject({ status: 'succeeded', result: { modelVersion: model.version, promoted: true } });
    expect(model).toMatchObject({
      status: 'live',
      synthetic: true,
      seed: 7,
      symbols: 6,
      trainedFrom: range[0],
      trainedTo: range[1],
      dataHash: await running.stores.bars.dataHash(symbols),
    });
    const { activations } = activationListSchema.parse((await running.get('/v1/models/activations')).body);
    expect(activations).toEqual([
      { at: morning, version: model.version, previous: null, action: 'automatic', by: null },
    ]);
  });

  it('has judged it out of sample', async () => {
    const { evaluation } = evaluationAnswerSchema.parse((await running.get('/v1/evaluations/latest')).body);
    expect(evaluation).toMatchObject({ id: run.result?.evaluationId, synthetic: true, symbols: 6, to: range[1] });
    expect(evaluation.coverage).toBe(model.coverage);
    expect(evaluation.bySymbol.map(({ name }) => name)).toContain('架空0101');
    const accuracy = accuracySchema.parse((await running.get('/v1/accuracy')).body);
    expect(accuracy.evaluation).toEqual(evaluation);
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

  it('puts the centre between bounds that are, in traded prices, on the tick and inside the daily limit', async () => {
    for (const { symbol, lastClose, lower, centre, upper, priceBasis } of await running.stores.predictions.latest(
      true,
    )) {
      const band = priceLimitBand(lastClose);
      if (priceBasis === 'traded') {
        expect([isOnTick(lower, 'standard'), isOnTick(upper, 'standard')], symbol).toEqual([true, true]);
      } else {
        expect([lower, upper]).toEqual([lower, upper].map((bound) => Number(bound.toPrecision(5))));
      }
      expect([band.lower, lower, centre, upper, band.upper], symbol).toEqual(
        [band.lower, lower, centre, upper, band.upper].toSorted((a, b) => a - b),
      );
      expect(lastClose).toBe((await running.stores.bars.read(symbol)).close.at(-1));
    }
  });

  it('keeps what is published: a second request changes nothing, and is not counted', async () => {
    running.setClock(later);
    expect(await publish()).toEqual(predictions);
    expect((await running.runJob('prediction')).result).toMatchObject({ predictions: 7, added: 0 });
    expect(predictionListSchema.parse((await running.get('/v1/predictions/latest')).body)).toEqual({
      predictions,
      sessionOver: false,
      unpredicted: [],
      barsAge: { newest: range[1], lastFinishedSession: range[1], sessionsBehind: 0, daysBehind: 0 },
    });
    expect((await running.service.inject('/metrics')).body).toMatch(/daytrade_predictions_made_total\S* 7\n/);
  });

  it('measures how far this version is from what stands published', async () => {
    const scraped = async () => (await running.service.inject('/metrics')).body;
    await vi.waitFor(async () => expect(await scraped()).toMatch(/daytrade_prediction_shift\S* 0\n/), 30_000);
  });

  describe('and a backup', () => {
    const drill = async () => {
      expect(await running.runJob('backup')).toMatchObject({ status: 'succeeded' });
      return await running.runJob('restore-drill');
    };

    it('gives what was published again, figure by figure, in a drill', async () => {
      expect((await drill()).result).toMatchObject({
        replayed: { session: '2026-11-25', modelVersion: predictions[0]?.modelVersion, predictions: 7 },
        barFiles: 7,
        rpoSeconds: 0,
      });
    });

    it('fails a drill where one published figure is another', async () => {
      const { db } = running.stores.database;
      const [{ symbol, lower }] = predictions as [Prediction];
      const change = async (value: number) =>
        await db.updateTable('predictions').set({ lower: value }).where('symbol', '=', parseSymbol(symbol)).execute();
      await change(lower + 0.1);
      const run = await drill();
      await change(lower);
      expect(run).toMatchObject({ status: 'failed', error: { code: 'restore.differs' } });
    });
  });

  it('gives back the symbols that are asked for, in any spelling', async () => {
    const answer = await publish({ symbols: ['0103', '01010', '0102.T'] });
    expect(answer).toEqual(predictions.filter(({ symbol }) => ['0101', '0102', '0103'].includes(symbol)));
  });

  it('shows past intervals with what happened, and the published one without', async () => {
    const answer = await running.get(`/v1/predictions/history/${firstSymbol}.T?limit=20`);
    const { symbol, priceBasis, history } = predictionHistorySchema.parse(answer.body);
    expect({ symbol, priceBasis }).toEqual({ symbol: firstSymbol, priceBasis: 'traded' });
    expect(history).toHaveLength(20);
    const sessions = history.map(({ session }) => session);
    expect(sessions).toEqual([...new Set(sessions)].toSorted());
    expect(history.at(-1)).toMatchObject({ session: '2026-11-25', source: 'live', close: null, inside: null });
    for (const { source, close, lower, upper, inside } of history.slice(0, -1)) {
      expect(source).toBe('walk-forward');
      expect(inside).toBe(lower <= (close as number) && (close as number) <= upper);
    }
  });

  it('explains a forecast as a sum over its features', async () => {
    const path = `/v1/models/${model.version}/importance`;
    const { symbol, centre, lastClose, intervalMethod } = (await running.stores.predictions.latest(true))[0]!;
    const answer = importanceSchema.parse((await running.get(`${path}?symbol=${symbol}.T`)).body);
    expect(answer).toMatchObject({ version: model.version, synthetic: true, lastSession: range[1], symbols: 7 });
    const { centreBaseBp, contributions } = answer.forecast as ForecastExplanation;
    const sum = contributions.reduce((total, { centreBp }) => total + centreBp, centreBaseBp);
    // These bars are noise that is not normal: the ensemble may be demoted, and then the centre is the last close.
    expect(answer.demoted).toBe(intervalMethod === 'har');
    expect(answer.demoted ? 0 : 1e-4 * sum).toBeCloseTo(Math.log(centre / lastClose), 12);
    expect(1e-4 * sum).toBeCloseTo(1e-4 * (answer.forecast?.centreTotalBp as number), 12);
    const effects = answer.features.map(({ logScale }) => logScale);
    expect(effects).toEqual(effects.toSorted((a, b) => b - a));
    expect(answer.features).toHaveLength(model.features);

    expect(importanceSchema.parse((await running.get(path)).body).forecast).toBeNull();
    expect((await running.get('/v1/models/m1/importance')).status).toBe(404);
    expectProblem(await running.get(`${path}?symbol=9999`), 'data.symbol-unknown', /9999/);
  });

  describe('and a second one of the same bytes', () => {
    let second: Model;
    beforeAll(async () => {
      second = await registerAgain(running.stores, model, later);
    });

    it('is a candidate until it is promoted', async () => {
      expect(second).toMatchObject({ status: 'candidate', artifactHash: model.artifactHash });
      expect((await modelList()).live).toBe(model.version);
      const { body } = await running.post(`/v1/models/${second.version}/promotion`);
      expect(promotionSchema.parse(body)).toMatchObject({
        model: { version: second.version, status: 'live' },
        previous: model.version,
      });
      expect((await publish()).map(({ modelVersion }) => modelVersion)).toEqual(Array(7).fill(second.version));
    });

    it('is rolled back to the first one, and there is nothing before that', async () => {
      const { body } = await running.post('/v1/models/rollback');
      expect(promotionSchema.parse(body)).toMatchObject({
        model: { version: model.version },
        previous: second.version,
      });
      expect(await publish()).toEqual(predictions);
      const again = await running.post('/v1/models/rollback');
      expect(again.status).toBe(409);
      expectProblem(again, 'model.nothing-to-roll-back', /none was before it/);
    });

    it('stands in the append-only log with all that happened', async () => {
      const detail = modelDetailSchema.parse((await running.get(`/v1/models/${model.version}`)).body);
      expect(detail.activations.map(({ action }) => action)).toEqual(['automatic', 'rollback']);
      const { activations } = activationListSchema.parse((await running.get('/v1/models/activations')).body);
      expect(activations.map(({ action, version }) => [action, version])).toEqual([
        ['automatic', model.version],
        ['promote', second.version],
        ['rollback', model.version],
      ]);
    });

    it('and an unknown version is 404 with the newest ones named', async () => {
      const answer = await running.get('/v1/models/m1');
      expect(answer.status).toBe(404);
      expectProblem(answer, 'model.not-found', new RegExp(`no model m1.*${second.version}, ${model.version}`));
      expect((await running.post('/v1/models/m1/promotion')).status).toBe(404);
    });

    describe('beside versions that could not predict', () => {
      const again = (change: Partial<Model>, artifact?: Uint8Array) =>
        registerAgain(running.stores, { ...model, ...change }, later, artifact);
      const promotion = ({ version }: Model) => `/v1/models/${version}/promotion`;

      it('does not make one live whose file is not a model, was changed, or is gone', async () => {
        const broken = await again({}, Uint8Array.of(1, 2, 3));
        expectProblem(await running.post(promotion(broken)), 'model.file-invalid', /ensemble file/);
        const object = `models/${broken.artifactHash}`;
        await running.stores.objects.put(object, Uint8Array.of(1, 2));
        expectProblem(await running.post(promotion(broken), { force: true }), 'model.file-invalid', /has the SHA-256/);
        await running.stores.objects.delete(object);
        expectProblem(await running.post(promotion(broken)), 'model.file-invalid', /is missing.*models list/);
        expect((await modelList()).live).toBe(model.version);
      });

      it('makes one of other bars live only when that is insisted on', async () => {
        const ofRealBars = await again({ synthetic: false });
        const refused = await running.post(promotion(ofRealBars));
        expect(refused.status).toBe(409);
        expectProblem(refused, 'model.unfit', /trained on real bars, and the bars are synthetic.*--force/);
        expect((await modelList()).live).toBe(model.version);
        expect((await running.post(promotion(ofRealBars), { force: true })).status).toBe(200);
      });

      it('passes over them on its way back, and says which and why', async () => {
        const live = (await modelList()).live;
        const bare = await running.service.inject({ method: 'POST', url: promotion(second) });
        expect(bare.statusCode).toBe(200);
        const { status, body } = await running.post('/v1/models/rollback');
        expect(status).toBe(200);
        expect(rollbackSchema.parse(body)).toMatchObject({
          model: { version: model.version, status: 'live' },
          previous: second.version,
          passedOver: [{ version: live, reason: expect.stringContaining('trained on real bars') }],
        });
      });

      it('stays where it is when there is no other, with what is wrong with those', async () => {
        const broken = await again({}, Uint8Array.of(4));
        await running.stores.models.promote(broken.version, 'automatic', later);
        await running.stores.models.promote(second.version, 'automatic', later);
        await running.stores.objects.delete(`models/${broken.artifactHash}`);
        expect(rollbackSchema.parse((await running.post('/v1/models/rollback')).body)).toMatchObject({
          model: { version: model.version },
          passedOver: [{ version: broken.version, reason: expect.stringContaining('is missing') }],
        });
        await running.stores.models.promote(broken.version, 'automatic', later);
        await running.stores.models.promote(model.version, 'automatic', later);
        const refused = await running.post('/v1/models/rollback');
        expectProblem(refused, 'model.nothing-to-roll-back', /none that can be used was before it.*is missing/);
        expect((await modelList()).live).toBe(model.version);
      });
    });
  });
});

describe('an evaluation', () => {
  it('judges the newest sessions of the symbols that are asked for, and is then the newest judgement', async () => {
    const asked = symbols.slice(0, 3);
    const run = await running.runBy('/v1/evaluations', { sessions: 60, symbols: asked });
    expect(run.error).toBeNull();
    const { evaluation } = evaluationAnswerSchema.parse((await running.get('/v1/evaluations/latest')).body);
    expect(evaluation).toMatchObject({ id: run.result?.evaluationId, days: 60, to: range[1], leakAlarm: false });
    expect(evaluation.bySymbol.map(({ symbol }) => symbol)).toEqual(asked);
    expect(evaluation.dataHash).toBe(await running.stores.bars.dataHash(asked));
  });

  it('of days in the past is kept, and the newest judgement stays what it was', async () => {
    const newest = evaluationAnswerSchema.parse((await running.get('/v1/evaluations/latest')).body).evaluation;
    const days = { from: '2026-09-01', to: '2026-10-30' };
    const run = await running.runBy('/v1/evaluations', { ...days, symbols: symbols.slice(0, 3) });
    const { body } = await running.get(`/v1/evaluations/${String(run.result?.evaluationId)}`);
    expect(evaluationAnswerSchema.parse(body).evaluation).toMatchObject({ ...days, stretch: true, endedSymbols: 0 });
    expect((await running.get('/v1/evaluations/latest')).body).toEqual({ evaluation: newest });
  });

  it.each([
    [{ from: '2026-06-01', sessions: 60 }, /from: expected either "sessions" or "from"/],
    [{ from: '2026-06-01', to: '2026-05-29' }, /from: expected a day that is not after "to", 2026-05-29/],
  ])('is refused with %j', async (body, words) => {
    expectProblem(await running.post('/v1/evaluations', body), 'input.invalid', words);
  });

  it('of days without bars fails with the days that there are', async () => {
    const { error } = await running.runBy('/v1/evaluations', { from: '2029-01-04' });
    expect(error).toMatchObject({ code: 'input.invalid', message: expect.stringContaining(range[1]) as string });
  });
});

describe('a leak audit', () => {
  it('finds nothing in the pipeline on the bars of the symbols that are asked for', async () => {
    const asked = symbols.slice(0, 3);
    const run = await running.runBy('/v1/audits', { probes: 3, symbols: asked });
    expect(run.error).toBeNull();
    const { report } = auditResultSchema.parse(run.result);
    expect(report).toMatchObject({
      passed: true,
      alarms: [],
      symbols: 3,
      synthetic: true,
      from: range[0],
      to: range[1],
    });
    expect(report.dataHash).toBe(await running.stores.bars.dataHash(asked));
    expect(report.checks.map(({ outcome }) => outcome)).toEqual(Array(10).fill('passed'));
    expect(report.startUp).toHaveLength(report.columns);
  });
});

describe('after the close of the predicted session', () => {
  beforeAll(async () => {
    for (const [index, symbol] of symbols.entries()) {
      await addSymbol(running.stores, symbol, madeBars(index + 1, range[0], '2026-11-25'));
    }
    running.setClock(afterClose);
  });

  it('the report says how many closes fell inside their interval', async () => {
    const { result } = await running.runJob('report');
    // Symbol 0190 had no trade: its interval was published and cannot be judged.
    expect(result).toMatchObject({ session: '2026-11-25', published: 7, judged: 6 });
    const { inside, outside } = z.object({ inside: z.number(), outside: z.array(z.string()) }).parse(result);
    expect(inside + outside.length).toBe(6);
  });

  it('the published interval stands in the history with its close', async () => {
    const { body } = await running.get(`/v1/predictions/history/${firstSymbol}`);
    const last = predictionHistorySchema.parse(body).history.at(-1);
    const close = (await running.stores.bars.read(firstSymbol)).close.at(-1) as number;
    expect(last).toMatchObject({ session: '2026-11-25', source: 'live', close });
    expect(last?.inside).toBe((last?.lower as number) <= close && close <= (last?.upper as number));
  });

  it('the accuracy counts it', async () => {
    const { live } = accuracySchema.parse((await running.get('/v1/accuracy')).body);
    expect(live).toMatchObject({ judged: 6, firstSession: '2026-11-25', lastSession: '2026-11-25' });
    expect(live.coverage).toBe(live.inside / 6);
  });
});
