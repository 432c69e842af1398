import { addSessions, dayNumber, parseSymbol, parseTradeDate, sessionsBetween } from '@daytrade/market';
import type { Panel } from './panel.ts';

/** What a panel of noise looks like. */
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
 * of the symbol's own) with a range and a volume around them, on the exchange's sessions from 2011-01-04. What finds a
 * signal in it finds a leak.
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
export function uniform(seed: number): () => number {
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
export function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
