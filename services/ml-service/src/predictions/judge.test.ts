import { dayNumber, parseSymbol, parseTradeDate } from '@daytrade/market';
import { barValues } from '@daytrade/series';
import type { PublishedPrediction, Stores } from '@daytrade/storage';
import { emptyTables, newStores, samplePrediction, sampleSymbol } from '@daytrade/storage/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isInside, isLate, judgePublished, meanOf, readCloses, widthBp } from './judge.ts';
import { isJudged, type LiveInterval, liveAccuracy, liveInterval, liveIntervals } from './judged-interval.ts';

const [symbol, other] = ['7203', '6758'].map((code) => parseSymbol(code)) as [never, never];
const dates = ['2026-11-19', '2026-11-20', '2026-11-24', '2026-11-25', '2026-11-26'].map((date) =>
  parseTradeDate(date),
);
const [, , last, session, next] = dates as [never, never, never, never, never];
const now = Date.parse('2026-11-25T09:00:00.000Z');

let stores: Stores & { readonly close: () => Promise<void> };
beforeAll(async () => {
  stores = await newStores(() => now);
});
afterAll(() => stores.close());
beforeEach(async () => {
  await emptyTables(stores.database);
  await stores.bars.remove([symbol, other]);
});

/** Puts closes of a symbol into the stores, on the sessions up to a number of them. */
async function setCloses(code: string, ...closes: readonly number[]): Promise<void> {
  const days = Int32Array.from(dates.slice(0, closes.length), dayNumber);
  await stores.bars.merge(code, { days, ...barValues(() => Float64Array.from(closes)) });
}

const predictionOf = (change: Partial<PublishedPrediction> = {}) =>
  samplePrediction({
    symbol,
    session,
    lastSession: last,
    lastClose: 1_000,
    centre: 1_001,
    lower: 950,
    upper: 1_050,
    priceBasis: 'split-adjusted',
    synthetic: false,
    ...change,
  });
const closeOf = async (change: Partial<PublishedPrediction> = {}, at = now) => {
  const prediction = predictionOf(change);
  return (await readCloses(stores, [prediction], at))(prediction);
};
const split = (date: never, value: number, change: object = {}) =>
  stores.priceFactors.upsertMany([{ symbol, date, kind: 'split', value, knownOn: date, source: 'jquants', ...change }]);

