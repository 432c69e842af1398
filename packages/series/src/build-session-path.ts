import { dateOfDayNumber, instantOf, japanDate, sessionTimes, type TradeDate } from '@daytrade/market';
import { firstAtOrAfter } from './first-at-or-after.ts';
import type { IntradayColumns } from './intraday-columns.ts';
import type { Panel, SessionIndex } from './panel.ts';
import { type FinishedSession, sessionBasis } from './session-basis.ts';
import { type SessionPath, type SessionSoFar, soFarColumns } from './session-path.ts';
import { barMilliseconds, SymbolSoFar } from './session-so-far.ts';
import { sharedArray } from './shared-memory.ts';

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

/** One symbol in one session. */
interface SymbolSession extends SessionInstants {
  readonly t: SessionIndex;
  readonly s: number;
  readonly own: IntradayColumns;
}

/** Returns the whole session beside what was known at its times. */
function writeSession(path: SessionPath, panel: Panel, of: SymbolSession): FinishedSession {
  const { t, s, own } = of;
  const symbols = panel.symbols.length;
  const soFar = new SymbolSoFar();
  let i = firstAtOrAfter(own.times, of.begun);
  for (const [k, instant] of of.known.entries()) {
    i = takeUntil(soFar, own, i, instant);
    const row = ((t - path.from) * path.times.length + k) * symbols + s;
    for (const name of soFarColumns) path[name][row] = soFar[name];
  }
  takeUntil(soFar, own, i, of.close);
  const daily = t * symbols + s;
  return {
    daily: { high: panel.high[daily]!, low: panel.low[daily]!, close: panel.close[daily]! },
    fiveMinutes: { high: soFar.high, low: soFar.low, close: soFar.price },
  };
}

/**
 * What is known of a running session at an instant, from the 5-minute bars that have ended by then.
 *
 * @param bars one a symbol; undefined where there are none
 * @param knownAt milliseconds since 1970 UTC
 */
export function sessionSoFar(
  session: TradeDate,
  bars: readonly (IntradayColumns | undefined)[],
  knownAt: number,
): SessionSoFar {
  const columns = emptyColumns(bars.length);
  const begun = instantOf(session, sessionTimes(session).morningOpen);
  for (const [s, own] of bars.entries()) {
    if (own === undefined) continue;
    const soFar = new SymbolSoFar();
    takeUntil(soFar, own, firstAtOrAfter(own.times, begun), knownAt);
    for (const name of soFarColumns) columns[name][s] = soFar[name];
  }
  return columns;
}

/** Takes the bars from place `i` that have ended at the instant; gives the place of the first that has not. */
function takeUntil(soFar: SymbolSoFar, bars: IntradayColumns, i: number, instant: number): number {
  let place = i;
  for (; place < bars.times.length && bars.times[place]! + barMilliseconds <= instant; place += 1) {
    soFar.take({
      open: bars.open[place]!,
      high: bars.high[place]!,
      low: bars.low[place]!,
      close: bars.close[place]!,
    });
  }
  return place;
}

function emptyColumns(size: number): SessionSoFar {
  const column = () => sharedArray(size).fill(NaN);
  return {
    open: column(),
    price: column(),
    high: column(),
    low: column(),
    variance: column(),
  };
}

/** The first session of the panel on or after the first bar; one after the last when there is none. */
function firstSession(panel: Panel, bars: readonly (IntradayColumns | undefined)[]): SessionIndex {
  const first = bars.reduce((least, own) => Math.min(least, own?.times[0] ?? Infinity), Infinity);
  if (first === Infinity) return panel.days.length;
  const date = japanDate(first);
  const t = panel.days.findIndex((day) => dateOfDayNumber(day) >= date);
  return t === -1 ? panel.days.length : t;
}
