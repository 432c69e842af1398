import { dayNumber, instantOf, sessionTimes, type TradeDate } from '@daytrade/market';
import { barMilliseconds, firstAtOrAfter, type IntradayColumns, slicePanel } from '@daytrade/series';
import type { BacktestData } from '../backtest/backtest-data.ts';
import type { Feed } from '../paper/feed.ts';

/**
 * Recorded bars on a clock that is moved: of each session only what was finished by then, as a store would have it.
 *
 * @param now milliseconds since 1970 UTC
 */
export function recordedFeed(data: BacktestData, now: () => number): Feed {
  return {
    read: async (session) => {
      const t = data.panel.days.indexOf(dayNumber(session));
      const isOver = now() >= instantOf(session, sessionTimes(session).close);
      const symbols = data.panel.symbols.length;
      const row = (column: Float64Array) => column.slice(t * symbols, (t + 1) * symbols);
      return {
        panel: slicePanel(data.panel, 0, isOver ? t + 1 : t),
        lots: data.lots,
        intraday: data.intraday?.map((own) => own && known(own, session, now())),
        forecasts: data.forecasts && {
          centre: row(data.forecasts.centre),
          lower: row(data.forecasts.lower),
          upper: row(data.forecasts.upper),
          skilled: data.forecasts.skilled[t] === 1,
        },
        synthetic: false,
      };
    },
  };
}

const tenDays = 10 * 86_400_000;

function known(bars: IntradayColumns, session: TradeDate, now: number): IntradayColumns {
  const begin = firstAtOrAfter(bars.times, instantOf(session, '00:00') - tenDays);
  const end = firstAtOrAfter(bars.times, now - barMilliseconds + 1);
  const cut = (values: Float64Array) => values.subarray(begin, end);
  return {
    times: cut(bars.times),
    open: cut(bars.open),
    high: cut(bars.high),
    low: cut(bars.low),
    close: cut(bars.close),
    volume: cut(bars.volume),
  };
}
