import { eachJudged, evaluateInDay } from '@daytrade/ensemble';
import { dayNumber } from '@daytrade/market';
import { buildSessionPath, type IntradayColumns, type Panel, snapshotAt } from '@daytrade/series';
import type { Comparison } from '../harness/result.ts';
import { rankCorrelationRow } from './rank-correlations.ts';

/** End of the bar in which an order is filled that was sent when the opening price was known, at 09:05. */
const filledBy = '09:10';

/** The rank correlation of `close@open` with the return that an order could get which knew the opening price. */
export function tradableOpenRow(panel: Panel, bars: readonly (IntradayColumns | undefined)[]): Comparison {
  const path = buildSessionPath(panel, bars, [filledBy]);
  const { judged } = evaluateInDay({ panel }, 'close@open', { judgedSessions: panel.days.length - path.from }, () => 0);
  const places = new Map(panel.symbols.map(({ symbol }, s) => [symbol, s]));
  const rows = [...eachJudged(judged)].flatMap(({ session, symbol, centre, lastClose, close }) => {
    const now = snapshotAt(panel, path, panel.days.indexOf(dayNumber(session)), 0);
    if (now === undefined || close === null) return [];
    const outcome = Math.log(close / now.price[places.get(symbol)!]!);
    return [{ session, signal: Math.log(centre / lastClose), outcome }];
  });
  return rankCorrelationRow(
    'close@open: rank IC on the rest of the session, from the first price after the open',
    rows,
    `5-minute bars, from the last price of the bar that ends at ${filledBy}, ${panel.symbols.length} symbols`,
  );
}
