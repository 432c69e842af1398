import { type SessionEntry, type SymbolToday, symbolTodaySchema, tradeDateSchema } from '@daytrade/contracts';
import { describe, expect, it } from 'vitest';
import { changeBetween, morningOf, placeOf, roundPrices, sessionFan } from './session-fan.ts';

const session: SessionEntry = {
  date: tradeDateSchema.parse('2026-11-25'),
  morningOpen: '09:00',
  morningClose: '11:30',
  afternoonOpen: '12:30',
  continuousClose: '15:25',
  close: '15:30',
};
const said = {
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

function forecast(horizon: string, lower: number, upper: number, price: number) {
  const previous = { previousSession: '2026-11-24', previousClose: 1000, centre: price, close: null, inside: null };
  const at = '2026-11-25T01:30:00.000Z';
  return { ...said, ...previous, horizon, lower, upper, price, knownAt: at, madeAt: at };
}

function day(change: object = {}): SymbolToday {
  return symbolTodaySchema.parse({
    symbol: '7203',
    name: 'トヨタ自動車',
    session: session.date,
    evening: null,
    forecasts: [],
    prices: [],
    close: null,
    ...change,
  });
}

const evening = {
  ...said,
  lastSession: '2026-11-24',
  lastClose: 1000,
  centre: null,
  lower: 960,
  upper: 1040,
  probabilityUp: null,
  directionSkilled: false,
  madeAt: '2026-11-24T08:00:00.000Z',
};
const narrowing = [
  forecast('close@08:30', 970, 1030, 1000),
  forecast('close@open', 990, 1040, 1012),
  forecast('close@10:30', 1000, 1030, 1010),
];

describe('the fan of a session', () => {
  it('does not exist while there is neither a forecast nor a price', () => {
    expect(sessionFan(day(), session)).toBeUndefined();
  });

  it('has the evening first, then the times of the day where the clock has them', () => {
    const fan = sessionFan(day({ evening, forecasts: narrowing }), session);
    expect(fan?.forecasts.map(({ time }) => time)).toEqual(['next-close', 'close@08:30', 'close@open', 'close@10:30']);
    const places = fan?.forecasts.map(({ at }) => at) ?? [];
    expect(places).toEqual([...places].sort((one, other) => one - other));
    expect(fan?.forecasts[2]?.at).toBe(fan?.open);
    expect(fan?.lunch?.from).toBeGreaterThan(places[3]!);
    expect(fan?.end).toBeLessThan(1);
  });

  it('holds every bound, price and close between the ends of its axis', () => {
    const prices = [{ at: '2026-11-25T00:05:00.000Z', price: 1050 }];
    const fan = sessionFan(day({ forecasts: narrowing, prices, close: 955 }), session)!;
    expect(fan.low).toBeLessThan(955);
    expect(fan.high).toBeGreaterThan(1050);
    const ticks = roundPrices(fan);
    expect(ticks.length).toBeGreaterThanOrEqual(2);
    expect(ticks.length).toBeLessThanOrEqual(5);
    expect(ticks.every((tick) => tick % 10 === 0 && tick > fan.low && tick < fan.high)).toBe(true);
  });

  it('has no break at noon on a half day', () => {
    const half = { ...session, afternoonOpen: null, continuousClose: '11:30', close: '11:30' };
    expect(sessionFan(day({ forecasts: narrowing.slice(0, 1) }), half)?.lunch).toBeNull();
  });
});

describe('what changed since the morning', () => {
  it('is measured from the first forecast of the day, in shares of it', () => {
    const fan = sessionFan(day({ evening, forecasts: narrowing }), session)!;
    const morning = morningOf(fan)!;
    expect(morning.time).toBe('close@08:30');
    const change = changeBetween(morning, fan.forecasts.at(-1)!);
    expect(change.width).toBeCloseTo(30 / 1010 / (60 / 1000) - 1, 12);
    expect(change.middle).toBeCloseTo(1015 / 1000 - 1, 12);
    expect(change.price).toBeCloseTo(0.01, 12);
  });

  it('is measured from the evening at the first one, and not at all where there is no other', () => {
    const first = narrowing.slice(0, 1);
    expect(morningOf(sessionFan(day({ evening, forecasts: first }), session)!)?.time).toBe('next-close');
    expect(morningOf(sessionFan(day({ forecasts: first }), session)!)).toBeUndefined();
    expect(morningOf(sessionFan(day({ evening }), session)!)).toBeUndefined();
  });
});

it('compares a price with the bounds of an earlier interval', () => {
  const morning = { lower: 970, upper: 1030 };
  expect([969, 970, 1000, 1030, 1031].map((price) => placeOf(price, morning))).toEqual([
    'below',
    'at-lower',
    'inside',
    'at-upper',
    'above',
  ]);
});
