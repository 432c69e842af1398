import { dateOfDayNumber, instantOf, japanDate, sessionTimes, type TradeDate } from '@daytrade/market';
import { firstAtOrAfter, sharedArray } from './arrays.ts';
import { type IntradayColumns, type Panel, type SessionIndex } from './panel.ts';
import {
  barMilliseconds,
  type SessionPath,
  type SessionSnapshot,
  SymbolSnapshot,
  snapshotColumns,
} from './session-path.ts';

/**
 * Puts the 5-minute bars of a panel's symbols on its sessions. A bar is known when it has ended: at 10:00 that of 09:55
 * is, that of 10:00 is not.
 *
 * @param bars one a symbol of the panel; undefined where there are none
 * @param times 'HH:MM', rising
 */
export function buildSessionPath(
  panel: Panel,
  bars: readonly (IntradayColumns | undefined)[],
  times: readonly string[],
): SessionPath {
  const from = firstSession(panel, bars);
  const symbols = panel.symbols.length;
  const sessions = panel.days.length - from;
  const basis = sharedArray(sessions * symbols).fill(NaN);
  const path = { from, times, basis, ...emptyColumns(sessions * times.length * symbols) };
  const instants = Array.from(panel.days.subarray(from), (day) => instantsOf(dateOfDayNumber(day), times));
  for (const [s, own] of bars.entries()) {
    if (own === undefined) continue;
    const finished = instants.map((ofSession, i) => writeSession(path, panel, { t: from + i, s, own, ...ofSession }));
    for (const [i, factor] of sessionBasis(finished).entries()) basis[i * symbols + s] = factor;
  }
  return path;
}

/** Beginning and close of a session, and the times of it that come before the close. */
interface SessionInstants {
  readonly begun: number;
  readonly known: readonly number[];
  readonly close: number;
}

function instantsOf(date: TradeDate, times: readonly string[]): SessionInstants {
  const { morningOpen, close } = sessionTimes(date);
  return {
    begun: instantOf(date, morningOpen),
    known: times.filter((time) => time < close).map((time) => instantOf(date, time)),
    // The closing auction is in the bar that begins with it.
    close: instantOf(date, close) + barMilliseconds,
  };
}

interface SymbolSession extends SessionInstants {
  readonly t: SessionIndex;
  readonly s: number;
  readonly own: IntradayColumns;
}

/** Returns the whole session beside what was known at its times. */
function writeSession(path: SessionPath, panel: Panel, of: SymbolSession): FinishedSession {
  const { t, s, own } = of;
  const symbols = panel.symbols.length;
  const snapshot = new SymbolSnapshot();
  let i = firstAtOrAfter(own.times, of.begun);
  for (const [k, instant] of of.known.entries()) {
    i = takeUntil(snapshot, own, i, instant);
    const row = ((t - path.from) * path.times.length + k) * symbols + s;
    for (const name of snapshotColumns) path[name][row] = snapshot[name];
  }
  takeUntil(snapshot, own, i, of.close);
  const daily = t * symbols + s;
  return {
    daily: { high: panel.high[daily]!, low: panel.low[daily]!, close: panel.close[daily]! },
    fiveMinutes: { high: snapshot.high, low: snapshot.low, close: snapshot.price },
  };
}

/**
 * Returns the snapshot of a running session at an instant, from the 5-minute bars that have ended by then.
 *
 * @param bars one a symbol; undefined where there are none
 * @param knownAt milliseconds since 1970 UTC
 */
export function sessionSnapshot(
  session: TradeDate,
  bars: readonly (IntradayColumns | undefined)[],
  knownAt: number,
): SessionSnapshot {
  const columns = emptyColumns(bars.length);
  const begun = instantOf(session, sessionTimes(session).morningOpen);
  for (const [s, own] of bars.entries()) {
    if (own === undefined) continue;
    const snapshot = new SymbolSnapshot();
    takeUntil(snapshot, own, firstAtOrAfter(own.times, begun), knownAt);
    for (const name of snapshotColumns) columns[name][s] = snapshot[name];
  }
  return columns;
}

