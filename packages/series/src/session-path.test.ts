import { dayNumber, instantOf, parseSymbol, parseTradeDate } from '@daytrade/market';
import { describe, expect, it } from 'vitest';
import { buildPanel } from './build-panel.ts';
import {
  buildSessionPath,
  type DayPrices,
  type FinishedSession,
  sessionBasis,
  sessionSnapshot,
} from './build-session-path.ts';
import { type IntradayColumns, mapBars } from './panel.ts';
import {
  type SessionSnapshot,
  SymbolSnapshot,
  snapshotAt,
  snapshotAtOpen,
  snapshotAtPrice,
  snapshotBeforeOpen,
  snapshotColumns,
} from './session-path.ts';
import { noiseIntradayBars, noisePanel } from './testing/noise.ts';

const symbol = (code: string) => ({ symbol: parseSymbol(code), tickTable: 'standard', priceBasis: 'traded' }) as const;
const date = parseTradeDate('2025-01-22');

/** Bars of one day: time, close and volume; each opens where the one before closed, the first at 1000. */
function barsOf(rows: readonly (readonly [time: string, close: number, volume: number])[]): IntradayColumns {
  const close = Float64Array.from(rows, (row) => row[1]);
  const open = close.map((_, i) => close.subarray(0, i).findLast((price) => price > 0) ?? 1000);
  return {
    times: Float64Array.from(rows, (row) => instantOf(date, row[0])),
    open,
    high: close.map((price, i) => Math.max(price, open[i]!)),
    low: close.map((price, i) => Math.min(price, open[i]!)),
    close,
    volume: Float64Array.from(rows, (row) => row[2]),
  };
}

const column = (value: number) => Float64Array.of(value);
const panel = buildPanel(
  ['0101', '0102'].map((code) => ({
    symbol: symbol(code),
    bars: {
      days: Int32Array.of(dayNumber(date)),
      open: column(500),
      high: column(510),
      low: column(495),
      close: column(505),
      volume: column(9),
    },
  })),
);
const bars = barsOf([
  ['09:00', 1010, 100],
  ['09:05', 1000, 50],
  ['09:10', 990, 25],
  ['11:30', NaN, NaN],
  ['12:30', 1020, 10],
]);

describe('a session so far', () => {
  it('knows a bar when it has ended, and nothing before the first', () => {
    const at = (time: string) => sessionSnapshot(date, [bars, undefined], instantOf(date, time));
    expect(at('09:04').price).toEqual(Float64Array.of(NaN, NaN));
    expect(at('09:05')).toMatchObject({ open: Float64Array.of(1000, NaN), price: Float64Array.of(1010, NaN) });
    expect(at('09:15')).toMatchObject({
      price: Float64Array.of(990, NaN),
      high: Float64Array.of(1010, NaN),
      low: Float64Array.of(990, NaN),
    });
    const squares = [1010 / 1000, 1000 / 1010, 990 / 1000].map((ratio) => Math.log(ratio) ** 2);
    expect(at('09:15').variance[0]).toBeCloseTo(squares[0]! + squares[1]! + squares[2]!, 15);
  });

  it('passes over lunch: the price is the one before', () => {
    expect(sessionSnapshot(date, [bars], instantOf(date, '12:34')).price[0]).toBe(990);
    expect(sessionSnapshot(date, [bars], instantOf(date, '12:35')).price[0]).toBe(1020);
  });
});

describe('a session with one price or none', () => {
  it('at its open has the opening prices of that session, one a symbol', () => {
    const noise = noisePanel({ symbolCount: 2, sessionCount: 3, seed: 5, missingShare: 0 });
    for (const t of [0, 1, 2]) {
      const open = noise.open.slice(2 * t, 2 * t + 2);
      const variance = Float64Array.of(NaN, NaN);
      expect(snapshotAtOpen(noise, t)).toEqual({ open, price: open, high: open, low: open, variance });
    }
  });

  it('before its open has none', () => {
    const none = Float64Array.of(NaN, NaN);
    expect(snapshotBeforeOpen(2)).toEqual({ open: none, price: none, high: none, low: none, variance: none });
    expect(snapshotAtPrice(Float64Array.of(5)).variance).toEqual(Float64Array.of(NaN));
  });
});

