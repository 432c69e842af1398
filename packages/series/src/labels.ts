import type { Unit } from '@daytrade/market';
import type { Panel } from './panel.ts';

/** ln(price / an earlier price). */
export type LogReturn = Unit<'LogReturn'>;

/** A column of log returns, NaN where there is none. */
export interface LogReturnColumn extends Float64Array {
  readonly [row: number]: LogReturn;
}

/**
 * The label: y[t] = ln((C[t+1] + D[t+1]) / C[t]), the log return from the close that the features of t end with to the
 * close of the next session on the panel's axis, with the dividend D added back on its ex-day. Rows as in a
 * {@link FeatureMatrix} (`t * symbols + s`).
 *
 * NaN where the symbol has no bar at t or none at t + 1 (a halt is not scored and not bridged), so always in the last
 * session.
 */
export function nextSessionLogReturn(panel: Panel): LogReturnColumn {
  const { close } = panel;
  const paid = panel.dividends?.paid;
  const symbolCount = panel.symbols.length;
  const label = new Float64Array(close.length).fill(NaN);
  for (let row = 0; row + symbolCount < close.length; row += 1) {
    label[row] = Math.log((close[row + symbolCount]! + (paid?.[row + symbolCount] ?? 0)) / close[row]!);
  }
  return label;
}
