import type { SymbolCode, TradeDate } from '@daytrade/market';
import type { IntervalMethod } from './intervals/interval-method.ts';

/** The published prediction of one symbol for the session after the newest bar. Prices in yen. */
export interface Forecast {
  readonly symbol: SymbolCode;
  /** The newest session of the panel: the prediction knows nothing after its close. */
  readonly lastSession: TradeDate;
  /** The session whose close is predicted. */
  readonly session: TradeDate;
  readonly lastClose: number;
  readonly centre: number;
  /** On the tick, inside the price-limit band of the last close, rounded outward. */
  readonly lower: number;
  readonly upper: number;
  readonly probabilityUp: number;
  /** v[t]: the scale of the next session's log return. */
  readonly scale: number;
  readonly intervalMethod: IntervalMethod;
}
