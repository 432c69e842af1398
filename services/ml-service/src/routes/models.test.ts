import { routes } from '@daytrade/contracts';
import { sampleModel } from '@daytrade/storage/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningService, startService } from '../app.fixture.ts';

let running: RunningService;
beforeAll(async () => {
  running = await startService('2026-11-25T01:00:00.000Z');
});
afterAll(() => running.close());

const missing = async () => ((await running.get('/v1/models/m1')).body as { readonly detail: string }).detail;

it('shows each model with its own changes alone, and names the newest where there is no such model', async () => {
  expect(await missing()).toBe('no model m1; the newest are: none');
  const versions: string[] = [];
  for (let hour = 1; hour <= 6; hour += 1) {
    const createdAt = `2026-11-24T0${hour}:00:00.000Z`;
    const { version } = await running.stores.models.register(sampleModel({ createdAt }), Uint8Array.of(hour));
    versions.push(version);
  }
  const [first, second] = versions as [string, string];
  await running.stores.models.promote(first, 'promote', '2026-11-24T08:00:00.000Z');
  await running.stores.models.promote(second, 'promote', '2026-11-24T09:00:00.000Z');
  const { models, live } = await running.read(routes.models.answers[200], '/v1/models');
  expect([live, models.map(({ version }) => version).toSorted()]).toEqual([second, versions.toSorted()]);
  for (const [version, at, previous] of [
    [first, '2026-11-24T08:00:00.000Z', null],
    [second, '2026-11-24T09:00:00.000Z', first],
  ] as const) {
    const { model, activations, own } = await running.read(routes.model.answers[200], `/v1/models/${version}`);
    expect([model.version, model.directionSkilled, own]).toEqual([version, false, undefined]);
    expect(activations).toEqual([{ at, version, previous, action: 'promote', by: null }]);
  }
  expect(await missing()).toBe(`no model m1; the newest are: ${versions.toReversed().slice(0, 5).join(', ')}`);
});
