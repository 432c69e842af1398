import { type DayNumber, type SymbolCode, type Unit } from '@daytrade/market';

export interface DayColumn extends Int32Array {
  readonly [row: number]: DayNumber;
}

/** Bars in columns of equal length; NaN without one. Prices are yen, volume is shares. */
export interface BarRows {
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
}

export const barNames = ['open', 'high', 'low', 'close', 'volume'] as const satisfies readonly (keyof BarRows)[];

/** Returns the columns of bars, each made by its name. */
export function barValues(columnOf: (name: keyof BarRows, index: number) => Float64Array): BarRows {
  const [open, high, low, close, volume] = barNames.map(columnOf) as [Float64Array, ...Float64Array[]];
  return { open, high: high!, low: low!, close: close!, volume: volume! };
}

/** Returns bars of which each column is made from the old one. */
export function mapBars(bars: BarRows, change: (column: Float64Array, name: keyof BarRows) => Float64Array): BarRows {
  return barValues((name) => change(bars[name], name));
}

/** Daily bars of one symbol, oldest first, one a session that was traded. */
export interface BarColumns extends BarRows {
  /** Days since 1970-01-01, strictly rising (`dayNumber` of `market`). */
  readonly days: DayColumn;
}

/** Bars within the day of one symbol, oldest first. */
export interface IntradayColumns extends BarRows {
  /** Beginning of each bar, milliseconds since 1970 UTC, strictly rising. */
  readonly times: Float64Array;
}

/** Place of a session on the axis of a panel, from 0. */
export type SessionIndex = Unit<'SessionIndex'>;

/** The facts about a symbol that the ensemble needs besides its bars. */
export interface PanelSymbol {
  readonly symbol: SymbolCode;
  readonly tickTable: 'topix500' | 'standard';
  /** 'traded' prices obey the daily limit; adjusted ones need not. */
  readonly priceBasis: 'traded' | 'split-adjusted' | 'fully-adjusted';
}

/**
 * Dividends on the axis of a panel, in yen a share and in its prices; 0 without one. Rows as the columns of its bars.
 */
export interface PanelDividends {
  /** The dividend of the ex-day: buyers from this session on do not get it. */
  readonly paid: Float64Array;
  /** The dividend expected at the close of a session for the next one. */
  readonly expected: Float64Array;
}

/**
 * Bars of several symbols on one axis of sessions. Column `x` holds value (session t, symbol s) at
 * `x[t * symbols.length + s]` (date-major, so that the first n sessions are a prefix). NaN where a symbol has no bar at
 * a session. Plain data: it crosses a thread by structured clone or lies on SharedArrayBuffers.
 */
export interface Panel extends BarRows {
  readonly symbols: readonly PanelSymbol[];
  /** Days since 1970-01-01 of the sessions, strictly rising, all of them exchange sessions. */
  readonly days: DayColumn;
  /** Undefined where no dividend is known. */
  readonly dividends?: PanelDividends | undefined;
  /**
   * 1 where a symbol was in the set of symbols that is meant at a session, else 0: only these rows are learned from,
   * judged or traded, whatever bars there are. Rows as the columns of its bars; undefined where all count.
   */
  readonly members?: Uint8Array | undefined;
  /** Features in files of the user's, which stand after those of the platform in a matrix. */
  readonly own?: readonly OwnColumn[] | undefined;
}

/** The values of a feature in a file of the user's. Rows as the columns of its bars; NaN where it is unknown. */
export interface OwnColumn {
  readonly name: string;
  readonly values: Float64Array;
}

/** One session's bars of all symbols of a stream, in its order. */
export interface SessionBars extends BarRows {
  readonly day: DayNumber;
  /** Undefined where no dividend is known. */
  readonly dividends?: PanelDividends | undefined;
  readonly own?: readonly OwnColumn[] | undefined;
}

/** Returns features in files of the user's of which each column is made from the old one. */
export function mapOwn(own: Panel['own'], change: (column: Float64Array) => Float64Array): Pick<Panel, 'own'> {
  return own === undefined ? {} : { own: own.map(({ name, values }) => ({ name, values: change(values) })) };
}

/** Returns dividends of which each column is made from the old one; undefined where none is known. */
export function mapDividends(
  dividends: PanelDividends | undefined,
  change: (column: Float64Array) => Float64Array,
): PanelDividends | undefined {
  return dividends && { paid: change(dividends.paid), expected: change(dividends.expected) };
}

/** Session `t` of a panel, as views on the panel's memory. */
export function sessionBars(panel: Panel, t: SessionIndex): SessionBars {
  const from = t * panel.symbols.length;
  const view = (column: Float64Array) => column.subarray(from, from + panel.symbols.length);
  const dividends = mapDividends(panel.dividends, view);
  return { day: panel.days[t]!, ...mapBars(panel, view), dividends, ...mapOwn(panel.own, view) };
}

/** ln(price / an earlier price). */
export type LogReturn = Unit<'LogReturn'>;

/** A column of log returns, NaN without one. */
export interface LogReturnColumn extends Float64Array {
  readonly [row: number]: LogReturn;
}

/**
 * The label: y[t] = ln((C[t+1] + D[t+1]) / C[t]), the log return from the close that the features of t end with to the
 * close of the next session on the panel's axis, with the dividend D added back on its ex-day. Rows as in a
 * {@link FeatureMatrix} (`t * symbols + s`).
 *
 * NaN where the symbol has no bar at t or none at t + 1 (a halt is not scored and not bridged), so always in the last
 * session.
 */
export function nextSessionLogReturn(panel: Panel): LogReturnColumn {
  const { close } = panel;
  const paid = panel.dividends?.paid;
  const symbolCount = panel.symbols.length;
  const label = new Float64Array(close.length).fill(NaN);
  for (let row = 0; row + symbolCount < close.length; row += 1) {
    label[row] = Math.log((close[row + symbolCount]! + (paid?.[row + symbolCount] ?? 0)) / close[row]!);
  }
  return label;
}
