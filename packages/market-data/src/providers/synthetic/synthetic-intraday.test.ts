import {
  dateOfDayNumber,
  instantOf,
  isOnTick,
  japanDate,
  japanDay,
  japanTime,
  parseTradeDate,
  priceLimitBand,
  sessionTimes,
} from '@daytrade/market';
import type { IntradayColumns } from '@daytrade/series';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSyntheticExchange } from './synthetic-exchange.ts';

// Both sides of the day from which on the exchange closes at 15:30.
const from = parseTradeDate('2024-08-01');
const to = parseTradeDate('2025-02-28');
const over = instantOf(parseTradeDate('2025-03-01'), '00:00');
const exchange = createSyntheticExchange({ seed: 20_261_124, symbols: 40, start: parseTradeDate('2024-01-04') });
const everySymbol = exchange.symbols.map((listed) => ({
  listed,
  daily: exchange.bars(listed.symbol, from, to),
  before: exchange.bars(listed.symbol, exchange.start, to),
  bars: rows(exchange.intradayBars(listed.symbol, { from, to }, over)),
}));

/** A bar with its day and the time of day at which it begins, HH:MM:SS. */
interface Bar {
  readonly time: number;
  readonly day: number;
  readonly clock: string;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

function rows(bars: IntradayColumns): Bar[] {
  return Array.from(bars.times, (time, i) => ({
    time,
    day: japanDay(time),
    clock: japanTime(time),
    open: bars.open[i]!,
    high: bars.high[i]!,
    low: bars.low[i]!,
    close: bars.close[i]!,
    volume: bars.volume[i]!,
  }));
}

function sessionsOf(bars: readonly Bar[]): Map<number, Bar[]> {
  return Map.groupBy(bars, ({ day }) => day);
}

const closeOf = (day: number) => sessionTimes(dateOfDayNumber(day)).close;

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The t value of a covariance of series around 0, whatever variance each row has (White 1980). */
function tValue(x: readonly number[], y: readonly number[]): number {
  const products = x.map((value, i) => value * y[i]!);
  return products.reduce((sum, value) => sum + value, 0) / Math.hypot(...products);
}

describe('the 5-minute bars of a session', () => {
  it('add up to its daily bar', () => {
    for (const { daily, bars } of everySymbol) {
      const sessions = sessionsOf(bars);
      expect([...sessions.keys()]).toEqual([...daily.days]);
      const summed = [...sessions.values()].map((session) => [
        session[0]!.open,
        Math.max(...session.map(({ high }) => high)),
        Math.min(...session.map(({ low }) => low)),
        session.at(-1)!.close,
        session.reduce((sum, { volume }) => sum + volume, 0),
      ]);
      const { open, high, low, close, volume } = daily;
      expect(summed).toEqual(Array.from(open, (_, i) => [open[i], high[i], low[i], close[i], volume[i]]));
    }
  });

  it('lie in the hours of the exchange: none over lunch and before the closing auction, which is at the close', () => {
    const times = new Map<string, Set<string>>();
    for (const { day, clock } of everySymbol.flatMap(({ bars }) => bars)) {
      const close = closeOf(day);
      const seen = times.get(close) ?? new Set();
      times.set(close, seen.add(clock.slice(0, 5)));
    }
    const fives = (first: string, last: string) => {
      const day = parseTradeDate('2025-01-06');
      const count = (instantOf(day, last) - instantOf(day, first)) / 300_000 + 1;
      return Array.from({ length: count }, (_, k) => japanTime(instantOf(day, first) + k * 300_000).slice(0, 5));
    };
    expect([...times.get('15:00')!].sort()).toEqual([...fives('09:00', '11:30'), ...fives('12:30', '15:00')]);
    expect([...times.get('15:30')!].sort()).toEqual([...fives('09:00', '11:30'), ...fives('12:30', '15:20'), '15:30']);
  });

  it('hold prices on the tick, low <= open, close <= high, within the limits, in whole lots; auctions one price', {
    tags: ['long'],
  }, () => {
    const broken: string[] = [];
    for (const { listed, before, bars } of everySymbol) {
      const closes = new Map(Array.from(before.days, (day, i) => [day as number, before.close[i - 1]]));
      for (const { day, clock, open, high, low, close, volume } of bars) {
        const band = priceLimitBand(closes.get(day)!, listed.tickTable);
        const onTick = [open, high, low, close].every((price) => isOnTick(price, listed.tickTable));
        const ordered = low <= Math.min(open, close) && high >= Math.max(open, close);
        const lots = volume > 0 && volume % listed.lot === 0;
        const isAuction = clock === '11:30:00' || clock === `${closeOf(day)}:00`;
        const onePrice = !isAuction || (high === low && open === close && open === high);
        if (onTick && ordered && lots && onePrice && low >= band.lower && high <= band.upper) continue;
        broken.push(`${listed.symbol} ${dateOfDayNumber(day)} ${clock}: ${open} ${high} ${low} ${close} ${volume}`);
      }
    }
    expect(broken).toEqual([]);
  });

  it('are those so far while it runs: a bar is there from its end on, and stays as it is', { tags: ['long'] }, () => {
    const anyInstant = fc.integer({ min: instantOf(from, '09:00'), max: over });
    fc.assert(
      fc.property(anyInstant, fc.integer({ min: 0, max: 39 }), (now, s) => {
        const { listed, bars } = everySymbol[s]!;
        const fresh = createSyntheticExchange({ seed: 20_261_124, symbols: s + 1, start: exchange.start });
        const soFar = rows(fresh.intradayBars(listed.symbol, { from, to: japanDate(now) }, now));
        expect(soFar).toEqual(bars.filter(({ time }) => time + 300_000 <= now));
      }),
      { numRuns: 10 },
    );
  });
});

describe('the path through a session', () => {
  /** Log returns of every session and symbol: overnight, up to some time, and from then to the close. */
  const paths = everySymbol.flatMap(({ before, bars }) => {
    const closes = new Map(Array.from(before.days, (day, i) => [day as number, before.close[i - 1]!]));
    return [...sessionsOf(bars)].map(([day, session]) => ({ day, session, previous: closes.get(day)! }));
  });

  it.each(['09:30', '11:00', '14:00'])('does not say at %s which way it goes on', (time) => {
    const known = paths.map(({ day, session, previous }) => {
      const instant = instantOf(dateOfDayNumber(day), time);
      const bars = session.filter(({ time: begin }) => begin + 300_000 <= instant);
      const price = bars.at(-1)!.close;
      // Not from this price on: what rounding to a tick adds to it, it takes from the rest.
      const next = session.find(({ time: begin }) => begin >= instant)!.close;
      return {
        rest: Math.log(session.at(-1)!.close / next),
        gap: Math.log(session[0]!.open / previous),
        soFar: Math.log(price / session[0]!.open),
        last: Math.log(bars.at(-1)!.close / bars.at(-1)!.open),
        place: price / Math.min(...bars.map(({ low }) => low)) - Math.max(...bars.map(({ high }) => high)) / price,
        volume: Math.log(bars.at(-1)!.volume / bars[0]!.volume),
      };
    });
    // The market is common to symbols of a session: what all of them do is taken out, and the symbols stay.
    const perDay = Map.groupBy(known.keys(), (i) => paths[i]!.day);
    const ownPart = (name: keyof (typeof known)[number]) => {
      const own = known.map((row) => row[name]);
      for (const positions of perDay.values()) {
        const centre = mean(positions.map((i) => known[i]![name]));
        for (const i of positions) own[i] = known[i]![name] - centre;
      }
      return own;
    };
    const rest = ownPart('rest');
    for (const name of ['gap', 'soFar', 'last', 'place', 'volume'] as const) {
      expect(Math.abs(tValue(ownPart(name), rest)), name).toBeLessThan(3.5);
    }
  });
});