describe('the close of a prediction', () => {
  it('is that of its session, and none while there is none', async () => {
    expect(await closeOf()).toBeUndefined();
    await setCloses(symbol, 990, 995, 1_000);
    expect(await closeOf()).toBeUndefined();
    await setCloses(symbol, 990, 995, 1_000, 1_020);
    expect(await closeOf()).toEqual({ close: 1_020, restated: undefined });
    expect(await closeOf({ symbol: other })).toBeUndefined();
    expect(await closeOf({ session: next })).toBeUndefined();
    expect((await readCloses(stores, [], now))(predictionOf())).toBeUndefined();
  });

  it('is read of each symbol and session, at its own place', async () => {
    await setCloses(symbol, 990, 995, 1_000, 1_020, 1_030);
    await setCloses(other, 2_990, 2_995, 3_000, 3_020, 3_030);
    const all = [symbol, other].flatMap((code) =>
      [1, 2, 3, 4].map((t) => {
        const lastClose = (code === symbol ? 0 : 2_000) + [990, 995, 1_000, 1_020][t - 1]!;
        return predictionOf({ symbol: code, session: dates[t]!, lastSession: dates[t - 1]!, lastClose });
      }),
    );
    const closes = await readCloses(stores, all, now);
    expect(all.map((prediction) => closes(prediction)?.close)).toEqual([
      995, 1_000, 1_020, 1_030, 2_995, 3_000, 3_020, 3_030,
    ]);
    const kept = await stores.judgedCloses.since(dates[2]!, [other]);
    expect(kept.map(({ session: date, close, lastClose, judgedAt }) => [date, close, lastClose, judgedAt])).toEqual([
      [dates[2], 3_000, 2_995, '2026-11-25T09:00:00.000Z'],
      [dates[3], 3_020, 3_000, '2026-11-25T09:00:00.000Z'],
      [dates[4], 3_030, 3_020, '2026-11-25T09:00:00.000Z'],
    ]);
  });

  it('is the first one: another one later is shown beside it, in the prices of the prediction', async () => {
    await setCloses(symbol, 990, 995, 1_000, 1_020);
    await closeOf();
    await setCloses(symbol, 990, 995, 1_000, 1_025);
    expect(await closeOf({}, now + 1)).toEqual({ close: 1_020, restated: 1_025 });
    // A split of both, and a dividend that adjusts the close before alone.
    await setCloses(symbol, 198, 199, 200, 204);
    expect(await closeOf()).toEqual({ close: 1_020, restated: undefined });
    await setCloses(symbol, 198, 199, 200, 210);
    expect(await closeOf()).toEqual({ close: 1_020, restated: 1_050 });
    await setCloses(symbol, 980, 985, 990, 1_020);
    expect(await closeOf()).toEqual({ close: 1_020, restated: undefined });
  });

  it('is not restated by the rounding of adjusted prices', async () => {
    await setCloses(symbol, 990, 995, 1_000, 1_020);
    await closeOf();
    const restated = async (lastClose: number, close: number) => {
      await setCloses(symbol, 990, 995, lastClose, close);
      return (await closeOf())?.restated !== undefined;
    };
    expect([await restated(500, 510 * 1.0009), await restated(500, 510 * 1.0011)]).toEqual([false, true]);
    expect([await restated(500, 510 / 1.0009), await restated(500, 510 / 1.0011)]).toEqual([false, true]);
    // Of the same close before, any other close is another one.
    expect(await restated(1_000, 1_020.1)).toBe(true);
  });

  it('is restated where the close before was or is missing', async () => {
    await setCloses(symbol, 990, 995, NaN, 1_020);
    expect(await closeOf()).toEqual({ close: 1_020, restated: undefined });
    await setCloses(symbol, 990, 995, 500, 510);
    expect((await closeOf())?.restated).toBe(1_020);
    await setCloses(other, 990, 995, 1_000, 1_020);
    await closeOf({ symbol: other });
    await setCloses(other, 990, 995, NaN, 510);
    expect(await closeOf({ symbol: other })).toEqual({ close: 1_020, restated: 510 });
  });

  it.each([
    // The bars were restated between the prediction and its judgement.
    ['split-adjusted', 200, 204, 1_020],
    ['fully-adjusted', 980, 1_000, (1_000 / 980) * 1_000],
    ['split-adjusted', 1_000, 1_020, 1_020],
    ['split-adjusted', NaN, 1_020, 1_020],
    // Traded prices never are: the interval knew of the dividend.
    ['traded', 980, 1_000, 1_000],
  ] as const)(
    'is in the prices of a prediction: %s, %d and %d are %d',
    async (priceBasis, lastClose, close, expected) => {
      await setCloses(symbol, 990, 995, lastClose, close);
      expect((await closeOf({ priceBasis }))?.close).toBeCloseTo(expected, 9);
    },
  );

  it('is in traded prices without the splits between both sessions, the later day among them', async () => {
    await setCloses(symbol, 990, 995, 1_000, 204);
    const traded = { priceBasis: 'traded' } as const;
    const lastAt = { lastSession: dates[0]!, ...traded };
    await split(last, 0.2);
    await split(next, 0.5);
    expect((await closeOf(traded))?.close).toBe(204);
    expect((await closeOf(lastAt))?.close).toBe(1_020);
    await split(session, 0.5);
    expect((await closeOf(traded))?.close).toBe(408);
    expect((await closeOf(lastAt))?.close).toBeCloseTo(2_040, 9);
    // Neither a dividend, nor a split of another symbol; adjusted prices have no step.
    await split(session, 20, { kind: 'dividend' });
    await split(session, 0.1, { symbol: other });
    expect((await closeOf(traded))?.close).toBe(408);
    expect((await closeOf())?.close).toBe(204);
  });
});

