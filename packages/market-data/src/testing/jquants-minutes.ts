import { fiveCharacters, instantOf, japanDate, japanTime, parseTradeDate } from '@daytrade/market';
import { createSyntheticExchange } from '../providers/synthetic/synthetic-exchange.ts';
import type { WireRow } from './jquants-stand-in.ts';

export interface MinuteDays {
  readonly symbols: number;
  /** First session of the exchange, with whose daily bars they go. */
  readonly start: string;
  readonly from: string;
  readonly to: string;
}

const minute = 60_000;

/**
 * Minute bars of the wire that make the 5-minute bars of the synthetic exchange: two minutes of each, the second where
 * the last trade was, and one of an auction. Lots are shared between them as far as they go.
 */
export function minuteWireRows({ symbols, start, from, to }: MinuteDays): WireRow[] {
  const range = { from: parseTradeDate(from), to: parseTradeDate(to) };
  const exchange = createSyntheticExchange({ seed: 1, symbols, start: parseTradeDate(start) });
  const over = instantOf(range.to, '23:59');
  return exchange.symbols.flatMap(({ symbol }) => {
    const { times, open, high, low, close, volume } = exchange.intradayBars(symbol, range, over);
    const row = (time: number, [O, H, L, C]: readonly number[], Vo: number): WireRow => {
      const at = { Date: japanDate(time), Time: japanTime(time).slice(0, 5) };
      return { ...at, Code: fiveCharacters(symbol), O, H, L, C, Vo, Va: Vo * C! };
    };
    return Array.from(times).flatMap((time, k) => {
      const [o, h, l, c, v] = [open[k]!, high[k]!, low[k]!, close[k]!, volume[k]!];
      const isOnePrice = o === h && h === l;
      const later = isOnePrice ? 0 : 100 * Math.floor(v / 300);
      if (later === 0) return [row(time, [o, h, l, c], v)];
      return [row(time, [o, h, l, l], v - later), row(time + 4 * minute, [c, c, c, c], later)];
    });
  });
}
