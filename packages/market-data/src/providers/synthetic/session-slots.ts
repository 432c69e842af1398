import { minuteOf, type SessionTimes, sessionTimes, type TradeDate } from '@daytrade/market';

/**
 * The 5-minute bars that a session can have, in columns of equal length, oldest first. The closing auctions of morning
 * and day have one of their own, that begins with them; from the end of continuous trading to the last one nothing is
 * traded. Variance and volume are shares of the day's, from the close before to the close.
 */
export interface SessionSlots {
  /** Beginning of each, milliseconds after midnight in Japan. */
  readonly begins: Float64Array;
  /** Share of the variance between the bar before and this one: overnight, over lunch, before an auction. */
  readonly varianceBefore: Float64Array;
  /** Share of the variance within the bar; 0 for an auction, which has one price. */
  readonly varianceWithin: Float64Array;
  /** The square roots of both. */
  readonly deviationBefore: Float64Array;
  readonly deviationWithin: Float64Array;
  readonly volume: Float64Array;
}

/** Length of a bar. */
export const slotMilliseconds = 300_000;

/** Share of a session's variance that comes overnight. */
const overnightShare = 0.35;

/** One bar, with weights in the measure of a quiet one of late morning. */
interface Slot {
  readonly minute: number;
  readonly before: number;
  readonly within: number;
  readonly volume: number;
}

/** Weights of what happens once a day, in the same measure. */
const openingAuctionVolume = 6;
const morningAuction = { before: 0.5, volume: 0.7 };
const lunch = { before: 4, volume: 2.5 };
const closingAuction = { before: 2, volume: 12 };

const known = new Map<string, SessionSlots>();

/** The bars of the session on a day; the same object for days of the same hours. */
export function slotsOfSession(date: TradeDate): SessionSlots {
  const times = sessionTimes(date);
  const hours = [times.morningClose, times.afternoonOpen, times.continuousClose, times.close].join(' ');
  let slots = known.get(hours);
  if (slots === undefined) {
    slots = columnsOf(slotsBetween(times));
    known.set(hours, slots);
  }
  return slots;
}

/** A U over the minutes in which orders meet continuously: much after the open, more again before the close. */
function slotsBetween(times: SessionTimes): Slot[] {
  const morning = minutesBetween(times.morningOpen, times.morningClose);
  const afternoon = minutesBetween(times.afternoonOpen, times.continuousClose);
  const traded = 5 * (morning.length + afternoon.length);
  const continuous = [...morning, ...afternoon].map((minute, position) => {
    const sinceOpen = 5 * position;
    const left = traded - sinceOpen;
    const within = 1 + 6 * Math.exp(-sinceOpen / 20) + 1.5 * Math.exp(-left / 15);
    const volume = 1 + 5 * Math.exp(-sinceOpen / 15) + 1.5 * Math.exp(-left / 20);
    const isFirst = position === 0;
    const isAfterLunch = position === morning.length;
    return {
      minute,
      before: isAfterLunch ? lunch.before : 0,
      within,
      volume: volume + (isFirst ? openingAuctionVolume : isAfterLunch ? lunch.volume : 0),
    };
  });
  const auction = (time: string, weights: Pick<Slot, 'before' | 'volume'>) => {
    return { minute: minuteOf(time), within: 0, ...weights };
  };
  const ofMorning = afternoon.length === 0 ? [] : [auction(times.morningClose, morningAuction)];
  return [
    ...continuous.slice(0, morning.length),
    ...ofMorning,
    ...continuous.slice(morning.length),
    auction(times.close, closingAuction),
  ];
}

/** Weights to shares: the session itself has what the night leaves of the variance. */
function columnsOf(slots: readonly Slot[]): SessionSlots {
  const sumOf = (weight: (slot: Slot) => number) => slots.reduce((sum, slot) => sum + weight(slot), 0);
  const perWeight = (1 - overnightShare) / sumOf(({ before, within }) => before + within);
  const shares = sumOf(({ volume }) => volume);
  const varianceBefore = Float64Array.from(slots, ({ before }) => before * perWeight);
  varianceBefore[0] = overnightShare;
  const varianceWithin = Float64Array.from(slots, ({ within }) => within * perWeight);
  return {
    begins: Float64Array.from(slots, ({ minute }) => minute * 60_000),
    varianceBefore,
    varianceWithin,
    deviationBefore: varianceBefore.map(Math.sqrt),
    deviationWithin: varianceWithin.map(Math.sqrt),
    volume: Float64Array.from(slots, ({ volume }) => volume / shares),
  };
}

/** Every fifth minute of the day from one time on to before another. */
function minutesBetween(from: string, to: string): number[] {
  const first = minuteOf(from);
  return Array.from({ length: (minuteOf(to) - first) / 5 }, (_, position) => first + 5 * position);
}