describe('a judged prediction', () => {
  it('has its outcome, and whether it was made in time', async () => {
    await setCloses(symbol, 990, 995, 1_000, 1_050);
    await stores.symbols.upsertMany([sampleSymbol({ symbol, synthetic: false })]);
    await stores.predictions.save([predictionOf(), predictionOf({ session: next, lastSession: session })]);
    const judged = await judgePublished(stores, { symbol, synthetic: false }, 5, now);
    const { modelVersion } = predictionOf();
    const shown = { lastClose: 1_000, lower: 950, upper: 1_050, probabilityUp: null, modelVersion, source: 'live' };
    expect(judged).toEqual([
      { ...shown, session, centre: 1_001, close: 1_050, inside: true },
      { ...shown, session: next, centre: null, close: null, inside: null },
    ]);
    expect(await judgePublished(stores, { symbol, synthetic: false }, 1, now)).toEqual([judged[1]]);
    await setCloses(symbol, 990, 995, 1_000, 1_051);
    expect((await judgePublished(stores, { symbol, synthetic: false }, 5, now))[0]).toEqual({
      ...judged[0],
      restatedClose: 1_051,
    });
  });

  it.each([
    ['2026-11-24T23:59:59.999Z', false],
    ['2026-11-25T00:00:00.000Z', true],
    ['2026-11-25T00:00:00.001Z', true],
  ])('made at %s is late: %s', (madeAt, late) => {
    expect(isLate({ session, madeAt })).toBe(late);
  });

  it.each([
    [949.9, false],
    [950, true],
    [1_050, true],
    [1_050.1, false],
  ])('holds a close of %d: %s', (close, inside) => {
    expect(isInside({ lower: 950, upper: 1_050 }, close)).toBe(inside);
  });

  it('has a width in hundredths of a percent', () => {
    expect(widthBp({ lower: 100, upper: 100 * Math.exp(0.03) })).toBeCloseTo(300, 9);
    expect([meanOf([]), meanOf([5]), meanOf([1, 2, 6])]).toEqual([null, 5, 3]);
  });
});

describe('the live record', () => {
  const interval = (date: never, inside: boolean | null, restated = false): LiveInterval => {
    return { session: date, inside, restated, widthBp: 1 };
  };

  it('is of what was published in time, with its outcomes', async () => {
    await setCloses(symbol, 990, 995, 1_000, 1_050.5);
    const late = { madeAt: '2026-11-24T00:00:00.000Z', session: last, lastSession: dates[1]! };
    await stores.predictions.save([
      predictionOf(),
      predictionOf(late),
      predictionOf({ session: next, lastSession: session, synthetic: true }),
    ]);
    const width = widthBp({ lower: 950, upper: 1_050 });
    expect(await liveIntervals(stores, false, now)).toEqual([
      { session, inside: false, restated: false, widthBp: width },
    ]);
    expect(liveInterval(predictionOf(), { close: 950, restated: 1 })).toEqual({
      session,
      inside: true,
      restated: true,
      widthBp: width,
    });
    expect(liveInterval(predictionOf(), undefined).inside).toBeNull();
    expect([interval(session, null), interval(session, false)].map(isJudged)).toEqual([false, true]);
  });

  it('counts what is judged, inside, restated, and what lacks its close or its session', () => {
    const intervals = [
      interval(dates[0] as never, null),
      interval(dates[1] as never, true, true),
      interval(dates[1] as never, false),
      interval(session, true),
      interval(session, true),
      interval(session, null),
      interval(next, null),
    ];
    expect(liveAccuracy(intervals, now)).toEqual({
      judged: 4,
      inside: 3,
      coverage: 0.75,
      firstSession: dates[1],
      lastSession: session,
      // That of the next session is not over.
      unjudged: 2,
      missing: 1,
      restated: 1,
    });
    expect(liveAccuracy([], now)).toEqual({
      judged: 0,
      inside: 0,
      coverage: null,
      firstSession: null,
      lastSession: null,
      unjudged: 0,
      missing: 0,
      restated: 0,
    });
  });
});