/** Takes the bars from place `i` that have ended at the instant; gives the place of the first that has not. */
function takeUntil(snapshot: SymbolSnapshot, bars: IntradayColumns, i: number, instant: number): number {
  let place = i;
  for (; place < bars.times.length && bars.times[place]! + barMilliseconds <= instant; place += 1) {
    snapshot.take({
      open: bars.open[place]!,
      high: bars.high[place]!,
      low: bars.low[place]!,
      close: bars.close[place]!,
    });
  }
  return place;
}

function emptyColumns(size: number): SessionSnapshot {
  const column = () => sharedArray(size).fill(NaN);
  return {
    open: column(),
    price: column(),
    high: column(),
    low: column(),
    variance: column(),
  };
}

/** Returns the first session of the panel on or after the first bar; one after the last without bars. */
function firstSession(panel: Panel, bars: readonly (IntradayColumns | undefined)[]): SessionIndex {
  const first = bars.reduce((least, own) => Math.min(least, own?.times[0] ?? Infinity), Infinity);
  if (first === Infinity) return panel.days.length;
  const date = japanDate(first);
  const t = panel.days.findIndex((day) => dateOfDayNumber(day) >= date);
  return t === -1 ? panel.days.length : t;
}

/** Log difference of one price in both kinds of bars that rounding may leave. */
const rounding = 5e-4;

/** Log change of the factor that one session is enough to show: a split of 1 to 1.1 is one of 0.095. */
const ofSplit = 0.09;

/** High, low and close of a session by one kind of bars; NaN where it has none. */
export interface DayPrices {
  readonly high: number;
  readonly low: number;
  readonly close: number;
}

/** One finished session of a symbol by both kinds of bars. */
export interface FinishedSession {
  readonly daily: DayPrices;
  readonly fiveMinutes: DayPrices;
}

/** Successive sessions that one factor explains, with its bounds and the first quotient of the closes, as logs. */
interface Stretch {
  readonly from: number;
  readonly ofClose: number;
  sessions: number;
  lower: number;
  upper: number;
}

/**
 * Returns by session what 5-minute prices of a symbol are multiplied by to be in the basis of its daily ones: 1 where
 * both are as traded.
 *
 * 5-minute bars may lack the auctions, so their range lies within that of the day. The quotient of the highs is at
 * least the factor, that of the lows at most. A new factor needs the size of a split or a second session that agrees,
 * as after an ex-day of adjusted prices.
 *
 * @param sessions in time order
 */
export function sessionBasis(sessions: readonly FinishedSession[]): Float64Array {
  const factors = new Float64Array(sessions.length).fill(1);
  let log = 0;
  for (const [i, stretch] of stretches(sessions).entries()) {
    log = logFactor(stretch, log);
    factors.fill(Math.exp(log), i === 0 ? 0 : stretch.from);
  }
  return factors;
}

function stretches(sessions: readonly FinishedSession[]): readonly Stretch[] {
  const found: Stretch[] = [];
  for (const [from, { daily, fiveMinutes }] of sessions.entries()) {
    const lower = Math.log(daily.low / fiveMinutes.low);
    const upper = Math.log(daily.high / fiveMinutes.high);
    // Without one kind of bars, or with a defective price, a session shows nothing.
    if (!(lower <= upper + rounding)) continue;
    const last = found.at(-1);
    const [least, most] = [Math.max(lower, last?.lower ?? lower), Math.min(upper, last?.upper ?? upper)];
    if (last !== undefined && least <= most + rounding) {
      last.lower = least;
      last.upper = most;
      last.sessions += 1;
    } else {
      found.push({ from, sessions: 1, lower, upper, ofClose: Math.log(daily.close / fiveMinutes.close) });
    }
  }
  return found;
}

function logFactor({ sessions, lower, upper, ofClose }: Stretch, before: number): number {
  if (lower <= rounding && upper >= -rounding) return 0;
  const shown = Math.min(upper, Math.max(lower, ofClose));
  return sessions > 1 || Math.abs(shown - before) >= ofSplit ? shown : before;
}
