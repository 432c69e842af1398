import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { accuracySchema, importanceSchema } from '@daytrade/contracts';
import { parseSymbol, parseTradeDate } from '@daytrade/market';
import type { AnnouncementRecord } from '@daytrade/storage';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addSymbol, madeBars, type RunningService, startService } from '../app.fixture.ts';

let running: RunningService;
beforeAll(async () => {
  running = await startService('2026-11-24T23:00:00.000Z');
  for (const [seed, symbol] of ['0101', '0102'].entries()) {
    await addSymbol(running.stores, symbol, madeBars(seed + 1, '2023-01-04', '2026-11-24'), { synthetic: false });
  }
  await running.stores.announcements.upsertMany([
    announced('2026-07-31', '15:30'),
    // In the trading hours: the close of the day knows it.
    announced('2026-10-30', '13:00'),
    announced('2026-11-20', null),
    // The same session as the one before, which was not a working day's.
    announced('2026-11-21', '09:00'),
    announced('2026-11-24', null, 'planned'),
    // A plan that stood, one whose results came in the trading hours, and one that was moved.
    announced('2026-11-05', null, 'planned'),
    announced('2026-10-30', null, 'planned'),
    announced('2026-11-12', null, 'planned', '2026-11-10T00:00:00.000Z'),
  ]);
});
afterAll(() => running.close());

function announced(
  date: string,
  time: string | null,
  kind: AnnouncementRecord['kind'] = 'made',
  knownUntil: string | null = null,
): AnnouncementRecord {
  const symbol = parseSymbol('0101');
  const knownSince = kind === 'planned' ? '2026-10-01T00:00:00.000Z' : `${date}T00:00:00.000Z`;
  return { symbol, date: parseTradeDate(date), kind, time, source: 'jquants', knownSince, knownUntil };
}

it('makes an evaluation know and show the earnings dates', { tags: ['long'] }, async () => {
  const run = await running.runBy('/v1/evaluations', { sessions: 100 });
  expect(run.error).toBeNull();
  const evaluation = (await running.read(accuracySchema, '/v1/accuracy')).evaluation!;
  const buckets = evaluation.buckets?.filter(({ group }) => group === 'results') ?? [];
  expect(evaluation.symbols).toBe(2);
  expect(buckets.map(({ bucket, symbolDays }) => [bucket, symbolDays])).toEqual([
    ['in-session', 2],
    ['after-last', 3],
    ['none', expect.any(Number)],
  ]);
  for (const { skill } of evaluation.buckets ?? []) expect(skill?.rollingQuantile).toBeLessThan(1);
});

it('trains with a feature and a member in files, and predicts by their texts', {
  tags: ['long'],
  timeout: 300_000,
}, async () => {
  const write = async (kind: string, name: string, text: string) => {
    await mkdir(join(running.folder, 'user', kind), { recursive: true });
    await writeFile(join(running.folder, 'user', kind, `${name}.ts`), text);
  };
  const asked = { features: ['step'], members: ['line'] };
  await write(
    'features',
    'step',
    "export default { summary: 'a step', values: ({ close }) => close.map((price, t) => price / close[t - 1] - 1) };",
  );
  await write(
    'members',
    'line',
    `export default () => ({ summary: 'a line', target: 'rank', columns: ['step'], train: (_, target) => target[0],
       predict: (slope, { values }) => values.map((value) => (Number.isNaN(value) ? 0 : slope * value)) });`,
  );
  const run = await running.runBy('/v1/trainings', asked);
  expect(run.error).toBeNull();
  const own = ['features/step.ts', 'members/line.ts'].map((file) => expect.stringContaining(file) as string);
  expect(run.result).toMatchObject({ own });
  expect((await running.read(accuracySchema, '/v1/accuracy')).evaluation).toMatchObject({ own });
  const { modelVersion } = run.result as { readonly modelVersion: string };
  const [model] = await running.stores.models.list();
  expect(model?.members.map(({ name }) => name)).toContain('line');
  await write(
    'features',
    'step',
    "export default { summary: 'later', values: ({ close }) => [...close.slice(1), 1] };",
  );
  expect(await running.publish()).toMatchObject([{ modelVersion }, { modelVersion }]);
  const { features } = await running.read(importanceSchema, `/v1/models/${modelVersion}/importance`);
  expect(features.map(({ name }) => name)).toContain('step');
  const refused = await running.runBy('/v1/evaluations', { ...asked, sessions: 100 });
  expect(refused.error).toMatchObject({ code: 'training.looks-ahead' });
});
