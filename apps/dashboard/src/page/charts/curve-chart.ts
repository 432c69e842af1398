import { type ISeriesPrimitive, LineSeries, LineStyle, type Time } from 'lightweight-charts';
import type { CurvePoint } from '../model/curves.ts';
import type { Drawing, MountedChart, Palette } from './chart.tsx';
import { createPageChart, panePrimitive } from './scaffold.ts';

export interface Curve {
  readonly name: string;
  readonly points: readonly CurvePoint[];
  readonly colour: 'line1' | 'line2' | 'line3';
  /** Curves differ by their stroke too, not by colour alone. */
  readonly stroke: 'thick' | 'thin' | 'dashed';
}

/** Curves over sessions, with a band and a line that they are judged against. */
export interface CurveChart {
  readonly curves: readonly Curve[];
  readonly band?: { readonly low: number; readonly high: number; readonly line: number } | undefined;
  readonly format: (value: number) => string;
}

/** Draws curves over time. */
export function mountCurveChart(drawing: Drawing<CurveChart>): MountedChart {
  const { curves, band, format } = drawing.content;
  const { palette } = drawing;
  const chart = createPageChart(drawing, { priceFormatter: format });
  for (const [index, { points, colour, stroke }] of curves.entries()) {
    const series = chart.addSeries(LineSeries, {
      color: palette[colour],
      lineWidth: stroke === 'thick' ? 3 : 1,
      lineStyle: stroke === 'dashed' ? LineStyle.Dashed : LineStyle.Solid,
      priceLineVisible: false,
      lastValueVisible: stroke === 'thick',
      crosshairMarkerRadius: 3,
      priceFormat: { type: 'custom', formatter: format, minMove: 0.0001 },
    });
    series.setData(points.map(({ session, value }) => (value === null ? { time: session } : { time: session, value })));
    if (index !== 0 || band === undefined) continue;
    series.attachPrimitive(objectiveBand(band, palette));
    series.createPriceLine({
      price: band.line,
      color: palette.quiet,
      lineWidth: 1,
      lineStyle: LineStyle.Solid,
      axisLabelVisible: false,
    });
  }
  chart.timeScale().fitContent();
  return { remove: () => chart.remove() };
}

/** A shaded band between two values, behind everything and always in view. */
function objectiveBand({ low, high }: { low: number; high: number }, palette: Palette): ISeriesPrimitive<Time> {
  const band = panePrimitive(({ series }, { context, mediaSize }) => {
    const top = series.priceToCoordinate(high);
    const bottom = series.priceToCoordinate(low);
    if (top === null || bottom === null) return;
    context.fillStyle = palette.objective;
    context.fillRect(0, top, mediaSize.width, bottom - top);
  });
  return { ...band, autoscaleInfo: () => ({ priceRange: { minValue: low, maxValue: high } }) };
}
