import { dayNumber, instantOf, previousSession, sessionOpen, sessionTimes, type TradeDate } from '@daytrade/market';
import {
  barMilliseconds,
  firstAtOrAfter,
  type IntradayColumns,
  limitColumns,
  type Panel,
  type SessionIndex,
  sharedArray,
  slicePanel,
} from '@daytrade/series';
import type { BacktestData } from '../backtest/backtest-data.ts';

/** Forecasts of one session by place of the symbol, NaN where nothing was published. */
export interface SessionForecasts {
  readonly centre: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly skilled: boolean;
}

/** What a session is made of; later bars may be among it and are not looked at. */
export interface SessionParts {
  readonly panel: Panel;
  /** Shares in a lot of each symbol; 100 where it is left out. */
  readonly lots?: readonly number[] | undefined;
  readonly intraday: readonly (IntradayColumns | undefined)[] | undefined;
  readonly forecasts: SessionForecasts | undefined;
}

/** A session as it was known at an instant, as a backtest would see it. */
export interface SessionView {
  readonly data: BacktestData;
  readonly t: SessionIndex;
  /** Whether the newest finished bars are those of the session before. */
  readonly isCurrent: boolean;
  /** Whether a symbol has its daily bar of the session. */
  hasBar(symbol: number): boolean;
}

/** Sessions before one that are looked at: more than any strategy goes back. */
const pastSessions = 60;
const columnNames = ['open', 'high', 'low', 'close', 'volume'] as const;

/** Cuts off what was not known of a session at an instant, milliseconds since 1970 UTC: bars that were not finished. */
export function sessionView(parts: SessionParts, session: TradeDate, asOf: number): SessionView {
  const { panel } = parts;
  const day = dayNumber(session);
  const found = panel.days.indexOf(day);
  // Later sessions may be there where nothing traded in this one.
  const end = panel.days.filter((other) => other < day).length;
  const past = slicePanel(panel, end - pastSessions, end);
  const t = past.days.length;
  const symbols = panel.symbols.length;
  const { close } = sessionTimes(session);
  const isOver = asOf >= instantOf(session, close);
  const intraday = parts.intraday?.map((own) => own && finishedBars(own, asOf));
  const column = (name: (typeof columnNames)[number]) => {
    const values = sharedArray((t + 1) * symbols).fill(NaN);
    values.set(past[name]);
    return values;
  };
  const days = new Int32Array(t + 1);
  days.set(past.days);
  days[t] = day;
  const whole: Panel = {
    symbols: panel.symbols,
    days: days as Panel['days'],
    open: column('open'),
    high: column('high'),
    low: column('low'),
    close: column('close'),
    volume: column('volume'),
  };
  const withBar = new Uint8Array(symbols);
  for (let s = 0; s < symbols; s += 1) {
    const row = t * symbols + s;
    const stored = found < 0 ? NaN : panel.close[found * symbols + s]!;
    if (isOver && stored > 0) {
      for (const name of columnNames) whole[name][row] = panel[name][found * symbols + s]!;
      withBar[s] = 1;
    } else if (!writeSoFar(whole, row, intraday?.[s], session) && stored > 0 && asOf >= sessionOpen(session)) {
      // Without 5-minute bars a daily one shows the opening price alone of an instant within its session.
      const open = panel.open[found * symbols + s]!;
      for (const name of ['open', 'high', 'low', 'close'] as const) whole[name][row] = open;
      whole.volume[row] = panel.volume[found * symbols + s]!;
    }
  }
  const hasIntraday = intraday?.some((own) => own !== undefined) === true;
  return {
    data: {
      panel: whole,
      limits: limitColumns(whole),
      lots: parts.lots,
      forecasts: parts.forecasts && onPanel(parts.forecasts, t, symbols),
      intraday: hasIntraday ? intraday : undefined,
    },
    t,
    isCurrent: t > 0 && past.days[t - 1] === dayNumber(previousSession(session)),
    hasBar: (symbol) => withBar[symbol] === 1,
  };
}

/** The bars of one symbol that had ended. */
function finishedBars(bars: IntradayColumns, asOf: number): IntradayColumns {
  const end = firstAtOrAfter(bars.times, asOf - barMilliseconds + 1);
  const cut = (values: Float64Array) => values.subarray(0, end);
  return {
    times: cut(bars.times),
    open: cut(bars.open),
    high: cut(bars.high),
    low: cut(bars.low),
    close: cut(bars.close),
    volume: cut(bars.volume),
  };
}

/** Makes the bar of the session so far of those within it; gives whether there was one. */
function writeSoFar(panel: Panel, row: number, bars: IntradayColumns | undefined, session: TradeDate): boolean {
  if (bars === undefined) return false;
  let volume = 0;
  let traded = false;
  for (let i = firstAtOrAfter(bars.times, sessionOpen(session)); i < bars.times.length; i += 1) {
    if (!(bars.open[i]! > 0 && bars.close[i]! > 0)) continue;
    if (!traded) panel.open[row] = bars.open[i]!;
    panel.high[row] = traded ? Math.max(panel.high[row]!, bars.high[i]!) : bars.high[i]!;
    panel.low[row] = traded ? Math.min(panel.low[row]!, bars.low[i]!) : bars.low[i]!;
    panel.close[row] = bars.close[i]!;
    volume += bars.volume[i]!;
    traded = true;
  }
  if (traded) panel.volume[row] = volume;
  return traded;
}

function onPanel(forecasts: SessionForecasts, t: SessionIndex, symbols: number): BacktestData['forecasts'] {
  const column = (values: Float64Array) => {
    const all = sharedArray((t + 1) * symbols).fill(NaN);
    all.set(values, t * symbols);
    return all;
  };
  const { centre, lower, upper, skilled } = forecasts;
  const measured = new Uint8Array(t + 1);
  measured[t] = skilled ? 1 : 0;
  return { centre: column(centre), lower: column(lower), upper: column(upper), skilled: measured };
}
