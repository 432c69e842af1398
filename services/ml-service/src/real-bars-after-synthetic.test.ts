// @module-tag long
import { accuracySchema, problemSchema, runAcceptedSchema } from '@daytrade/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addSymbol, madeBars, type RunningService, startService } from './app.fixture.ts';

const synthetic = ['0101', '0102', '0103'];
const real = ['7203', '6758', '8306', '9984'];
/** A few sessions more than a training of the real bars needs. */
const start = '2024-07-01';

let running: RunningService;
const accuracy = () => running.read(accuracySchema, '/v1/accuracy');
const addReal = async (to: string, codes: readonly string[]) => {
  for (const code of codes) {
    await addSymbol(running.stores, code, madeBars(3 + real.indexOf(code), start, to), { synthetic: false });
  }
};

beforeAll(async () => {
  running = await startService('2026-11-24T23:30:00.000Z');
});
afterAll(() => running.close());

it('judges synthetic bars while there are no others', async () => {
  const addSynthetic = async (to: string) => {
    for (const [index, symbol] of synthetic.entries()) {
      await addSymbol(running.stores, symbol, madeBars(index + 1, '2025-06-02', to));
    }
  };
  await addSynthetic('2026-11-24');
  expect((await running.runBy('/v1/trainings', {})).error).toBeNull();
  await running.publish();
  await addSynthetic('2026-11-25');
  running.setClock('2026-11-25T07:00:00.000Z');
  await running.runJob('report');
  expect(await accuracy()).toMatchObject({ evaluation: { synthetic: true }, live: { judged: 3 } });
  expect((await running.latest()).predictions).toHaveLength(3);
});

it('shows nothing of them once there are real bars, and says to train again', async () => {
  const startTraining = async () => runAcceptedSchema.parse((await running.post('/v1/trainings', {})).body).run.id;
  const training = await startTraining();
  expect(await startTraining()).toBe(training);
  await addReal('2025-12-30', real);
  const { status, body } = await running.post('/v1/predictions');
  expect([status, problemSchema.parse(body)]).toMatchObject([
    409,
    {
      code: 'model.none-live',
      detail: expect.stringMatching(/trained on synthetic bars, and the bars are real: train again/),
    },
  ]);
  expect((await running.latest()).predictions).toEqual([]);
  expect(await accuracy()).toMatchObject({ evaluation: null, live: { judged: 0 } });
  // A training of synthetic bars that still runs is not the one of real bars.
  const own = await startTraining();
  expect(own).not.toBe(training);
  for (const id of [training, own]) await running.queue.cancel(id);
});

it('predicts real symbols, although their session is over and the synthetic ones are of a later one', async () => {
  const run = await running.runBy('/v1/trainings', { seed: 2 });
  expect(run.error).toBeNull();
  expect(run.result).toMatchObject({ synthetic: false, barsAge: { newest: '2025-12-30', sessionsBehind: 217 } });
  const published = await running.publish();
  expect(published.map(({ symbol }) => symbol)).toEqual(real.toSorted());
  const { predictions, ...beside } = await running.latest();
  expect(predictions).toEqual(published);
  expect(beside).toMatchObject({
    sessionOver: true,
    barsAge: { newest: '2025-12-30', lastFinishedSession: '2026-11-25', sessionsBehind: 217, daysBehind: 330 },
  });
});

it('names the symbols whose bars end before the newest session', async () => {
  await addReal('2026-01-05', real.slice(0, 3));
  await running.publish();
  const { predictions, unpredicted } = await running.latest();
  expect(predictions.map(({ session }) => session)).toEqual(Array(3).fill('2026-01-06'));
  expect(unpredicted).toEqual([{ symbol: '9984', name: '架空9984', lastDate: '2025-12-30' }]);
});
