import { instantOf, japanDate, sessionOpen, sessionTimes, type TradeDate } from '@daytrade/market';
import { barMilliseconds } from '@daytrade/series';
import type { Message } from './message.ts';

const none = Number.POSITIVE_INFINITY;

/** A 5-minute bar and its beginning, milliseconds since 1970 UTC. */
export type RecordedBar = Readonly<Record<'begin' | 'open' | 'high' | 'low' | 'close' | 'volume', number>>;

/** The recording of one symbol in one session. */
export interface Recording {
  readonly session: TradeDate;
  /** Beginnings of all bars of the session; the closing auctions have bars of their own. */
  readonly begins: readonly number[];
  /** The newest message; undefined while trades may be missed, until one tells what was traded before it. */
  readonly totals: typeof nothing | undefined;
  /** Instant from which on no trade was missed. */
  readonly seenFrom: number;
  /** Why trades before `seenFrom` may be missing. */
  readonly reason: string;
  /** Bars since `seenFrom`, and whether each has changed since it was given out. */
  readonly bars: readonly (RecordedBar & { readonly isChanged: boolean })[];
  /** Number of bars of the session that have ended. */
  readonly ended: number;
}

export type RecordingEvent =
  | { readonly kind: 'message'; readonly message: Message }
  | { readonly kind: 'cut'; readonly reason: string }
  | { readonly kind: 'clock' };

export interface RecordingStep {
  readonly state: Recording;
  /** Bars that have ended, or changed after their end. */
  readonly bars: readonly RecordedBar[];
  /** Five minutes in which trades may have been missed, so that they have no bar. */
  readonly gaps: readonly { readonly begin: number; readonly reason: string }[];
}

/** Milliseconds that a message may take: a bar is given out so long after its end. */
export const mostDelay = 5_000;

/** Begins the recording of a session. Nothing is seen before the first message. */
export function newRecording(session: TradeDate, reason: string): Recording {
  const { morningOpen, morningClose, afternoonOpen, close } = sessionTimes(session);
  const at = (time: string) => instantOf(session, time);
  const begins: number[] = [];
  for (let begin = at(morningOpen); begin <= at(close); begin += barMilliseconds) {
    if (begin <= at(morningClose) || begin >= at(afternoonOpen)) begins.push(begin);
  }
  return { session, begins, totals: undefined, seenFrom: none, reason, bars: [], ended: 0 };
}

/**
 * Takes the next event of a symbol. Volume, high and low of a bar are differences between messages, which count trades
 * that the broker merged. A bar in which trades may have been missed is not given out, but marked as a gap. A late
 * message changes a bar that was given out.
 */
export function next(state: Recording, event: RecordingEvent, now: number): RecordingStep {
  if (event.kind === 'clock') return afterClock(state, now);
  const after = event.kind === 'cut' ? afterCut(state, event.reason) : afterMessage(state, event.message, now);
  return { state: after, bars: [], gaps: [] };
}

function afterCut(state: Recording, reason: string): Recording {
  if (state.totals === undefined) return state;
  return { ...state, totals: undefined, seenFrom: none, reason, bars: [] };
}

/** The session before its first trade. */
const nothing = { CurrentPrice: 0, CurrentPriceTime: 0, HighPrice: 0, LowPrice: none, TradingVolume: 0 };

function afterMessage(state: Recording, message: Message, now: number): Recording {
  const { session, totals } = state;
  const { CurrentPrice: price, CurrentPriceTime: time, TradingVolume: volume } = message;
  // Before the open the values are those of the day before.
  if (volume === 0 || now < sessionOpen(session)) {
    return totals === undefined ? { ...state, totals: nothing, seenFrom: now } : state;
  }
  if (japanDate(time) !== session) return afterCut(state, `a message has the date ${japanDate(time)}`);
  if (totals === undefined) return { ...state, totals: message, seenFrom: now };
  const [before, traded] = [totals.CurrentPriceTime, totals.TradingVolume];
  // An older message may come twice.
  if (volume < traded) return time > before ? afterCut(state, `the volume fell from ${traded} to ${volume}`) : state;
  if (volume === traded && (time < before || price === totals.CurrentPrice)) return state;
  return { ...withTrades(state, totals, message), totals: message };
}

/** Adds the trades between two messages to the bar of the newer one. */
function withTrades(state: Recording, totals: typeof nothing, message: Message): Recording {
  const begin = beginOf(state, message.CurrentPriceTime);
  if (begin === undefined) return state;
  const { CurrentPrice: price, TradingVolume: volume, HighPrice, LowPrice } = message;
  const isFirst = totals.TradingVolume === 0 && beginOf(state, message.OpeningPriceTime) === begin;
  const open = isFirst ? message.OpeningPrice : price;
  const isNew = state.bars.every((bar) => bar.begin !== begin);
  const added = { begin, open, high: price, low: price, close: price, volume: 0, isChanged: true };
  let bars = isNew ? [...state.bars, added] : state.bars;
  const change = (at: number | undefined, reached: number, more: (bar: RecordedBar) => Partial<RecordedBar>) => {
    const index = bars.findLastIndex((bar) => bar.begin === at);
    if (index < 0) return;
    const bar = bars[index]!;
    const [high, low] = [Math.max(bar.high, reached), Math.min(bar.low, reached)];
    bars = bars.with(index, { ...bar, high, low, ...more(bar), isChanged: true });
  };
  change(begin, price, (bar) => ({ close: price, volume: bar.volume + volume - totals.TradingVolume }));
  // A new extreme of the session has a time of its own, which may lie in the bar before.
  if (HighPrice > totals.HighPrice) change(beginOf(state, message.HighPriceTime) ?? begin, HighPrice, () => ({}));
  if (LowPrice < totals.LowPrice) change(beginOf(state, message.LowPriceTime) ?? begin, LowPrice, () => ({}));
  return { ...state, bars };
}

/** Returns the beginning of the bar that an instant is in; undefined outside of the session. */
function beginOf({ begins }: Recording, instant: number): number | undefined {
  const begin = instant - (instant % barMilliseconds);
  return begins.includes(begin) ? begin : undefined;
}

function afterClock(state: Recording, now: number): RecordingStep {
  const { begins, seenFrom, reason } = state;
  const isOver = (begin: number) => begin + barMilliseconds + mostDelay <= now;
  let { ended } = state;
  const gaps = [];
  for (; ended < begins.length && isOver(begins[ended]!); ended += 1) {
    if (seenFrom > begins[ended]!) gaps.push({ begin: begins[ended]!, reason });
  }
  const isDue = ({ begin, isChanged }: Recording['bars'][number]) => isChanged && begin >= seenFrom && isOver(begin);
  const due = state.bars.filter(isDue);
  if (due.length === 0) return { state: { ...state, ended }, bars: [], gaps };
  const bars = state.bars.map((bar) => ({ ...bar, isChanged: bar.isChanged && !isDue(bar) }));
  return { state: { ...state, bars, ended }, bars: due.map(({ isChanged: _isChanged, ...bar }) => bar), gaps };
}
