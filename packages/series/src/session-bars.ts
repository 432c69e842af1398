import type { DayNumber } from '@daytrade/market';
import type { Panel, PanelDividends, SessionIndex } from './panel.ts';

/** Bars in columns of equal length; NaN where there is none. */
export interface BarRows {
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
}

/** One session's bars of all symbols of a stream, in its order. */
export interface SessionBars extends BarRows {
  readonly day: DayNumber;
  /** Undefined where no dividend is known. */
  readonly dividends?: PanelDividends | undefined;
}

/** Session `t` of a panel, as views on the panel's memory. */
export function sessionBars(panel: Panel, t: SessionIndex): SessionBars {
  const from = t * panel.symbols.length;
  const to = from + panel.symbols.length;
  return {
    day: panel.days[t]!,
    open: panel.open.subarray(from, to),
    high: panel.high.subarray(from, to),
    low: panel.low.subarray(from, to),
    close: panel.close.subarray(from, to),
    volume: panel.volume.subarray(from, to),
    dividends: panel.dividends && {
      paid: panel.dividends.paid.subarray(from, to),
      expected: panel.dividends.expected.subarray(from, to),
    },
  };
}
