import { type LimitBands, LimitTracks, type SessionIndex, sessionBars } from '@daytrade/series';
import type { SessionColumns } from './column-set.ts';
import { dailyCentreColumns, dailyScaleColumns } from './daily-columns.ts';
import type { InDayBars } from './in-day-bars.ts';
import { MorningColumns } from './morning-columns.ts';
import { type Abroad, NightsAbroad } from './nights-abroad.ts';
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
  /** What America did in the night, and by how many of its scales a symbol follows one scale of it. */
  readonly abroad: Abroad;
  readonly beta: Readonly<Record<keyof Abroad, Float64Array>>;
  /** Bands of the session's prices. */
  readonly limits: LimitBands;
  readonly scale: SessionColumns;
  readonly centre: SessionColumns;
  /** What only 08:30 knows of the scale; without columns where it was not asked for. */
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
