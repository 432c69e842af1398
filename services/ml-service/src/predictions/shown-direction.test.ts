import { predictionHistorySchema, predictionListSchema } from '@daytrade/contracts';
import { parseTradeDate, previousSession } from '@daytrade/market';
import { emptyTables, sampleEvaluation, sampleModel, samplePrediction } from '@daytrade/storage/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addSymbol, madeBars, type RunningService, startService } from '../app.fixture.ts';

/** A session that is over, and the one that is predicted. */
const judged = parseTradeDate('2026-11-20');
const pending = parseTradeDate('2026-11-24');
const morning = '2026-11-23T23:00:00.000Z';

const figures = { hitRate: 0.54, rmse: 0.02, r2: 0, ic: 0.03, auc: 0.52, brier: 0.25 };
const member = { name: 'leaf-wise', ...figures, skilled: true, weight: 1 };
const combination = { name: 'stacking', ...figures, skilled: true, weight: null };
const skilled = [member, combination];
const unskilled = [member, { ...combination, skilled: false }];
const aboveAlwaysUp = { value: 0.54, low: 0.53, high: 0.55, alwaysUp: 0.52 };
const aboveACoin = { value: 0.53, low: 0.51, high: 0.55, alwaysUp: 0.52 };

let running: RunningService;
beforeAll(async () => {
  running = await startService(morning);
});
afterAll(() => running.close());
beforeEach(async () => {
  await emptyTables(running.stores.database);
  await addSymbol(running.stores, '0101', madeBars(1, '2026-10-01', judged));
});

/** Publishes for both sessions with a model of these members, beside a newest evaluation of these figures. */
async function publish(members: typeof skilled, models: typeof skilled, hitRate = aboveAlwaysUp): Promise<void> {
  const { evaluations, models: registry, predictions } = running.stores;
  await evaluations.save(sampleEvaluation({ models, hitRate }), []);
  const { version: modelVersion } = await registry.register(sampleModel({ members }), new Uint8Array([1]));
  const said = (session: typeof judged, madeAt: string) =>
    samplePrediction({ lastSession: previousSession(session), session, modelVersion, madeAt });
  await predictions.save([said(judged, '2026-11-19T23:00:00.000Z'), said(pending, '2026-11-23T22:00:00.000Z')]);
}

const latest = async () => predictionListSchema.parse((await running.get('/v1/predictions/latest')).body).predictions;
const history = async () => predictionHistorySchema.parse((await running.get('/v1/predictions/history/0101')).body);

describe('the direction of a prediction', () => {
  it('is shown where the model and the newest evaluation measured skill', async () => {
    await publish(skilled, skilled);
    expect(await latest()).toMatchObject([{ centre: 1236, probabilityUp: 0.5123, directionSkilled: true }]);
    expect((await history()).history.at(-1)).toMatchObject({ session: pending, centre: 1236, probabilityUp: 0.5123 });
  });

  it.each([
    ['the model showed none when it was trained', unskilled, skilled, aboveAlwaysUp],
    ['the newest evaluation measured none', skilled, unskilled, aboveAlwaysUp],
    ['a hit rate may be that of always saying up', skilled, skilled, aboveACoin],
    ['a member alone showed skill', [member], [member], aboveAlwaysUp],
  ])('is not shown where %s', async (_why, members, models, hitRate) => {
    await publish(members, models, hitRate);
    expect(await latest()).toMatchObject([{ centre: null, probabilityUp: null, directionSkilled: false }]);
  });

  it('is not shown before the first evaluation', async () => {
    await running.stores.predictions.save([samplePrediction({ session: pending, madeAt: morning })]);
    expect(await latest()).toMatchObject([{ centre: null, probabilityUp: null, directionSkilled: false }]);
  });

  it('is kept, and stands beside a close that is known, where it shows what it was worth', async () => {
    await publish(unskilled, unskilled);
    expect(await running.stores.predictions.latest(true)).toMatchObject([{ centre: 1236, probabilityUp: 0.5123 }]);
    expect((await history()).history).toMatchObject([
      { session: judged, centre: 1236, probabilityUp: 0.5123 },
      { session: pending, centre: null, probabilityUp: null, close: null },
    ]);
  });
});
