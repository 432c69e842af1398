import type { SymbolCode, TradeDate, Yen } from '@daytrade/market';
import type { LogReturn } from '@daytrade/series';
import type { IntervalMethod } from './intervals/interval-method.ts';

/** The published prediction of one symbol for the session after the newest bar. */
export interface Forecast {
  readonly symbol: SymbolCode;
  /** The newest session of the panel: the prediction knows nothing after its close. */
  readonly lastSession: TradeDate;
  /** The session whose close is predicted. */
  readonly session: TradeDate;
  readonly lastClose: Yen;
  /** What is expected to go from the price on the session, when it is an ex-day; 0 where nothing is. */
  readonly expectedDividend: Yen;
  readonly centre: Yen;
  /** In traded prices on the tick and inside the session's price limits; rounded outward. See `publishInterval`. */
  readonly lower: Yen;
  readonly upper: Yen;
  readonly probabilityUp: number;
  /** v[t]: the scale of the next session's log return. */
  readonly scale: LogReturn;
  readonly intervalMethod: IntervalMethod;
}
