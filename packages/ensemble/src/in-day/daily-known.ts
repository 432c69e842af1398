import {
  FeatureStream,
  type LimitBands,
  LimitTracks,
  type SessionBars,
  type SessionIndex,
  sessionBars,
} from '@daytrade/series';
import { knownMean, lessMean } from '../members/member-target.ts';
import { fallColumns } from '../members/scale-rules.ts';
import type { InDayBars } from './in-day-bars.ts';
import { bounded, logRatio, logSize, type SessionColumns, shared } from './session-columns.ts';
import { type Abroad, NightsAbroad, SymbolDays } from './symbol-days.ts';

/**
 * The knowledge of finished sessions, and of the night after them, about the coming session, one value a symbol. It is
 * the same at every time of that session.
 */
export interface DailyKnown {
  /** The session that comes, by its place in the panel; one after the last is the running one. */
  readonly session: SessionIndex;
  readonly previousClose: Float64Array;
  /** That, on an ex-day less the expected dividend: what prices are compared with. */
  readonly base: Float64Array;
  /** EWMA scales of returns from close to close, and from the open to the close. */
  readonly whole: Float64Array;
  readonly within: Float64Array;
  /** The moves of America in the night, and each symbol's beta on them in units of the scales. */
  readonly abroad: Abroad;
  readonly beta: Readonly<Record<keyof Abroad, Float64Array>>;
  readonly limits: LimitBands;
  readonly scale: SessionColumns;
  readonly centre: SessionColumns;
  /** Columns of the scale that only 08:30 has; empty unless asked for. */
  readonly morning: SessionColumns;
}

/**
 * Goes through the finished sessions in time order, once, and says what is known of each one that comes after, from
 * session `from` on; the last is that after the newest. Every horizon of a day needs this, and none needs another.
 *
 * @param withMorning whether 08:30 is among the horizons
 */
export function* dailySessions(
  { panel, overnight, vix }: InDayBars,
  withMorning: boolean,
  from: SessionIndex = 1,
): Generator<DailyKnown> {
  const symbols = panel.symbols.map(() => new SymbolDays());
  const morning = withMorning ? new MorningColumns(symbols.length) : undefined;
  const nights = new NightsAbroad({ overnight, vix });
  const tracks = new LimitTracks(panel.symbols);
  const limits = { lower: new Float64Array(symbols.length), upper: new Float64Array(symbols.length) };
  const of = (value: (days: SymbolDays) => number) => Float64Array.from(symbols, value);
  for (let t = 0; t < panel.days.length; t += 1) {
    const bars = sessionBars(panel, t);
    const before = nights.after(t - 1);
    for (const [s, days] of symbols.entries()) {
      days.goEx(bars.dividends?.paid[s] ?? 0);
      days.push(bars.open[s]!, bars.high[s]!, bars.low[s]!, bars.close[s]!, before);
      days.expectedDividend = bars.dividends?.expected[s] ?? 0;
    }
    nights.observe(t - 1);
    tracks.next(bars, limits);
    const known = morning?.push(bars, vix?.[t] ?? NaN) ?? {};
    if (t + 1 < from) continue;
    yield {
      session: t + 1,
      previousClose: of(({ close }) => close),
      base: of(({ base }) => base),
      whole: of(({ whole }) => whole),
      within: of(({ within }) => within),
      abroad: nights.after(t),
      beta: { america: of((days) => days.beta('america')), vix: of((days) => days.beta('vix')) },
      limits: { lower: limits.lower.slice(), upper: limits.upper.slice() },
      scale: dailyScaleColumns(symbols),
      centre: dailyCentreColumns(symbols),
      morning: known,
    };
  }
}

/**
 * Columns about the size of the next move from the open, by symbol: logarithms relative to the EWMA scale of returns
 * from the open to the close.
 */
function dailyScaleColumns(symbols: readonly SymbolDays[]): SessionColumns {
  const of = (value: (days: SymbolDays) => number) => Float64Array.from(symbols, value);
  const count = symbols.length;
  const lastRange = of((days) => logSize(days.lastRange / days.within));
  const fast = of((days) => logRatio(days.range(0), days.within));
  const lastReturn = of((days) => bounded(days.lastReturn / days.whole, 4));
  return {
    level: of((days) => Math.log(days.within)),
    range_fast: fast,
    range_middle: of((days) => logRatio(days.range(1), days.within)),
    range_slow: of((days) => logRatio(days.range(2), days.within)),
    whole_scale: of((days) => logRatio(days.whole, days.within)),
    night_scale: of((days) => logRatio(days.night, days.within)),
    last_range: lastRange,
    last_return: lastReturn,
    last_return_size: lastReturn.map(logSize),
    market_last_range: shared(count, knownMean(lastRange)),
    market_range_fast: shared(count, knownMean(fast)),
    market_last_return: shared(count, knownMean(lastReturn)),
  };
}

/** Columns that order the symbols by their return from the open on. */
function dailyCentreColumns(symbols: readonly SymbolDays[]): SessionColumns {
  return {
    last_return_apart: lessMean(Float64Array.from(symbols, (days) => bounded(days.lastReturn / days.whole, 4))),
    close_location_apart: lessMean(Float64Array.from(symbols, (days) => days.lastLocation)),
  };
}

/** Mornings whose mean the VIX is compared with. */
const usualMornings = 60;

/**
 * Columns of 08:30 about the size of the next move: the market's moves of the last session and weeks, and the VIX
 * against its mean of the last mornings. Missing values stand for their training mean.
 */
class MorningColumns {
  readonly #symbols: number;
  readonly #features: FeatureStream;
  /** ln of the VIX on the last mornings, NaN where it was not known. */
  readonly #vix: number[] = [];

  constructor(symbols: number) {
    this.#symbols = symbols;
    this.#features = new FeatureStream(symbols, fallColumns);
  }

  /**
   * Takes the bars of a session that has ended, and says what is known at 08:30 of the next.
   *
   * @param vix as it stands then; NaN where it is not known
   */
  push(bars: SessionBars, vix: number): SessionColumns {
    const { names, rows, values } = this.#features.push(bars);
    const evening = names.map((name, f) => [name, values.subarray(f * rows, (f + 1) * rows)] as const);
    const now = Math.log(vix);
    const before = this.#vix.at(-1) ?? NaN;
    this.#vix.push(now);
    if (this.#vix.length > usualMornings) this.#vix.shift();
    return {
      ...Object.fromEntries(evening),
      vix_change: shared(this.#symbols, now - before),
      vix_above_usual: shared(this.#symbols, now - knownMean(Float64Array.from(this.#vix))),
    };
  }
}
