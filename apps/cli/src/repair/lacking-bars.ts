import type { BarGap, DataHealth, SymbolHealth } from '@daytrade/contracts';
import { countSessions, type TradeDate } from '@daytrade/market';

/** What the stored bars of a symbol lack from a day on. */
export interface LackingBars {
  readonly symbol: string;
  /** Sessions without a daily bar, among or after the stored ones. */
  readonly dailySessions: number;
  /** Sessions without a 5-minute bar, among the stored ones. */
  readonly intradaySessions: number;
  /** What is wrong with a file; null when nothing is. */
  readonly damage: string | null;
}

/** The symbols that lack something, in the order of their health. */
export function lackingBars({ symbols }: DataHealth, from: TradeDate): LackingBars[] {
  return symbols.map((health) => lackOf(health, from)).filter(isLacking);
}

/** What is left to say of symbols that lacked something before. */
export function lackOf(health: SymbolHealth, from: TradeDate): LackingBars {
  const { symbol, gaps, sessionsBehind, intraday, damage } = health;
  return {
    symbol,
    dailySessions: sessionsIn(gaps, from) + sessionsBehind,
    intradaySessions: sessionsIn(intraday?.gaps ?? [], from),
    damage,
  };
}

export function isLacking({ dailySessions, intradaySessions, damage }: LackingBars): boolean {
  return dailySessions > 0 || intradaySessions > 0 || damage !== null;
}

/** Sessions of gaps from a day on. */
function sessionsIn(gaps: readonly BarGap[], from: TradeDate): number {
  return gaps.reduce((sum, gap) => sum + countSessions(gap.from > from ? gap.from : from, gap.to), 0);
}
