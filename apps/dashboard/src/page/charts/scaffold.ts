import {
  ColorType,
  CrosshairMode,
  createChart,
  type IChartApi,
  type ISeriesPrimitive,
  LineStyle,
  type LocalizationOptions,
  type SeriesAttachedParameter,
  TickMarkType,
  type Time,
  type UTCTimestamp,
} from 'lightweight-charts';
import type { Drawing } from './chart.tsx';

/** Creates a chart with the look of the page and a pointer that reports its session. */
export function createPageChart(
  { place, palette, language, onPoint }: Drawing<unknown>,
  localization: Partial<LocalizationOptions<Time>>,
): IChartApi {
  const crosshairLine = { color: palette.quiet, style: LineStyle.Dotted, labelBackgroundColor: palette.quiet };
  const chart = createChart(place, {
    autoSize: true,
    layout: {
      background: { type: ColorType.Solid, color: palette.surface },
      textColor: palette.quiet,
      fontFamily: palette.font,
      fontSize: 11,
      // The style element of the library's logo would need a wider security policy. ChartCredit names it instead.
      attributionLogo: false,
      panes: { separatorColor: palette.rule, enableResize: false },
    },
    grid: { vertLines: { visible: false }, horzLines: { color: palette.rule } },
    crosshair: { mode: CrosshairMode.Normal, vertLine: crosshairLine, horzLine: crosshairLine },
    rightPriceScale: { borderVisible: false },
    timeScale: { borderColor: palette.rule, minBarSpacing: 0.5, timeVisible: true, tickMarkFormatter: dayOfMonth },
    localization: { locale: language, dateFormat: 'yyyy-MM-dd', ...localization },
    // The page itself scrolls: a wheel over a chart must not catch it, a pinch may.
    handleScroll: { mouseWheel: false, vertTouchDrag: false },
    handleScale: { mouseWheel: false, axisPressedMouseMove: { price: false, time: true } },
  });
  chart.subscribeCrosshairMove(({ time }) => onPoint(time === undefined ? undefined : toDateText(time)));
  return chart;
}

export function isWithinDay(date: string): boolean {
  return date.length > 'YYYY-MM-DD'.length;
}

/** Returns the time of a candlestick for the chart library, whose clock of instants is here that of Japan. */
export function chartTime(date: string): Time {
  return isWithinDay(date) ? ((Date.parse(`${date.replace(' ', 'T')}Z`) / 1000) as UTCTimestamp) : date;
}

/** Returns the date or the date and time of a {@link chartTime}. */
function toDateText(time: Time): string {
  return typeof time === 'number'
    ? new Date(time * 1000).toISOString().slice(0, 16).replace('T', ' ')
    : (time as string);
}

/** Names the month of a day on the time axis, where the mark of the month itself may have no room. */
export function dayOfMonth(time: Time, type: TickMarkType, locale: string): string | null {
  if (type !== TickMarkType.DayOfMonth) return null;
  // Short, since a mark at the edge is cut.
  const month = locale.startsWith('ja') ? 'numeric' : 'short';
  return new Date(toDateText(time)).toLocaleDateString(locale, { month, day: 'numeric', timeZone: 'UTC' });
}

type PaneViews = ReturnType<NonNullable<ISeriesPrimitive<Time>['paneViews']>>;
type DrawTarget = Parameters<NonNullable<ReturnType<PaneViews[number]['renderer']>>['draw']>[0];
type MediaScope = Parameters<Parameters<DrawTarget['useMediaCoordinateSpace']>[0]>[0];

/** Returns a primitive that draws on the pane below its series, in pixels of the media. */
export function panePrimitive(
  draw: (attached: SeriesAttachedParameter<Time>, scope: MediaScope) => void,
): ISeriesPrimitive<Time> {
  let attached: SeriesAttachedParameter<Time> | undefined;
  const onTarget = (target: DrawTarget) =>
    target.useMediaCoordinateSpace((scope) => {
      if (attached !== undefined) draw(attached, scope);
    });
  const views = [{ zOrder: () => 'bottom' as const, renderer: () => ({ draw: onTarget }) }];
  return {
    attached: (parameter) => {
      attached = parameter;
    },
    paneViews: () => views,
  };
}
