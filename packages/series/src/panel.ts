import type { SymbolCode, Unit } from '@daytrade/market';
import type { DayColumn } from './bars.ts';
/** Place of a session on the axis of a panel, from 0. */
export type SessionIndex = Unit<'SessionIndex'>;

/** What the ensemble has to know of a symbol beside its bars. */
export interface PanelSymbol {
  readonly symbol: SymbolCode;
  readonly tickTable: 'topix500' | 'standard';
  /** 'traded' prices obey the daily limit; adjusted ones need not. */
  readonly priceBasis: 'traded' | 'split-adjusted' | 'fully-adjusted';
}

/**
 * Dividends on the axis of a panel, in yen a share and in its prices; 0 where there is none. Rows as the columns of its
 * bars.
 */
export interface PanelDividends {
  /** What a share was worth less from this session on: those who bought on it get none. */
  readonly paid: Float64Array;
  /** What was expected at the close of a session to be paid on the next one. */
  readonly expected: Float64Array;
}

/**
 * Bars of several symbols on one axis of sessions. Column `x` holds value (session t, symbol s) at
 * `x[t * symbols.length + s]` (date-major, so that the first n sessions are a prefix). NaN where a symbol has no bar at
 * a session. Plain data: it crosses a thread by structured clone or lies on SharedArrayBuffers.
 */
export interface Panel {
  readonly symbols: readonly PanelSymbol[];
  /** Days since 1970-01-01 of the sessions, strictly rising, all of them exchange sessions. */
  readonly days: DayColumn;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
  /** Undefined where no dividend is known. */
  readonly dividends?: PanelDividends | undefined;
  /**
   * 1 where a symbol was in the set of symbols that is meant at a session, else 0: only these rows are learned from,
   * judged or traded, whatever bars there are. Rows as the columns of its bars; undefined where all count.
   */
  readonly members?: Uint8Array | undefined;
}
