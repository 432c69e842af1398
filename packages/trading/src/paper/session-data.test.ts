import { dateOfDayNumber, instantOf, sessionOpen, sessionTimes } from '@daytrade/market';
import { barMilliseconds, barNames, type IntradayColumns, limitColumns, type Panel } from '@daytrade/series';
import { noisePanel } from '@daytrade/series/testing';
import { describe, expect, it } from 'vitest';
import { type KnownSession, type SessionView, sessionView } from './session-data.ts';

const [symbols, sessions, t] = [3, 6, 3];
type Candle = readonly [open: number, high: number, low: number, close: number, volume: number];
const none: Candle = [NaN, NaN, NaN, NaN, NaN];
const flat: Candle = [1_000, 1_000, 1_000, 1_000, 500];
const ofDay: Candle = [1_010, 1_030, 990, 1_020, 5_000];
// The price of the third symbol is 1 yen, the lowest there is.
const penny: Candle = [1, 1, 1, 1, 1];

/** Flat sessions of three symbols; the second one did not trade in session 3. */
function panelOf(): Panel {
  const noise = noisePanel({ symbolCount: symbols, sessionCount: sessions, seed: 1 });
  const traded = noise.symbols.map((symbol) => ({ ...symbol, priceBasis: 'traded' as const }));
  const panel = { ...noise, symbols: traded };
  for (let row = 0; row < sessions * symbols; row += 1) {
    const candles = row < t * symbols || row >= (t + 1) * symbols ? [flat, flat, penny] : [ofDay, none, penny];
    setBar(panel, row, candles[row % symbols]!);
  }
  return panel;
}

function setBar(panel: Panel, row: number, candle: Candle): void {
  for (const [place, name] of barNames.entries()) panel[name][row] = candle[place]!;
}

const panel = panelOf();
const session = dateOfDayNumber(panel.days[t]!);
const [opened, closed] = [sessionOpen(session), instantOf(session, sessionTimes(session).close)];
const atClock = (time: string) => instantOf(session, time);

/** Columns of 5-minute bars of session 3 after a bar of the session before. */
function columnsOf(...rows: readonly (readonly [time: string, ...Candle])[]): IntradayColumns {
  const before = dateOfDayNumber(panel.days[t - 1]!);
  const column = (place: number) => Float64Array.from([9, ...rows.map((row) => row[place] as number)]);
  const times = Float64Array.from([instantOf(before, '14:55'), ...rows.map(([time]) => atClock(time))]);
  return { times, open: column(1), high: column(2), low: column(3), close: column(4), volume: column(5) };
}

function knownWith(change: Partial<KnownSession> = {}): KnownSession {
  return { panel, intraday: undefined, forecasts: undefined, synthetic: false, ...change };
}

/** Returns the bar of a symbol in a session of a view. */
function barAt({ data }: SessionView, symbol: number, at = t): readonly number[] {
  return barNames.map((name) => data.panel[name][at * symbols + symbol]!);
}

describe('the daily bars of a session', () => {
  it('are known from its close on, those of the sessions before at any time, and never later ones', () => {
    for (const asOf of [0, opened - 1, opened, closed - 1, closed, closed + 1e9]) {
      const view = sessionView(knownWith(), session, asOf);
      expect([view.t, view.isCurrent]).toEqual([t, true]);
      expect(view.data.panel.days).toEqual(panel.days.slice(0, t + 1));
      expect(view.data.panel.close).toHaveLength((t + 1) * symbols);
      expect([barAt(view, 0, t - 1), barAt(view, 1, 0), barAt(view, 2, 0)]).toEqual([flat, flat, penny]);
      const isOver = asOf >= closed;
      expect([0, 1, 2].map((symbol) => view.hasBar(symbol))).toEqual([isOver, false, isOver]);
      expect(view.data.limits).toEqual(limitColumns(view.data.panel));
    }
  });

  it.each([
    ['the millisecond before the open', opened - 1, none, none],
    // Its volume bounds the shares of an auction.
    ['the open', opened, [1_010, 1_010, 1_010, 1_010, 5_000], penny],
    ['the millisecond before the close', closed - 1, [1_010, 1_010, 1_010, 1_010, 5_000], penny],
    ['the close', closed, ofDay, penny],
  ] as const)('show at %s what is known by then', (_, asOf, expected, last) => {
    const view = sessionView(knownWith(), session, asOf);
    expect([0, 1, 2].map((symbol) => barAt(view, symbol))).toEqual([expected, none, last]);
  });

  it('begin with the panel', () => {
    const first = dateOfDayNumber(panel.days[0]!);
    const view = sessionView(knownWith(), first, closed);
    expect([view.t, view.isCurrent, barAt(view, 0, 0), view.hasBar(0)]).toEqual([0, false, flat, true]);
  });

  it('are none of a session that is not on the panel, which need not be the next one', () => {
    const few = { ...panel, days: panel.days.slice(0, t) };
    for (const name of barNames) few[name] = panel[name].slice(0, t * symbols);
    const view = sessionView(knownWith({ panel: few }), session, closed);
    expect([view.t, view.isCurrent, barAt(view, 0), view.hasBar(0)]).toEqual([t, true, none, false]);
    const later = sessionView(knownWith({ panel: few }), dateOfDayNumber(panel.days[t + 1]!), closed);
    expect([later.t, later.isCurrent, later.data.panel.days.at(-1)]).toEqual([t, false, panel.days[t + 1]]);
  });
});