describe('the running session of a symbol', () => {
  it('takes bars with prices alone, the first from its own open', () => {
    const snapshot = new SymbolSnapshot();
    const take = (open: number, high: number, low: number, close: number) => snapshot.take({ open, high, low, close });
    for (const [open, close] of [
      [NaN, 5],
      [5, NaN],
      [0, 5],
      [5, 0],
    ] as const)
      take(open, 9, 1, close);
    expect(snapshot).toMatchObject({ open: NaN, price: NaN, high: NaN, low: NaN, variance: NaN });
    take(100, 120, 90, 110);
    expect(snapshot).toMatchObject({ open: 100, price: 110, high: 120, low: 90, variance: Math.log(1.1) ** 2 });
    take(111, 115, 80, 99);
    const variance = Math.log(1.1) ** 2 + Math.log(99 / 110) ** 2;
    expect(snapshot).toMatchObject({ open: 100, price: 99, high: 120, low: 80, variance });
    take(1, 130, 85, 121);
    expect([snapshot.high, snapshot.low, snapshot.price]).toEqual([130, 80, 121]);
  });
});

describe('a session path', () => {
  it('is in the prices of the panel, whatever the basis of the 5-minute bars', () => {
    const path = buildSessionPath(panel, [bars, undefined], ['09:05', '09:15']);
    expect(snapshotAt(panel, path, 0, 1)).toMatchObject({
      open: Float64Array.of(500, NaN),
      price: Float64Array.of(495, NaN),
    });
  });

  it('has no row at or after the close of a session', () => {
    const path = buildSessionPath(panel, [bars, undefined], ['15:15', '15:30']);
    expect(snapshotAt(panel, path, 0, 0)!.price[0]).toBe(510);
    expect(snapshotAt(panel, path, 0, 1)!.price[0]).toBeNaN();
  });

  it('says at each time what a running session says then, and begins with the first bars', () => {
    const noise = noisePanel({ symbolCount: 3, sessionCount: 8, seed: 5, missingShare: 0.1 });
    const late = noiseIntradayBars(noise, 7).map((own) => after(own, noise.days[2]!));
    const times = ['09:30', '10:00', '14:00'];
    const path = buildSessionPath(noise, late, times);
    expect(path.from).toBe(2);
    expect(snapshotAt(noise, path, 1, 0)).toBeUndefined();
    for (let t = 2; t < 8; t += 1) {
      const session = parseTradeDate(new Date(noise.days[t]! * 86_400_000).toISOString().slice(0, 10));
      for (const [k, time] of times.entries()) {
        const running = sessionSnapshot(session, late, instantOf(session, time));
        expectClose(snapshotAt(noise, path, t, k)!, running);
      }
    }
  });
});

function after(own: IntradayColumns, day: number): IntradayColumns {
  const from = own.times.findIndex((time) => time >= (day - 0.5) * 86_400_000);
  return { times: own.times.subarray(from), ...mapBars(own, (column) => column.subarray(from)) };
}

function expectClose(path: SessionSnapshot, running: SessionSnapshot): void {
  for (const name of snapshotColumns) {
    for (const [s, value] of running[name].entries()) {
      if (Number.isNaN(value)) expect(path[name][s]).toBeNaN();
      else expect(path[name][s]! / value).toBeCloseTo(1, 9);
    }
  }
}

const day = (high: number, low: number, close: number): DayPrices => ({ high, low, close });

/** A session whose 5-minute bars lack nothing but the closing auction, in daily prices that are multiplied. */
function session(factor: number, { high, low, close } = day(1_020, 990, 1_004)): FinishedSession {
  return {
    daily: day(high * factor, low * factor, close * factor * 1.002),
    fiveMinutes: { high, low, close },
  };
}

