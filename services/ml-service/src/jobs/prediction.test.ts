import { clockAt } from '@daytrade/jobs/testing';
import type { InDayHorizon } from '@daytrade/market';
import type { Stores } from '@daytrade/storage';
import { newStores, samplePrediction, sampleRun, sampleSymbol } from '@daytrade/storage/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { predictionJob } from './prediction.ts';

const modelVersion = 'm20261124-0001-1f3a9c0b';
let stores: Stores & { readonly close: () => Promise<void> };
let now = 0;
beforeAll(async () => {
  stores = await newStores(() => now);
  await stores.symbols.upsertMany([sampleSymbol()]);
  // Only the session of 2026-11-25 has intervals from the evening.
  await stores.predictions.save([samplePrediction()]);
});
afterAll(() => stores.close());

/** Runs the job at an instant; returns its result and what was published. */
async function runAt(instant: string, scheduledFor: string | null = null, forecasts = 2) {
  now = Date.parse(instant);
  const published: (InDayHorizon | 'next-close')[] = [];
  const steps: number[] = [];
  const left = [{ symbol: '0109', name: '', message: 'damaged' }];
  const publishers = {
    nextClose: async () => {
      published.push('next-close');
      const predictions = Array.from({ length: forecasts }, () => samplePrediction({ modelVersion: 'm-evening' }));
      return { asked: [], predictions, added: 1, leftOut: left };
    },
    inDay: async ({ horizon }: { readonly horizon?: InDayHorizon }) => {
      published.push(horizon!);
      const withoutForecast = ['no-trade-yet', 'bars-behind', 'no-trade-yet'].map((reason) => ({ reason }));
      const predictions = Array.from({ length: 3 }, () => ({}));
      return { session: '2026-11-25', predictions, withoutForecast, modelVersion, added: 2, leftOut: [] };
    },
  };
  const dependencies = { stores, clock: clockAt(() => now) };
  const result = await predictionJob(dependencies as never, publishers as never).handler({
    run: sampleRun({ scheduledFor } as never),
    payload: {},
    signal: new AbortController().signal,
    progress: ({ fraction }) => steps.push(fraction),
  });
  return { result, published, steps };
}

describe('a run of the predictions', () => {
  it.each([
    // In Japan: 20:00, 08:31, 10:31, 15:31.
    ['in the evening', '2026-11-24T11:00:00Z', null, ['next-close']],
    ['before the open', '2026-11-24T23:31:00Z', null, ['next-close', 'close@08:30']],
    ['in a session', '2026-11-25T01:31:00Z', null, ['close@10:30']],
    ['in a session without intervals', '2026-11-26T01:31:00Z', null, ['next-close', 'close@10:30']],
    ['after the close', '2026-11-25T06:31:00Z', null, ['next-close']],
    ['on a day without a session', '2026-11-28T01:31:00Z', null, ['next-close']],
    ['a quarter late', '2026-11-25T01:46:00Z', '2026-11-25T01:30:00Z', ['close@10:30']],
    ['of a session that is over', '2026-11-25T06:31:00Z', '2026-11-25T01:30:00Z', ['next-close']],
    ['of the day before', '2026-11-25T01:31:00Z', '2026-11-24T01:30:00Z', ['next-close']],
    ['of the evening, in the session', '2026-11-25T01:31:00Z', '2026-11-24T11:00:00Z', ['next-close']],
  ])('%s publishes what is due', async (_, instant, scheduledFor, expected) => {
    const { published, steps } = await runAt(instant, scheduledFor);
    expect(published).toEqual(expected);
    expect(steps).toEqual(expected.at(-1) === 'next-close' ? [0.1] : [0.1, 0.5]);
  });

  it('says what it published, of the day before the evening', async () => {
    const none = { leftOut: [], withoutForecast: [] };
    const reasons = [
      { reason: 'no-trade-yet', symbols: 2 },
      { reason: 'bars-behind', symbols: 1 },
    ];
    const leftOut = [{ symbol: '0109', name: '', message: 'damaged' }];
    const of = async (instant: string, forecasts?: number) => (await runAt(instant, null, forecasts)).result;
    expect(await of('2026-11-24T11:00:00Z')).toEqual({
      ...none,
      predictions: 2,
      added: 1,
      leftOut,
      session: '2026-11-25',
      modelVersion: 'm-evening',
      horizons: ['next-close'],
    });
    expect(await of('2026-11-25T01:31:00Z')).toEqual({
      predictions: 3,
      added: 2,
      leftOut: [],
      session: '2026-11-25',
      modelVersion,
      horizons: ['close@10:30'],
      withoutForecast: reasons,
    });
    expect(await of('2026-11-24T23:31:00Z')).toEqual({
      predictions: 5,
      added: 3,
      leftOut,
      session: '2026-11-25',
      modelVersion,
      horizons: ['next-close', 'close@08:30'],
      withoutForecast: reasons,
    });
    expect(await of('2026-11-24T11:00:00Z', 0)).toEqual({
      ...none,
      predictions: 0,
      added: 1,
      leftOut,
      session: null,
      modelVersion: null,
      horizons: [],
    });
    expect(await of('2026-11-24T11:00:00Z', 1)).toMatchObject({ predictions: 1, horizons: ['next-close'] });
  });
});
