import type {
  CustomData,
  CustomSeriesOptions,
  CustomSeriesPricePlotValues,
  CustomSeriesWhitespaceData,
  ICustomSeriesPaneRenderer,
  ICustomSeriesPaneView,
  PaneRendererCustomData,
  PriceToCoordinateConverter,
  Time,
} from 'lightweight-charts';
import { customSeriesDefaultOptions } from 'lightweight-charts';
import type { ChartInterval } from '../model/interval-history.ts';
import type { Palette } from './palette.ts';

/** The interval of one session, and the close that it was judged by. */
export interface IntervalData extends CustomData<Time> {
  readonly interval: ChartInterval;
  readonly close: number | null;
}

type Target = Parameters<ICustomSeriesPaneRenderer['draw']>[0];
type Context = Parameters<Parameters<Target['useMediaCoordinateSpace']>[0]>[0]['context'];
type Data = PaneRendererCustomData<Time, IntervalData>;

/**
 * Draws, behind the candlesticks, the interval of each session: a filled span, grey where it was made after the open,
 * with an edge at each end where it was published, framed by dashes while the session is not over, and a ring around
 * each close that fell outside.
 */
export class IntervalSeries implements ICustomSeriesPaneView<Time, IntervalData> {
  readonly #palette: Palette;
  #data: Data | undefined;

  constructor(palette: Palette) {
    this.#palette = palette;
  }

  renderer(): ICustomSeriesPaneRenderer {
    return { draw: (target, toY) => this.#draw(target, toY) };
  }

  update(data: Data): void {
    this.#data = data;
  }

  priceValueBuilder({ interval }: IntervalData): CustomSeriesPricePlotValues {
    return [interval.lower, interval.upper, (interval.lower + interval.upper) / 2];
  }

  isWhitespace(data: IntervalData | CustomSeriesWhitespaceData<Time>): data is CustomSeriesWhitespaceData<Time> {
    return !('interval' in data);
  }

  defaultOptions(): CustomSeriesOptions {
    return { ...customSeriesDefaultOptions, color: this.#palette.interval };
  }

  #draw(target: Target, toY: PriceToCoordinateConverter): void {
    const data = this.#data;
    if (data?.visibleRange == null) return;
    const { from, to } = data.visibleRange;
    const width = Math.max(1, data.barSpacing * 0.92);
    target.useMediaCoordinateSpace(({ context }) => {
      for (const bar of data.bars.slice(from, to)) {
        const { interval, close } = bar.originalData;
        const top = toY(interval.upper);
        const bottom = toY(interval.lower);
        if (top === null || bottom === null) continue;
        context.fillStyle = interval.source === 'late' ? this.#palette.lateFill : this.#palette.intervalFill;
        context.fillRect(bar.x - width / 2, top, width, bottom - top);
        if (interval.source === 'live') this.#edges(context, bar.x - width / 2, width, top, bottom);
        if (interval.inside === null && close === null) this.#frame(context, bar.x - width / 2, width, top, bottom);
        const at = close === null || interval.inside !== false ? null : toY(close);
        if (at !== null) this.#ring(context, bar.x, at, Math.min(4.5, Math.max(2.5, width * 0.6)));
      }
    });
  }

  #edges(context: Context, x: number, width: number, top: number, bottom: number): void {
    context.fillStyle = this.#palette.interval;
    context.fillRect(x, top - 0.5, width, 1);
    context.fillRect(x, bottom - 0.5, width, 1);
  }

  #frame(context: Context, x: number, width: number, top: number, bottom: number): void {
    context.strokeStyle = this.#palette.interval;
    context.setLineDash([2, 2]);
    context.strokeRect(x, top, width, bottom - top);
    context.setLineDash([]);
  }

  #ring(context: Context, x: number, y: number, radius: number): void {
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.strokeStyle = this.#palette.outside;
    context.lineWidth = 1.75;
    context.stroke();
    context.lineWidth = 1;
  }
}
