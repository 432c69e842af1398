import { type Run, runAcceptedSchema } from '@daytrade/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addSymbol, madeBars, type RunningService, startService } from './app.fixture.ts';

let running: RunningService;

const startTraining = async (): Promise<Run> =>
  runAcceptedSchema.parse((await running.post('/v1/trainings', {})).body).run;

beforeAll(async () => {
  running = await startService('2026-11-24T23:30:00.000Z');
});
afterAll(() => running.close());

it('a training asked for after real bars came is not the one of synthetic bars that still runs', {
  tags: ['long'],
}, async () => {
  for (const [index, symbol] of ['0101', '0102', '0103'].entries()) {
    await addSymbol(running.stores, symbol, madeBars(index + 1, '2022-01-04', '2026-11-24'));
  }
  const synthetic = await startTraining();
  expect((await startTraining()).id).toBe(synthetic.id);

  await addSymbol(running.stores, '7203', madeBars(4, '2026-09-29', '2026-11-24'), { synthetic: false });
  await expect(running.post('/v1/trainings', {})).resolves.toMatchObject({
    status: 409,
    body: { code: 'training.too-little-data', detail: expect.stringMatching(/\b38 sessions/) as string },
  });
  await addSymbol(running.stores, '7203', madeBars(4, '2022-01-04', '2026-09-28'), { synthetic: false });
  const own = await startTraining();
  expect(own.id).not.toBe(synthetic.id);
  for (const { id } of [synthetic, own]) await running.queue.cancel(id);
});
