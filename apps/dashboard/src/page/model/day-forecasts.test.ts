import { type InDayPrediction, type SessionEntry, symbolTodaySchema, tradeDateSchema } from '@daytrade/contracts';
import { describe, expect, it } from 'vitest';
import { inDayRows, roundPrices, sessionFan } from './day-forecasts.ts';

const session: SessionEntry = {
  date: tradeDateSchema.parse('2026-11-25'),
  morningOpen: '09:00',
  morningClose: '11:30',
  afternoonOpen: '12:30',
  continuousClose: '15:25',
  close: '15:30',
};
const common = {
  symbol: '7203',
  name: 'トヨタ自動車',
  session: session.date,
  coverage: 0.93,
  priceBasis: 'traded',
  modelVersion: 'm1',
  intervalMethod: 'split',
  late: false,
  synthetic: false,
};
const evening = {
  ...common,
  lastSession: '2026-11-24',
  lastClose: 1000,
  centre: null,
  lower: 960,
  upper: 1040,
  probabilityUp: null,
  directionSkilled: false,
  madeAt: '2026-11-24T08:00:00.000Z',
};
const forecasts = [
  { horizon: 'close@08:30', lower: 970, upper: 1030, price: 1000 },
  { horizon: 'close@open', lower: 990, upper: 1040, price: 1012 },
  { horizon: 'close@10:30', lower: 1000, upper: 1030, price: 1010 },
].map((forecast) => ({
  ...common,
  ...forecast,
  previousSession: '2026-11-24',
  previousClose: 1000,
  centre: forecast.price,
  close: null,
  inside: null,
  knownAt: '2026-11-25T01:30:00.000Z',
  madeAt: '2026-11-25T01:30:00.000Z',
}));

function fanOf(day: object, hours = session) {
  const nothing = { evening: null, forecasts: [], prices: [], close: null };
  const { symbol, name } = common;
  return sessionFan(symbolTodaySchema.parse({ symbol, name, session: session.date, ...nothing, ...day }), hours);
}

describe('the fan of a session', () => {
  it('does not exist while there is neither a forecast nor a price', () => {
    expect(fanOf({})).toBeUndefined();
  });

  it('has the evening first, then the times of the day at their places', () => {
    const fan = fanOf({ evening, forecasts })!;
    expect(fan.forecasts.map(({ time }) => time)).toEqual(['next-close', 'close@08:30', 'close@open', 'close@10:30']);
    const places = [...fan.forecasts.map(({ at }) => at), fan.lunch!.from, fan.lunch!.to, fan.end, 1];
    expect(places).toEqual(places.toSorted((one, other) => one - other));
    expect(fan.forecasts[2]?.at).toBe(fan.open);
  });

  it('has every bound, price and close between the ends of its axis, and round prices on it', () => {
    const prices = [{ at: '2026-11-25T00:05:00.000Z', price: 1050 }];
    const fan = fanOf({ forecasts, prices, close: 955 })!;
    expect(fan.low).toBeLessThan(955);
    expect(fan.high).toBeGreaterThan(1050);
    expect(roundPrices(fan)).toEqual([950, 1000, 1050]);
  });

  it('has no lunch break on a half day', () => {
    const half = { ...session, afternoonOpen: null, continuousClose: '11:30', close: '11:30' };
    expect(fanOf({ forecasts: forecasts.slice(0, 1) }, half)?.lunch).toBeNull();
  });
});

it('makes rows of the newest forecasts, in shares of the price then and of the previous close', () => {
  const [row] = inDayRows(forecasts.slice(-1) as unknown as InDayPrediction[], []);
  const moves = { lowerMove: expect.closeTo(1000 / 1010 - 1, 12), priceMove: expect.closeTo(0.01, 12) };
  expect(row).toMatchObject({ ...moves, rank: null });
});
