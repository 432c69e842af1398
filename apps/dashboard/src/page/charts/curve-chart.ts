import { createChart, type IChartApi, LineSeries, LineStyle } from 'lightweight-charts';
import type { CurvePoint } from '../model/accuracy-curves.ts';
import { chartOptions } from './chart-options.ts';
import type { MountedChart } from './mounted-chart.ts';
import { ObjectiveBand } from './objective-band.ts';
import type { Palette } from './palette.ts';

/** One curve of a chart. */
export interface Curve {
  readonly name: string;
  readonly points: readonly CurvePoint[];
  /** Which of the palette's line colours. */
  readonly colour: 0 | 1 | 2;
  /** Curves differ by their stroke too, not by colour alone. */
  readonly stroke: 'thick' | 'thin' | 'dashed';
}

/** Curves over sessions, with a band and a line that they are judged against. */
export interface CurveChart {
  readonly curves: readonly Curve[];
  readonly band?: { readonly low: number; readonly high: number; readonly line: number };
  readonly format: (value: number) => string;
}

/** Draws curves over time. `onPoint` hears which session is pointed at. */
export function mountCurveChart(
  place: HTMLElement,
  { curves, band, format }: CurveChart,
  palette: Palette,
  language: string,
  onPoint: (date: string | undefined) => void,
): MountedChart {
  const chart = createChart(place, {
    ...chartOptions(palette, language),
    localization: { locale: language, dateFormat: 'yyyy-MM-dd', priceFormatter: format },
  });
  for (const [index, curve] of curves.entries()) {
    const series = addCurve(chart, curve, palette, format);
    if (index !== 0 || band === undefined) continue;
    series.attachPrimitive(new ObjectiveBand(band, palette));
    series.createPriceLine({
      price: band.line,
      color: palette.quiet,
      lineWidth: 1,
      lineStyle: LineStyle.Solid,
      axisLabelVisible: false,
    });
  }
  chart.subscribeCrosshairMove(({ time }) => onPoint(typeof time === 'string' ? time : undefined));
  chart.timeScale().fitContent();
  return { remove: () => chart.remove() };
}

function addCurve(chart: IChartApi, { points, colour, stroke }: Curve, palette: Palette, format: CurveChart['format']) {
  const series = chart.addSeries(LineSeries, {
    color: palette.lines[colour],
    lineWidth: stroke === 'thick' ? 3 : 1,
    lineStyle: stroke === 'dashed' ? LineStyle.Dashed : LineStyle.Solid,
    priceLineVisible: false,
    lastValueVisible: stroke === 'thick',
    crosshairMarkerRadius: 3,
    priceFormat: { type: 'custom', formatter: format, minMove: 0.0001 },
  });
  series.setData(points.map(({ session, value }) => (value === null ? { time: session } : { time: session, value })));
  return series;
}
