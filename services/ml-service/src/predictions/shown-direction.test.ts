import {
  type Evaluation,
  type MemberReport,
  modelDetailSchema,
  modelListSchema,
  predictionHistorySchema,
} from '@daytrade/contracts';
import { parseSymbol, parseTradeDate, previousSession } from '@daytrade/market';
import type { NewModel } from '@daytrade/storage';
import { emptyTables, sampleEvaluation, sampleJudged, sampleModel, samplePrediction } from '@daytrade/storage/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addSymbol, madeBars, type RunningService, startService } from '../app.fixture.ts';

/** A session that is over, and the one that is predicted. */
const judged = parseTradeDate('2026-11-20');
const pending = parseTradeDate('2026-11-24');
const judgedBefore = previousSession(judged);
const morning = '2026-11-23T23:00:00.000Z';

const [member, ensemble] = sampleModel().members as [MemberReport, MemberReport];
const combination = { ...ensemble, directionSkilled: true };
const skilled = [member, combination];
const unskilled = [member, { ...combination, directionSkilled: false }];
const aboveAlwaysUp = { value: 0.54, low: 0.53, high: 0.55, alwaysUp: 0.52 };
const asAlwaysUp = { value: 0.53, low: 0.51, high: 0.55, alwaysUp: 0.52 };
const asACoin = { value: 0.51, low: 0.49, high: 0.53, alwaysUp: 0.48 };

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
async function publish(members: NewModel['members'], hitRate: Evaluation['hitRate']): Promise<void> {
  const { evaluations, models: registry, predictions } = running.stores;
  await evaluations.save(sampleEvaluation({ hitRate }), [
    [parseSymbol('0101'), [sampleJudged({ session: judgedBefore })]],
  ]);
  const { version: modelVersion } = await registry.register(sampleModel({ members }), new Uint8Array([1]));
  const said = (session: typeof judged, madeAt: string) =>
    samplePrediction({ lastSession: previousSession(session), session, modelVersion, madeAt });
  await predictions.save([said(judged, '2026-11-19T23:00:00.000Z'), said(pending, '2026-11-23T22:00:00.000Z')]);
}

const latest = async () => (await running.latest()).predictions;
const models = async () => (await running.read(modelListSchema, '/v1/models')).models;
const history = async (query = '') =>
  (await running.read(predictionHistorySchema, `/v1/predictions/history/0101${query}`)).history;

describe('the direction of a prediction', () => {
  it('is shown where the model and the newest evaluation measured skill, as the model says too', async () => {
    await publish(skilled, aboveAlwaysUp);
    expect(await latest()).toMatchObject([{ centre: 1236, probabilityUp: 0.5123, directionSkilled: true }]);
    expect(await models()).toMatchObject([{ directionSkilled: true }]);
    expect((await history()).map(({ probabilityUp }) => probabilityUp)).toEqual([0.5123, 0.5123, 0.5123]);
  });

  it.each([
    ['the model showed none when it was trained', unskilled, aboveAlwaysUp],
    ['the hit rate may be that of always saying up', skilled, asAlwaysUp],
    ['the hit rate may be that of a coin', skilled, asACoin],
  ])('is not shown where %s', async (_why, members, hitRate) => {
    await publish(members, hitRate);
    expect(await latest()).toMatchObject([{ centre: null, probabilityUp: null, directionSkilled: false }]);
    expect(await models()).toMatchObject([{ directionSkilled: false }]);
    const [{ version } = { version: '' }] = await models();
    const { model } = await running.read(modelDetailSchema, `/v1/models/${version}`);
    expect(model.directionSkilled).toBe(false);
  });

  it('is not shown before the first evaluation', async () => {
    await running.stores.predictions.save([samplePrediction({ session: pending, madeAt: morning })]);
    expect(await latest()).toMatchObject([{ centre: null, probabilityUp: null, directionSkilled: false }]);
  });

  it('is kept; beside a close stands the centre, and never a probability that was not shown', async () => {
    await publish(unskilled, asAlwaysUp);
    expect(await running.stores.predictions.latest(true)).toMatchObject([{ centre: 1236, probabilityUp: 0.5123 }]);
    expect(await history()).toMatchObject([
      { session: judgedBefore, centre: 1236, probabilityUp: null, source: 'walk-forward' },
      { session: judged, centre: 1236, probabilityUp: null, source: 'live' },
      { session: pending, centre: null, probabilityUp: null, close: null },
    ]);
  });
});

it('the history has the newest judgement of each time of the day where it is asked for', async () => {
  await publish(skilled, aboveAlwaysUp);
  const rows = (close: number) => [[parseSymbol('0101'), [sampleJudged({ session: judged, close })]]] as const;
  const { evaluations } = running.stores;
  const made = (day: number, change: Partial<Evaluation>) =>
    sampleEvaluation({ id: `e${day}`, madeAt: `2026-11-2${day}T00:00:00.000Z`, ...change });
  await evaluations.save(made(1, { horizon: 'close@10:00' }), rows(1239));
  await evaluations.save(made(2, { horizon: 'close@10:00' }), rows(1240));
  await evaluations.save(made(3, { horizon: 'close@10:00', stretch: true }), rows(1241));
  await evaluations.save(made(4, { horizon: 'close@10:00', synthetic: false }), rows(1242));
  await evaluations.save(made(5, { horizon: 'close@open' }), rows(1243));
  expect((await history()).map(({ horizon }) => horizon)).toEqual(['next-close', 'next-close', 'next-close']);
  expect((await history('?horizons=all&limit=1')).slice(1)).toMatchObject([
    { horizon: 'close@open', close: 1243, probabilityUp: null },
    { horizon: 'close@10:00', close: 1240, centre: 1236, probabilityUp: null, source: 'walk-forward' },
  ]);
});
