import { type LimitBands, LimitTracks, type SessionIndex, sessionBars } from '@daytrade/series';
import { knownMean } from '../members/session-values.ts';
import type { SessionColumns } from './column-set.ts';
import { dailyCentreColumns, dailyScaleColumns } from './daily-columns.ts';
import type { InDayBars } from './in-day-bars.ts';
import { OvernightReturn } from './overnight-return.ts';
import { SymbolDays } from './symbol-days.ts';

/**
 * What the finished sessions, and the night after them, say of the session that comes, one value a symbol. It is the
 * same at every time of that session.
 */
export interface DailyKnown {
  /** The session that comes, by its place in the panel; one after the last is the running one. */
  readonly session: SessionIndex;
  /** Close of the session before. */
  readonly previousClose: Float64Array;
  /** That, on an ex-day less the expected dividend: what prices are compared with. */
  readonly base: Float64Array;
  /** EWMA scales of returns from close to close, and from the open to the close. */
  readonly whole: Float64Array;
  readonly within: Float64Array;
  /** By how many of its scales a symbol follows one scale of the night's return in America. */
  readonly beta: Float64Array;
  /** The night's return in America, in units of its scale; NaN where it is not known. */
  readonly abroad: number;
  /** Mean log return of all symbols in the session before; NaN where it is not known. */
  readonly marketMove: number;
  /** Bands of the session's prices. */
  readonly limits: LimitBands;
  readonly scale: SessionColumns;
  readonly centre: SessionColumns;
}

/**
 * Goes through the finished sessions in time order, once, and says what is known of each one that comes after, from
 * session `from` on; the last is that after the newest. Every horizon of a day needs this, and none needs another.
 */
export function* dailySessions({ panel, overnight }: InDayBars, from: SessionIndex = 1): Generator<DailyKnown> {
  const symbols = panel.symbols.map(() => new SymbolDays());
  const night = new OvernightReturn();
  const tracks = new LimitTracks(panel.symbols);
  const limits = { lower: new Float64Array(symbols.length), upper: new Float64Array(symbols.length) };
  const of = (value: (days: SymbolDays) => number) => Float64Array.from(symbols, value);
  for (let t = 0; t < panel.days.length; t += 1) {
    const bars = sessionBars(panel, t);
    const lastNight = overnight?.[t - 1] ?? NaN;
    const abroad = night.inScale(lastNight);
    for (const [s, days] of symbols.entries()) {
      days.goEx(bars.dividends?.paid[s] ?? 0);
      days.push(bars.open[s]!, bars.high[s]!, bars.low[s]!, bars.close[s]!, abroad);
      days.expectedDividend = bars.dividends?.expected[s] ?? 0;
    }
    night.observe(lastNight);
    tracks.next(bars, limits);
    if (t + 1 < from) continue;
    yield {
      session: t + 1,
      previousClose: of(({ close }) => close),
      base: of(({ base }) => base),
      whole: of(({ whole }) => whole),
      within: of(({ within }) => within),
      beta: of(({ beta }) => beta),
      abroad: night.inScale(overnight?.[t] ?? NaN),
      marketMove: knownMean(of(({ lastReturn }) => lastReturn)),
      limits: { lower: limits.lower.slice(), upper: limits.upper.slice() },
      scale: dailyScaleColumns(symbols),
      centre: dailyCentreColumns(symbols),
    };
  }
}
