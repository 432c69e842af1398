// @module-tag long
import { accuracySchema, predictionListSchema, problemSchema, type Run } from '@daytrade/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addSymbol, madeBars, type RunningService, startService } from './app.fixture.ts';

const synthetic = ['0101', '0102', '0103'];
const real = ['7203', '6758', '8306', '9984'];
/** A few sessions more than a training of the real bars needs. */
const start = '2024-07-01';

let running: RunningService;
const publish = async () => predictionListSchema.parse((await running.post('/v1/predictions')).body).predictions;
const latest = async () => predictionListSchema.parse((await running.get('/v1/predictions/latest')).body);
const accuracy = async () => accuracySchema.parse((await running.get('/v1/accuracy')).body);

beforeAll(async () => {
  running = await startService('2026-11-24T23:30:00.000Z');
  const addSynthetic = async (to: string) => {
    for (const [index, symbol] of synthetic.entries()) {
      await addSymbol(running.stores, symbol, madeBars(index + 1, '2025-06-02', to));
    }
  };
  await addSynthetic('2026-11-24');
  expect((await running.runBy('/v1/trainings', {})).error).toBeNull();
  await publish();
  await addSynthetic('2026-11-25');
  running.setClock('2026-11-25T07:00:00.000Z');
  await running.runJob('report');
  expect(await accuracy()).toMatchObject({ evaluation: { synthetic: true }, live: { judged: 3 } });
  expect((await latest()).predictions).toHaveLength(3);
});
afterAll(() => running.close());

describe('once there are real bars, which end earlier than the synthetic ones', () => {
  beforeAll(async () => {
    for (const [index, symbol] of real.entries()) {
      await addSymbol(running.stores, symbol, madeBars(index + 3, start, '2025-12-30'), { synthetic: false });
    }
  });

  it('a model of synthetic bars predicts nothing, and the answer says to train again', async () => {
    const answer = await running.post('/v1/predictions');
    expect(answer.status).toBe(409);
    expect(problemSchema.parse(answer.body)).toMatchObject({
      code: 'model.none-live',
      detail: expect.stringMatching(/trained on synthetic bars, and the bars are real: train again/),
    });
  });

  it('predictions of synthetic symbols are no longer shown as the newest', async () => {
    expect((await latest()).predictions).toEqual([]);
  });

  it('what was judged on synthetic bars is not shown as a judgement of theirs', async () => {
    expect(await accuracy()).toMatchObject({ evaluation: null, live: { judged: 0 } });
    expect((await running.get('/v1/evaluations/latest')).status).toBe(404);
  });

  describe('and a model of them', () => {
    let run: Run;
    beforeAll(async () => {
      run = await running.runBy('/v1/trainings', {});
      expect(run.error).toBeNull();
    });

    it('its training says how old they are', () => {
      expect(run.result).toMatchObject({ synthetic: false, barsAge: { newest: '2025-12-30', sessionsBehind: 217 } });
    });

    it('its predictions are the newest, although the synthetic ones are of a later session', async () => {
      const published = await publish();
      expect(published.map(({ symbol }) => symbol)).toEqual(real.toSorted());
      expect((await latest()).predictions).toEqual(published);
    });

    it('says that they are for a session that is over, and how old the bars are', async () => {
      expect(await latest()).toMatchObject({
        sessionOver: true,
        barsAge: { newest: '2025-12-30', lastFinishedSession: '2026-11-25', sessionsBehind: 217, daysBehind: 330 },
      });
    });

    it('names the symbols whose bars end before the newest session', async () => {
      const newer = madeBars(3, start, '2026-01-05');
      for (const symbol of real.slice(0, 3)) await addSymbol(running.stores, symbol, newer, { synthetic: false });
      await publish();
      const { predictions, unpredicted } = await latest();
      expect(new Set(predictions.map(({ session }) => session))).toEqual(new Set(['2026-01-06']));
      expect(predictions).toHaveLength(3);
      expect(unpredicted).toEqual([{ symbol: '9984', name: '架空9984', lastDate: '2025-12-30' }]);
    });
  });
});

describe('the end of a session', () => {
  it('makes a prediction for it one for a session that is over', async () => {
    const newest = madeBars(3, start, '2026-11-25');
    for (const symbol of real) await addSymbol(running.stores, symbol, newest, { synthetic: false });
    await publish();
    expect(await latest()).toMatchObject({ sessionOver: false, barsAge: { sessionsBehind: 0 } });
    running.setClock('2026-11-26T06:30:00.000Z');
    expect(await latest()).toMatchObject({ sessionOver: true, barsAge: { sessionsBehind: 1 } });
  });
});
