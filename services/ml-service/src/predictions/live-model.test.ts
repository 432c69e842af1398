import { parseSymbol, parseTradeDate } from '@daytrade/market';
import type { Stores } from '@daytrade/storage';
import {
  newStores,
  sampleInDayPrediction,
  sampleModel,
  samplePrediction,
  sampleSymbol,
} from '@daytrade/storage/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assertClockGoesOn, assertUsable } from './live-model.ts';

let stores: Stores & { readonly close: () => Promise<void> };
beforeAll(async () => {
  stores = await newStores(Date.now);
});
afterAll(() => stores.close());

/** Refuses an instant just before another one, and takes that one. */
async function expectNewest(instant: string, event: string): Promise<void> {
  const before = new Date(Date.parse(instant) - 1).toISOString();
  await expect(assertClockGoesOn(stores, before)).rejects.toMatchObject({
    code: 'data.clock-skew',
    message: expect.stringContaining(`the clock of this machine says ${before}, and ${event} at ${instant}`),
  });
  await expect(assertClockGoesOn(stores, instant)).resolves.toBeUndefined();
}

it('takes no instant before the newest record, of whatever kind', async () => {
  await expect(assertClockGoesOn(stores, '1970-01-01T00:00:00.000Z')).resolves.toBeUndefined();
  await stores.symbols.upsertMany([
    sampleSymbol({ symbol: parseSymbol('0102'), lastDate: parseTradeDate('2026-11-20') }),
    sampleSymbol({ lastDate: parseTradeDate('2026-11-24') }),
  ]);
  await expectNewest('2026-11-24T06:30:00.000Z', 'the session of the newest bar closed');
  await stores.predictions.save([samplePrediction({ madeAt: '2026-11-24T07:00:00.000Z' })]);
  await expectNewest('2026-11-24T07:00:00.000Z', 'predictions were published');
  const models = [];
  for (const createdAt of ['2026-11-23T00:00:00.000Z', '2026-11-23T01:00:00.000Z']) {
    models.push(await stores.models.register(sampleModel({ createdAt }), Uint8Array.of(1)));
  }
  await stores.models.promote(models[0]!.version, 'promote', '2026-11-24T07:10:00.000Z');
  await stores.models.promote(models[1]!.version, 'promote', '2026-11-24T07:20:00.000Z');
  await expectNewest('2026-11-24T07:20:00.000Z', 'a model went live');
  await stores.inDayPredictions.save([sampleInDayPrediction({ madeAt: '2026-11-25T01:30:04.000Z' })]);
  await expectNewest('2026-11-25T01:30:04.000Z', 'forecasts within the day were published');
  // One of an earlier time changes nothing.
  await stores.predictions.save([samplePrediction({ madeAt: '2026-11-24T08:00:00.000Z', modelVersion: 'm2' })]);
  await expectNewest('2026-11-25T01:30:04.000Z', 'forecasts within the day were published');
});

describe('the live model', () => {
  it('is usable on bars of its kind alone', async () => {
    const model = (await stores.models.live())!;
    expect(assertUsable(model, { synthetic: true })).toBe(model);
    expect(() => assertUsable(model, { synthetic: false })).toThrow(
      `the live model ${model.version} was trained on synthetic bars, and the bars are real: train again`,
    );
    expect(() => assertUsable({ ...model, synthetic: false }, { synthetic: true })).toThrow(
      'was trained on real bars, and the bars are synthetic',
    );
    expect(() => assertUsable(undefined, { synthetic: true })).toThrow(
      expect.objectContaining({ code: 'model.none-live' }),
    );
  });
});
