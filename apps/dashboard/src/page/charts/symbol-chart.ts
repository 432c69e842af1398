import { CandlestickSeries, createChart, HistogramSeries, type IChartApi } from 'lightweight-charts';
import type { ChartTrade } from '../model/chart-trades.ts';
import { priceDecimals, yen } from '../model/format.ts';
import type { ChartSession } from '../model/interval-history.ts';
import { chartOptions } from './chart-options.ts';
import { type IntervalData, IntervalSeries } from './interval-series.ts';
import type { MountedChart } from './mounted-chart.ts';
import type { Palette } from './palette.ts';
import { TradeMarks } from './trade-marks.ts';

/** What a chart of a symbol shows. */
export interface SymbolChartContent {
  readonly sessions: readonly ChartSession[];
  /** What the paper book bought and sold; none of a session that is not shown. */
  readonly trades: readonly ChartTrade[];
}

/**
 * Candlesticks over the intervals, with the trades on them and the volume at the foot. `onPoint` hears which session is
 * pointed at.
 */
export function mountSymbolChart(
  place: HTMLElement,
  { sessions, trades }: SymbolChartContent,
  palette: Palette,
  language: string,
  onPoint: (date: string | undefined) => void,
): MountedChart {
  const chart = createChart(place, {
    ...chartOptions(palette, language),
    localization: {
      locale: language,
      dateFormat: 'yyyy-MM-dd',
      priceFormatter: (price: number) => yen(price),
      // The library hands on what else a list's callback is given: its second argument is a place, not decimals.
      tickmarksPriceFormatter: (prices: readonly number[]) => prices.map((price) => yen(price, priceDecimals(prices))),
    },
  });
  addIntervals(chart, sessions, palette);
  addCandlesticks(chart, sessions, palette).attachPrimitive(new TradeMarks(trades, palette));
  addVolume(chart, sessions, palette);
  chart.subscribeCrosshairMove(({ time }) => onPoint(typeof time === 'string' ? time : undefined));
  showNewest(chart, place.clientWidth, sessions.length);
  return { remove: () => chart.remove() };
}

function addIntervals(chart: IChartApi, sessions: readonly ChartSession[], palette: Palette): void {
  const series = chart.addCustomSeries(new IntervalSeries(palette), {
    priceLineVisible: false,
    lastValueVisible: false,
  });
  series.setData(
    sessions.map(({ date, bar, interval }) =>
      interval === null ? { time: date } : ({ time: date, interval, close: bar?.close ?? null } satisfies IntervalData),
    ),
  );
}

function addCandlesticks(chart: IChartApi, sessions: readonly ChartSession[], palette: Palette) {
  const { up, down } = palette;
  const series = chart.addSeries(CandlestickSeries, {
    upColor: up,
    borderUpColor: up,
    wickUpColor: up,
    downColor: down,
    borderDownColor: down,
    wickDownColor: down,
    priceLineColor: palette.quiet,
  });
  series.setData(
    sessions.map(({ date, bar }) => {
      if (bar === null) return { time: date };
      const { open, high, low, close } = bar;
      return { time: date, open, high, low, close };
    }),
  );
  series.priceScale().applyOptions({ scaleMargins: { top: 0.06, bottom: 0.2 } });
  return series;
}

function addVolume(chart: IChartApi, sessions: readonly ChartSession[], palette: Palette): void {
  const series = chart.addSeries(HistogramSeries, {
    priceScaleId: 'volume',
    priceFormat: { type: 'volume' },
    color: palette.rule,
    priceLineVisible: false,
    lastValueVisible: false,
  });
  series.setData(sessions.map(({ date, bar }) => (bar === null ? { time: date } : { time: date, value: bar.volume })));
  series.priceScale().applyOptions({ scaleMargins: { top: 0.86, bottom: 0 } });
}

/** Bars wide enough to be read: all of them on a wide screen, the newest ones on a narrow one. */
function showNewest(chart: IChartApi, width: number, count: number): void {
  const readable = Math.floor(width / 4.6);
  if (readable >= count) chart.timeScale().fitContent();
  else chart.timeScale().setVisibleLogicalRange({ from: count - readable, to: count + 1 });
}