const factorsOf = (...sessions: readonly FinishedSession[]) => [...sessionBasis(sessions)];

describe('the basis of 5-minute prices', () => {
  it('is that of traded prices where bars lack the auctions that made high, low and close', () => {
    const lacking = [
      { daily: day(1_035, 990, 1_010), fiveMinutes: day(1_020, 990, 1_004) },
      { daily: day(1_020, 970, 1_010), fiveMinutes: day(1_020, 990, 1_004) },
      { daily: day(1_035, 970, 1_035), fiveMinutes: day(1_001, 1_000, 1_000) },
    ];
    expect(factorsOf(...lacking)).toEqual([1, 1, 1]);
  });

  it('follows a split, at once and exactly', () => {
    const split = { daily: day(204.2, 198, 200.6), fiveMinutes: day(1_020, 990, 1_004) };
    const factors = factorsOf(session(1 / 5), split, session(1), session(1));
    expect(factors[0]).toBeCloseTo(1 / 5, 12);
    expect(factors[1]).toBeCloseTo(1 / 5, 12);
    expect(factors.slice(2)).toEqual([1, 1]);
    expect(factorsOf(session(1 / 5))[0]).toBeCloseTo(1 / 5, 12);
    expect(factorsOf(session(1.1))[0]).toBeCloseTo(1.1, 12);
  });

  it('changes on the ex-days of adjusted prices, whatever the bars of an ex-day lack', () => {
    const [before, between] = [0.953, 0.97];
    const exDay = { daily: day(1_040 * between, 990 * between, 1_000), fiveMinutes: day(1_020, 990, 1_004) };
    const factors = factorsOf(session(before), session(before), exDay, session(between), session(1), session(1));
    for (const [t, factor] of [before, before, between, between, 1, 1].entries()) {
      expect(factors[t], `session ${t}`).toBeCloseTo(factor, 9);
    }
  });

  it('stays near one that holds where a single session shows another, and leaves it for the size of a split', () => {
    const near = factorsOf(session(0.2), session(0.2), session(0.21));
    expect(near.map((factor) => Math.round(factor * 1e6) / 1e6)).toEqual([0.2, 0.2, 0.2]);
    const twice = factorsOf(session(0.2), session(0.2), session(0.21), session(0.21));
    expect(twice.map((factor) => Math.round(factor * 1e6) / 1e6)).toEqual([0.2, 0.2, 0.21, 0.21]);
    const far = factorsOf(session(1.06), session(1.06), session(1 / 1.06));
    expect(far.map((factor) => Math.round(factor * 1e6) / 1e6)).toEqual([1.06, 1.06, 0.943396]);
    // A change by 8 % is less than a split, one by 10 % is one.
    expect(factorsOf(session(1), session(1.08))[1]).toBe(1);
    expect(factorsOf(session(1), session(1.1))[1]).toBeCloseTo(1.1, 12);
    expect(factorsOf(session(1.08))).toEqual([1]);
    expect(factorsOf(session(1.08), session(1.08)).map((factor) => Math.round(factor * 1e6) / 1e6)).toEqual([
      1.08, 1.08,
    ]);
    expect(factorsOf()).toEqual([]);
  });

  it('stays where one session has a defective price, and needs no session with both kinds of bars', () => {
    const none = day(NaN, NaN, NaN);
    const within = { daily: day(1_010, 990, 1_004), fiveMinutes: day(1_020, 990, 1_004) };
    const below = { daily: day(1_010, 970, 1_000), fiveMinutes: day(1_020, 975, 1_004) };
    const halted = { daily: none, fiveMinutes: none };
    expect(factorsOf(session(1), within, below, halted, session(1))).toEqual([1, 1, 1, 1, 1]);
    expect(factorsOf(halted)).toEqual([1]);
  });
});
