import {
  ColorType,
  CrosshairMode,
  type DeepPartial,
  LineStyle,
  TickMarkType,
  type Time,
  type TimeChartOptions,
} from 'lightweight-charts';
import type { Palette } from './palette.ts';

/**
 * What all charts of the page share. The library's logo is off: its style element would need a wider security policy.
 */
export function chartOptions(palette: Palette, language: string): DeepPartial<TimeChartOptions> {
  const crosshairLine = { color: palette.quiet, style: LineStyle.Dotted, labelBackgroundColor: palette.quiet };
  return {
    autoSize: true,
    layout: {
      background: { type: ColorType.Solid, color: palette.surface },
      textColor: palette.quiet,
      fontFamily: palette.font,
      fontSize: 11,
      attributionLogo: false,
      panes: { separatorColor: palette.rule, enableResize: false },
    },
    grid: { vertLines: { visible: false }, horzLines: { color: palette.rule } },
    crosshair: { mode: CrosshairMode.Normal, vertLine: crosshairLine, horzLine: crosshairLine },
    rightPriceScale: { borderVisible: false },
    timeScale: { borderColor: palette.rule, minBarSpacing: 0.5, tickMarkFormatter: dayOfMonth },
    localization: { locale: language, dateFormat: 'yyyy-MM-dd' },
    // The page itself scrolls: a wheel over a chart must not catch it, a pinch may.
    handleScroll: { mouseWheel: false, vertTouchDrag: false },
    handleScale: { mouseWheel: false, axisPressedMouseMove: { price: false, time: true } },
  };
}

/** Names the month of a day on the time axis: the mark of the month itself may have no room there. */
export function dayOfMonth(time: Time, type: TickMarkType, locale: string): string | null {
  if (type !== TickMarkType.DayOfMonth || typeof time !== 'string') return null;
  // Short, since a mark at the edge is cut.
  const month = locale.startsWith('ja') ? 'numeric' : 'short';
  return new Date(time).toLocaleDateString(locale, { month, day: 'numeric', timeZone: 'UTC' });
}
