import {
  addSessions,
  dateOfDayNumber,
  dayNumber,
  instantOf,
  parseSymbol,
  parseTradeDate,
  sessionsBetween,
  sessionTimes,
} from '@daytrade/market';
import { type IntradayColumns, type Panel } from '../panel.ts';
import { type BarWithinDay, barMilliseconds } from '../session-path.ts';

export interface NoisePanelOptions {
  readonly symbolCount: number;
  readonly sessionCount: number;
  /** Any integer; the same seed gives the same panel. */
  readonly seed: number;
  /** Share of bars left out, 0 by default. */
  readonly missingShare?: number;
}

/**
 * Bars of symbols whose returns nothing predicts: independent normal steps (1.1 % a session from a common factor, 1.3 %
 * of the symbol's own) with a range and a volume around them, on the exchange's sessions from 2011-01-04. A signal
 * found in it is a leak.
 */
export function noisePanel(options: NoisePanelOptions): Panel {
  const { symbolCount, sessionCount } = options;
  const random = uniform(options.seed);
  const panel = emptyPanel(symbolCount, sessionCount);
  const last = new Float64Array(symbolCount).map(() => Math.round(500 + 4500 * random()));
  for (let t = 0; t < sessionCount; t += 1) {
    const market = 0.011 * normal(random);
    for (let s = 0; s < symbolCount; s += 1) {
      const open = last[s]! * Math.exp(0.005 * normal(random));
      const close = last[s]! * Math.exp(market + 0.013 * normal(random));
      const high = Math.max(open, close) * Math.exp(Math.abs(0.004 * normal(random)));
      const low = Math.min(open, close) * Math.exp(-Math.abs(0.004 * normal(random)));
      const volume = Math.round(Math.exp(13 + 0.5 * normal(random))) * 100;
      last[s] = close;
      if (random() < (options.missingShare ?? 0)) continue;
      const row = t * symbolCount + s;
      panel.open[row] = open;
      panel.high[row] = high;
      panel.low[row] = low;
      panel.close[row] = close;
      panel.volume[row] = volume;
    }
  }
  return panel;
}

function emptyPanel(symbolCount: number, sessionCount: number): Panel {
  const first = parseTradeDate('2011-01-04');
  const size = symbolCount * sessionCount;
  return {
    symbols: Array.from({ length: symbolCount }, (_, s) => ({
      symbol: parseSymbol(String(s + 1).padStart(4, '0')),
      tickTable: 'standard',
      priceBasis: 'fully-adjusted',
    })),
    days: Int32Array.from(sessionsBetween(first, addSessions(first, sessionCount)).slice(0, sessionCount), dayNumber),
    open: new Float64Array(size).fill(NaN),
    high: new Float64Array(size).fill(NaN),
    low: new Float64Array(size).fill(NaN),
    close: new Float64Array(size).fill(NaN),
    volume: new Float64Array(size).fill(NaN),
  };
}

/** Uniform numbers in [0, 1): a Weyl sequence through the finaliser of MurmurHash3. */
function uniform(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let hash = state ^ (state >>> 16);
    hash = Math.imul(hash, 0x85ebca6b);
    hash ^= hash >>> 13;
    hash = Math.imul(hash, 0xc2b2ae35);
    hash ^= hash >>> 16;
    return (hash >>> 0) / 2 ** 32;
  };
}

/** A standard normal number (Box & Muller 1958). */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Deviation of a 5-minute step, log return: what a day's variance leaves for one of its bars. */
const step = 0.0015;

interface TradedBar extends BarWithinDay {
  readonly volume: number;
}

/**
 * 5-minute bars of each symbol of a panel that lead from the open of each session to its close by a Brownian bridge
 * between its low and its high, which they touch: nothing in them says where the close lies but how far it has come.
 *
 * @param seed any integer; the same seed gives the same bars
 */
export function noiseIntradayBars(panel: Panel, seed: number): readonly IntradayColumns[] {
  const random = uniform(seed);
  const starts = Array.from(panel.days, (day) => barStarts(day));
  return panel.symbols.map((_, s) => {
    const rows: TradedBar[] = [];
    const times: number[] = [];
    for (const [t, own] of starts.entries()) {
      const row = t * panel.symbols.length + s;
      if (Number.isNaN(panel.close[row]!)) continue;
      const [open, high, low, close] = [panel.open[row]!, panel.high[row]!, panel.low[row]!, panel.close[row]!];
      rows.push(...sessionOfBars({ open, high, low, close }, own.length, random));
      times.push(...own);
    }
    return {
      times: Float64Array.from(times),
      open: Float64Array.from(rows, ({ open }) => open),
      high: Float64Array.from(rows, ({ high }) => high),
      low: Float64Array.from(rows, ({ low }) => low),
      close: Float64Array.from(rows, ({ close }) => close),
      volume: Float64Array.from(rows, ({ volume }) => volume),
    };
  });
}

function sessionOfBars(day: BarWithinDay, count: number, random: () => number): readonly TradedBar[] {
  let price = day.open;
  const atHigh = Math.floor(count * random());
  const atLow = Math.floor(count * random());
  return Array.from({ length: count }, (_, i) => {
    const left = count - i;
    const drift = Math.log(day.close / price) / left;
    const free = price * Math.exp(drift + step * Math.sqrt((left - 1) / left) * normal(random));
    const open = price;
    price = left === 1 ? day.close : Math.min(day.high, Math.max(day.low, free));
    return {
      open,
      high: i === atHigh ? day.high : Math.max(open, price),
      low: i === atLow ? day.low : Math.min(open, price),
      close: price,
      volume: Math.round(100 * (1 + 9 * random())),
    };
  });
}

/** Beginnings of the bars of a session, without the lunch break. */
function barStarts(day: number): readonly number[] {
  const date = dateOfDayNumber(day);
  const { morningOpen, morningClose, afternoonOpen, close } = sessionTimes(date);
  const between = (from: string, to: string) => {
    const begun = instantOf(date, from);
    const count = Math.max(0, (instantOf(date, to) - begun) / barMilliseconds);
    return Array.from({ length: count }, (_, i) => begun + i * barMilliseconds);
  };
  return [...between(morningOpen, morningClose), ...between(afternoonOpen, close)];
}
