import {
  type DayNumber,
  dayNumber,
  instantOf,
  previousSession,
  sessionOpen,
  sessionTimes,
  type TradeDate,
} from '@daytrade/market';
import {
  barMilliseconds,
  barNames,
  firstAtOrAfter,
  type IntradayColumns,
  limitColumns,
  mapBars,
  type Panel,
  type SessionIndex,
  sharedArray,
  slicePanel,
} from '@daytrade/series';
import type { BacktestData } from '../backtest/backtest-data.ts';

/** Forecasts of one session by index of the symbol, NaN where missing. */
export interface SessionForecasts {
  readonly centre: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** A split: from its ex-day on there are `ratio` shares for each one before. */
export interface Split {
  readonly symbol: string;
  readonly day: DayNumber;
  readonly ratio: number;
}

/** Bars and forecasts of a session; later bars may be among them and are ignored. */
export interface KnownSession {
  readonly panel: Panel;
  /** Shares in a lot of each symbol; default 100. */
  readonly lots?: readonly number[] | undefined;
  readonly groups?: BacktestData['groups'];
  readonly intraday: readonly (IntradayColumns | undefined)[] | undefined;
  readonly forecasts: SessionForecasts | undefined;
  /** Splits of all days. */
  readonly splits?: readonly Split[] | undefined;
  readonly synthetic: boolean;
}

/** Reads the market when a step needs it. */
export interface Feed {
  /** Returns the bars up to a session, and the forecasts published before it opened. */
  read(session: TradeDate): Promise<KnownSession>;
}

/** A session as known at an instant, in the form of a backtest. */
export interface SessionView {
  readonly data: BacktestData;
  readonly t: SessionIndex;
  /** True when the newest finished bars are those of the previous session. */
  readonly isCurrent: boolean;
  hasBar(symbol: number): boolean;
}

/** Returns the session as known at an instant, milliseconds since 1970 UTC: without unfinished bars. */
export function sessionView(known: KnownSession, session: TradeDate, asOf: number): SessionView {
  const { panel } = known;
  const day = dayNumber(session);
  const found = panel.days.indexOf(day);
  // Later sessions may be present when nothing traded in this one.
  const end = panel.days.filter((other) => other < day).length;
  const past = slicePanel(panel, 0, end);
  const t = past.days.length;
  const symbols = panel.symbols.length;
  const { close } = sessionTimes(session);
  const isOver = asOf >= instantOf(session, close);
  const intraday = known.intraday?.map((own) => own && finishedBars(own, asOf));
  const days = new Int32Array(t + 1);
  days.set(past.days);
  days[t] = day;
  const whole: Panel = {
    symbols: panel.symbols,
    days: days as Panel['days'],
    ...mapBars(past, (column) => {
      const values = sharedArray((t + 1) * symbols).fill(NaN);
      values.set(column);
      return values;
    }),
  };
  const withBar = new Uint8Array(symbols);
  for (let s = 0; s < symbols; s += 1) {
    const row = t * symbols + s;
    const stored = found < 0 ? NaN : panel.close[found * symbols + s]!;
    if (isOver && stored > 0) {
      for (const name of barNames) whole[name][row] = panel[name][found * symbols + s]!;
      withBar[s] = 1;
    } else if (!writeRunningBar(whole, row, intraday?.[s], session) && stored > 0 && asOf >= sessionOpen(session)) {
      // Without 5-minute bars only the opening price of a running session is known.
      const open = panel.open[found * symbols + s]!;
      for (const name of ['open', 'high', 'low', 'close'] as const) whole[name][row] = open;
      whole.volume[row] = panel.volume[found * symbols + s]!;
    }
  }
  const paid = new Float64Array((t + 1) * symbols);
  if (past.dividends !== undefined) {
    paid.set(past.dividends.paid);
    // The dividend of the session is the one expected at the close before.
    if (t > 0) paid.set(past.dividends.expected.subarray((t - 1) * symbols), t * symbols);
  }
  const hasIntraday = intraday?.some((own) => own !== undefined) === true;
  return {
    data: {
      panel: { ...whole, dividends: past.dividends && { ...past.dividends, paid } },
      limits: limitColumns(whole),
      lots: known.lots,
      groups: known.groups,
      forecasts: known.forecasts && onPanel(known.forecasts, t, symbols),
      intraday: hasIntraday ? intraday : undefined,
    },
    t,
    isCurrent: t > 0 && past.days[t - 1] === dayNumber(previousSession(session)),
    hasBar: (symbol) => withBar[symbol] === 1,
  };
}

/** Returns the bars of a symbol that had ended. */
function finishedBars(bars: IntradayColumns, asOf: number): IntradayColumns {
  const end = firstAtOrAfter(bars.times, asOf - barMilliseconds + 1);
  return { times: bars.times.subarray(0, end), ...mapBars(bars, (column) => column.subarray(0, end)) };
}

/** Writes the bar of a running session from its 5-minute bars; returns whether there were any. */
function writeRunningBar(panel: Panel, row: number, bars: IntradayColumns | undefined, session: TradeDate): boolean {
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
  return { centre: column(forecasts.centre), lower: column(forecasts.lower), upper: column(forecasts.upper) };
}