describe('the bar of a running session', () => {
  const intraday = [
    columnsOf(
      ['09:00', 1_010, 1_015, 1_005, 1_012, 100],
      ['09:05', 1_012, 1_013, 1_000, 1_001, 200],
      // Without a trade, and with a part of one.
      ['09:10', NaN, NaN, NaN, NaN, 0],
      ['09:15', 2_000, 2_000, 2_000, NaN, 9],
      ['09:20', NaN, 2_000, 2_000, 2_000, 9],
      ['09:25', 1_001, 1_018, 1_001, 1_017, 300],
    ),
    undefined,
    columnsOf(['09:05', ...penny], ['09:10', ...penny]),
  ];

  it.each([
    ['09:00', [1_010, 1_010, 1_010, 1_010, 5_000], penny],
    ['09:05', [1_010, 1_015, 1_005, 1_012, 100], penny],
    ['09:10', [1_010, 1_015, 1_000, 1_001, 300], penny],
    ['09:25', [1_010, 1_015, 1_000, 1_001, 300], [1, 1, 1, 1, 2]],
    ['09:30', [1_010, 1_018, 1_000, 1_017, 600], [1, 1, 1, 1, 2]],
  ] as const)('is at %s that of its 5-minute bars that have ended', (time, expected, last) => {
    const view = sessionView(knownWith({ intraday }), session, atClock(time));
    expect([0, 1, 2].map((symbol) => barAt(view, symbol))).toEqual([expected, none, last]);
    expect([0, 1, 2].map((symbol) => view.hasBar(symbol))).toEqual([false, false, false]);
  });

  it('lacks a 5-minute bar until its last millisecond', () => {
    for (const [asOf, ended] of [
      [atClock('09:10') - 1, 2],
      [atClock('09:10'), 3],
    ] as const) {
      const own = sessionView(knownWith({ intraday }), session, asOf).data.intraday![0]!;
      expect(own.times).toEqual(intraday[0]!.times.slice(0, ended));
      for (const name of barNames) expect(own[name]).toEqual(intraday[0]![name].slice(0, ended));
      expect(asOf - own.times.at(-1)!).toBeGreaterThanOrEqual(barMilliseconds);
    }
  });

  it('stays that of the 5-minute bars where the day has none', () => {
    const own = [undefined, columnsOf(['09:00', ...ofDay], ['15:00', ...flat]), undefined];
    const view = sessionView(knownWith({ intraday: own }), session, closed + barMilliseconds);
    expect([barAt(view, 1), view.hasBar(1)]).toEqual([[1_010, 1_030, 990, 1_000, 5_500], false]);
    expect([barAt(view, 0), view.hasBar(0)]).toEqual([ofDay, true]);
  });

  it('has no 5-minute bars where no symbol has any', () => {
    const of = (own: KnownSession['intraday']) => sessionView(knownWith({ intraday: own }), session, closed);
    expect([of(undefined).data.intraday, of([undefined, undefined, undefined]).data.intraday]).toEqual([
      undefined,
      undefined,
    ]);
    expect(of(intraday).data.intraday![1]).toBeUndefined();
  });
});

describe('what is known beside the bars', () => {
  it('has the forecasts of the session in its row, and none before', () => {
    const [centre, lower, upper] = [1, 2, 3].map((value) => Float64Array.of(value, 10 * value, NaN));
    const { forecasts } = sessionView(
      knownWith({ forecasts: { centre: centre!, lower: lower!, upper: upper! } }),
      session,
      0,
    ).data;
    const before = Array.from({ length: t * symbols }, () => NaN);
    expect([...forecasts!.centre]).toEqual([...before, ...centre!]);
    expect([...forecasts!.lower]).toEqual([...before, ...lower!]);
    expect([...forecasts!.upper]).toEqual([...before, ...upper!]);
    expect(sessionView(knownWith(), session, 0).data.forecasts).toBeUndefined();
  });

  it('takes as dividend of the session what was expected at the close before', () => {
    const paid = Float64Array.from({ length: sessions * symbols }, (_, row) => row);
    const expected = paid.map((row) => 100 + row);
    const own = { ...panel, dividends: { paid, expected } };
    const of = (at: number) =>
      sessionView(knownWith({ panel: own }), dateOfDayNumber(panel.days[at]!), 0).data.panel.dividends;
    expect([...of(t)!.paid]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 106, 107, 108]);
    expect([...of(t)!.expected]).toEqual([...expected.subarray(0, t * symbols)]);
    expect([...of(0)!.paid]).toEqual([0, 0, 0]);
    expect(sessionView(knownWith(), session, 0).data.panel.dividends).toBeUndefined();
  });

  it('keeps lots and size groups', () => {
    const [lots, groups] = [
      [1, 10, 100],
      ['topix100', 'mid400', 'other'],
    ] as const;
    expect(sessionView(knownWith({ lots, groups }), session, 0).data).toMatchObject({ lots, groups });
  });
});
