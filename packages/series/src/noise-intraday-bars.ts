import { dateOfDayNumber, instantOf, sessionTimes } from '@daytrade/market';
import type { IntradayColumns } from './intraday-columns.ts';
import { normal, uniform } from './noise-panel.ts';
import type { Panel } from './panel.ts';
import { type BarWithinDay, barMilliseconds } from './session-so-far.ts';

/** Deviation of a 5-minute step, log return: what a day's variance leaves for one of its bars. */
const step = 0.0015;

interface TradedBar extends BarWithinDay {
  /** Shares. */
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
