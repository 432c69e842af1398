import { type ReasonWithoutForecast } from '@daytrade/contracts';
import {
  dateOfDayNumber,
  instantOf,
  previousSession,
  sessionOpen,
  sessionTimes,
  type TradeDate,
} from '@daytrade/market';
import {
  barMilliseconds,
  buildSessionPath,
  type IntradayColumns,
  type Panel,
  type PanelSymbol,
  type SessionSnapshot,
  sessionSnapshot,
  slicePanel,
  snapshotAtPrice,
  snapshotBeforeOpen,
} from '@daytrade/series';
import { type Stores } from '@daytrade/storage';
import { type AskedHorizon } from './asked-horizon.ts';

/** Finished sessions that show by which factor daily prices differ from those of 5-minute bars. */
const basisSessions = 5;

/** A running session as it was known at a time of its day, by place of a symbol, in the prices of the daily bars. */
export interface RunningSession {
  readonly now: SessionSnapshot;
  /** False when no symbol has a price. */
  readonly isKnown: boolean;
  /** End of the newest bar that is known, milliseconds since 1970 UTC; NaN for a symbol that has not traded by then. */
  readonly knownAt: Float64Array;
  /** Why a symbol has no price; undefined for one that has. */
  readonly reasonWithoutPrice: (s: number | undefined) => ReasonWithoutForecast | undefined;
}

/**
 * Reads what was known of a session at a time of its day: before the open nothing, at the open the opening price alone,
 * whatever was paid in the bar that it began.
 */
export async function readRunningSession(
  stores: Pick<Stores, 'bars'>,
  panel: Panel,
  { session, horizon, time }: AskedHorizon,
): Promise<RunningSession> {
  if (horizon === 'close@08:30') return beforeOpen(session, panel.symbols.length);
  const past = slicePanel(panel, panel.days.length - basisSessions, panel.days.length);
  const bars = await readIntraday(stores, panel.symbols, { from: dateOfDayNumber(past.days[0]!), to: session });
  const open = sessionOpen(session);
  const snapshot = inBasis(sessionSnapshot(session, bars, time), basisOf(past, bars));
  const isOpening = horizon === 'close@open';
  // If no symbol has a bar, there is no source; otherwise a symbol without a bar has not traded.
  const hasSource = bars.some((own) => (own?.times.at(-1) ?? 0) >= open);
  return {
    now: isOpening ? snapshotAtPrice(snapshot.open) : snapshot,
    isKnown: snapshot.price.some((price) => !Number.isNaN(price)),
    knownAt: Float64Array.from(bars, (own) => (isOpening ? open : newestEnd(own, time))),
    reasonWithoutPrice: (s) => {
      if (s === undefined || bars[s] === undefined || !hasSource) return 'needs-5-minute-bars';
      return Number.isNaN(snapshot.price[s]) ? 'no-trade-yet' : undefined;
    },
  };
}

function beforeOpen(session: TradeDate, symbols: number): RunningSession {
  const before = previousSession(session);
  return {
    now: snapshotBeforeOpen(symbols),
    isKnown: true,
    knownAt: new Float64Array(symbols).fill(instantOf(before, sessionTimes(before).close)),
    reasonWithoutPrice: () => undefined,
  };
}

/** Returns the factor on the 5-minute prices of each symbol: the basis of its newest finished session, else 1. */
function basisOf(past: Panel, bars: readonly (IntradayColumns | undefined)[]): Float64Array {
  const { basis } = buildSessionPath(past, bars, []);
  const newest = basis.subarray(Math.max(0, basis.length - bars.length));
  return Float64Array.from(bars, (_, s) => newest[s] || 1);
}

function inBasis(snapshot: SessionSnapshot, basis: Float64Array): SessionSnapshot {
  const inPrices = (column: Float64Array) => column.map((price, s) => price * basis[s]!);
  return {
    ...snapshot,
    open: inPrices(snapshot.open),
    price: inPrices(snapshot.price),
    high: inPrices(snapshot.high),
    low: inPrices(snapshot.low),
  };
}

function newestEnd(bars: IntradayColumns | undefined, time: number): number {
  return (bars?.times.findLast((begin) => begin + barMilliseconds <= time) ?? NaN) + barMilliseconds;
}

/** The 5-minute bars of symbols in some sessions, in their order; undefined for one that has none at all. */
export async function readIntraday(
  { bars }: Pick<Stores, 'bars'>,
  symbols: readonly Pick<PanelSymbol, 'symbol'>[],
  range: { readonly from: TradeDate; readonly to: TradeDate },
): Promise<readonly (IntradayColumns | undefined)[]> {
  const withBars = new Set(await bars.symbols('5m'));
  const columns = await bars.readManyIntraday(
    symbols.map(({ symbol }) => symbol),
    range,
  );
  return columns.map((own, s) => (withBars.has(symbols[s]!.symbol) ? own : undefined));
}
