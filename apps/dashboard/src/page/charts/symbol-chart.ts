import {
  CandlestickSeries,
  HistogramSeries,
  type IChartApi,
  type ISeriesPrimitive,
  PriceScaleMode,
  type Time,
} from 'lightweight-charts';
import { priceDecimals, yen } from '../model/format.ts';
import type { ChartSession } from '../model/symbol-history.ts';
import type { Drawing, MountedChart, Palette } from './chart.tsx';
import { chartTime, createPageChart, isWithinDay, panePrimitive } from './scaffold.ts';

/** Candlesticks with the form of their price scale. */
export interface SymbolContent {
  readonly sessions: readonly ChartSession[];
  readonly isLogarithmic: boolean;
}

/** The ends of the shown part, in candlesticks from the newest one on. It outlives a chart that is drawn again. */
export type ShownPart = Readonly<Record<'from' | 'to', number>>;

export interface MountedSymbolChart extends MountedChart {
  /** Shows more candlesticks by a number of steps, or fewer by a negative one, up to the newest one shown. */
  zoom(steps: number): void;
  /** Shows what a new chart shows. */
  reset(): void;
}

/** Draws candlesticks over the intervals, with the volume at the foot, and notes the part that the reader chooses. */
export function mountSymbolChart(
  drawing: Drawing<SymbolContent>,
  shown: { current?: ShownPart | undefined },
): MountedSymbolChart {
  const { content, palette, place } = drawing;
  const { sessions } = content;
  const chart = createPageChart(drawing, {
    priceFormatter: (price: number) => yen(price),
    // The library calls it as a list's callback, with more arguments than the prices.
    tickmarksPriceFormatter: (prices: readonly number[]) => prices.map((price) => yen(price, priceDecimals(prices))),
  });
  addCandlesticks(chart, sessions, palette).attachPrimitive(intervalSpans(sessions, palette));
  addVolume(chart, sessions, palette);
  chart.priceScale('right').applyOptions({
    mode: content.isLogarithmic ? PriceScaleMode.Logarithmic : PriceScaleMode.Normal,
  });
  const scale = chart.timeScale();
  const reset = () => {
    showNewest(chart, place.clientWidth, sessions.length);
    shown.current = undefined;
  };
  const count = sessions.length;
  const show = ({ from, to }: ShownPart) => scale.setVisibleLogicalRange({ from: from + count, to: to + count });
  if (shown.current === undefined) reset();
  else show(shown.current);
  const keep = () => {
    const range = scale.getVisibleLogicalRange();
    if (range !== null) shown.current = { from: range.from - count, to: range.to - count };
  };
  const zoom = (steps: number) => {
    const range = scale.getVisibleLogicalRange();
    if (range === null) return;
    const shownNow = Math.min(Math.max((range.to - range.from) * zoomStep ** steps, minCandlesticks), count + 1);
    show({ from: range.to - shownNow - count, to: range.to - count });
    keep();
  };
  const onWheel = (event: WheelEvent) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    zoom(Math.sign(event.deltaY));
  };
  place.addEventListener('wheel', onWheel);
  place.addEventListener('pointerup', keep);
  const remove = () => {
    place.removeEventListener('wheel', onWheel);
    place.removeEventListener('pointerup', keep);
    chart.remove();
  };
  return { remove, zoom, reset };
}

/** Candlesticks on the screen at the least. */
const minCandlesticks = 10;
const zoomStep = 1.4;

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
      const time = chartTime(date);
      if (bar === null) return { time };
      const { open, high, low, close } = bar;
      return { time, open, high, low, close };
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
  series.setData(
    sessions.map(({ date, bar }) => {
      const time = chartTime(date);
      return bar === null ? { time } : { time, value: bar.volume };
    }),
  );
  series.priceScale().applyOptions({ scaleMargins: { top: 0.86, bottom: 0 } });
}

/** Keeps bars readable: shows all of them on a wide screen, the newest ones on a narrow one. */
function showNewest(chart: IChartApi, width: number, count: number): void {
  const readable = Math.floor(width / 4.6);
  if (readable >= count) chart.timeScale().fitContent();
  else chart.timeScale().setVisibleLogicalRange({ from: count - readable, to: count + 1 });
}

/**
 * Draws the interval of each session behind the candlesticks as a filled span, grey if it was made after the open. A
 * published one has an edge at each end, the last one that awaits its close a dashed frame. A ring marks each close
 * outside.
 */
export function intervalSpans(sessions: readonly ChartSession[], palette: Palette): ISeriesPrimitive<Time> {
  const spans = panePrimitive(({ chart, series }, { context }) => {
    const last = sessions.at(-1)?.date ?? '';
    // Steps within the day have no gaps.
    const share = isWithinDay(last) ? 1 : 0.92;
    const width = Math.max(1, chart.timeScale().options().barSpacing * share);
    for (const { date, bar, interval } of sessions) {
      if (interval === null) continue;
      const x = chart.timeScale().timeToCoordinate(chartTime(date));
      const top = series.priceToCoordinate(interval.upper);
      const bottom = series.priceToCoordinate(interval.lower);
      if (x === null || top === null || bottom === null) continue;
      const leftEdge = x - width / 2;
      context.fillStyle = interval.source === 'late' ? palette.lateFill : palette.intervalFill;
      context.fillRect(leftEdge, top, width, bottom - top);
      if (interval.source === 'live') {
        context.fillStyle = palette.interval;
        for (const y of [top, bottom]) context.fillRect(leftEdge, y - 0.5, width, 1);
      }
      if (bar === null && date === last) {
        context.strokeStyle = palette.interval;
        context.setLineDash([2, 2]);
        context.strokeRect(leftEdge, top, width, bottom - top);
        context.setLineDash([]);
      }
      const at = bar === null || interval.inside !== false ? null : series.priceToCoordinate(bar.close);
      if (at === null) continue;
      context.beginPath();
      context.arc(x, at, Math.min(4.5, Math.max(2.5, width * 0.6)), 0, 2 * Math.PI);
      context.strokeStyle = palette.outside;
      context.lineWidth = 1.75;
      context.stroke();
      context.lineWidth = 1;
    }
  });
  const intervalPriceRange = (from: number, to: number) => {
    const shown = sessions.slice(Math.max(0, Math.floor(from)), Math.ceil(to) + 1);
    const intervals = shown.flatMap(({ interval }) => interval ?? []);
    if (intervals.length === 0) return null;
    const minValue = Math.min(...intervals.map(({ lower }) => lower));
    const maxValue = Math.max(...intervals.map(({ upper }) => upper));
    return { priceRange: { minValue, maxValue } };
  };
  return { ...spans, autoscaleInfo: intervalPriceRange };
}
