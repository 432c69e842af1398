import type { PriceBasis } from '@daytrade/contracts';
import {
  closedReason,
  dateOfDayNumber,
  instantOf,
  japanDate,
  japanDay,
  japanMinute,
  japanTime,
  sessionTimes,
} from '@daytrade/market';
import type { SourceRows } from '../provider.ts';
import { minutesOfSession, sessionIndex } from './session-index.ts';

interface RowContext {
  readonly basis: PriceBasis;
  /** The instant at which the row is read, milliseconds since 1970 UTC: a bar that ends later is not complete yet. */
  readonly now: number;
}

export interface Fault {
  readonly reason: QualityReason;
  readonly message: string;
}

const highestPrice = 1e9;
/** Ten times the shares of the company with the most, about 90 billion: no day ever saw more change hands. */
const highestVolume = 1e12;
const fiveMinutes = 300_000;
const openAndClose = ['open', 'close'] as const;

/** Some vendors keep prices in single precision, which is off by up to this share of a price. */
export const singlePrecision = 1e-6;

/** True for a price that a share of the exchange can have: positive and at most 1,000,000,000 yen. */
export function isPlausiblePrice(price: number): boolean {
  return price > 0 && price <= highestPrice;
}

/** Day of a row, days since 1970. */
export function dayOfRow(rows: SourceRows, index: number): number {
  const time = rows.times[index]!;
  return rows.interval === '1d' ? time : japanDay(time);
}

/**
 * Everything wrong with a row by itself, in the order of `qualityReasons`.
 *
 * Adjusted prices were rounded one by one after they had been multiplied, so a close may come to lie 0.01 yen outside
 * of a high that it equalled; that is tolerated. On traded prices nothing is, beyond single precision.
 */
export function faultsOfRow(rows: SourceRows, index: number, { basis, now }: RowContext): readonly Fault[] {
  if (isPlainlyGood(rows, index, now)) return noFaults;
  const faults: Fault[] = [];
  addValueFaults(faults, rows, index);
  addRangeFaults(faults, rows, index, basis);
  addTimeFault(faults, rows, index, now);
  addPlaceholderFault(faults, rows, index);
  return faults;
}

const noFaults: readonly Fault[] = [];

/** Returns true for a daily row without any fault, as nearly every row is. False leaves the row to the rules. */
function isPlainlyGood(rows: SourceRows, index: number, now: number): boolean {
  if (rows.interval !== '1d') return false;
  const open = rows.open[index]!;
  const high = rows.high[index]!;
  const low = rows.low[index]!;
  const close = rows.close[index]!;
  const volume = rows.volume[index]!;
  const day = rows.times[index]!;
  return (
    low > 0 &&
    high <= highestPrice &&
    open >= low &&
    open <= high &&
    close >= low &&
    close <= high &&
    volume > 0 &&
    volume <= highestVolume &&
    Number.isInteger(volume) &&
    day < japanDay(now) &&
    sessionIndex(day) !== undefined
  );
}

function addValueFaults(faults: Fault[], rows: SourceRows, index: number): void {
  const open = rows.open[index]!;
  const high = rows.high[index]!;
  const low = rows.low[index]!;
  const volume = rows.volume[index]!;
  const close = rows.close[index]!;
  const isPositive = open > 0 && high > 0 && low > 0 && close > 0;
  if (!isPositive || Math.max(open, high, low, close) > highestPrice) {
    const found = [open, high, low, close].join(', ');
    const message = `expected prices above 0 and up to 1,000,000,000 yen, found open, high, low, close ${found}`;
    faults.push({ reason: isPositive ? 'price-implausible' : 'price-not-positive', message });
  }
  if (volume < 0) {
    faults.push({ reason: 'volume-negative', message: `expected a volume of 0 or more, found ${volume}` });
  } else if (!Number.isInteger(volume) || volume > highestVolume) {
    const expected = `a whole number of shares up to ${highestVolume.toLocaleString('en-GB')}`;
    faults.push({ reason: 'volume-implausible', message: `expected a volume that is ${expected}, found ${volume}` });
  }
}

function addRangeFaults(faults: Fault[], rows: SourceRows, index: number, basis: PriceBasis): void {
  const high = rows.high[index]!;
  const low = rows.low[index]!;
  if (high < low) {
    faults.push({ reason: 'high-below-low', message: `expected high >= low, found high ${high}, low ${low}` });
    return;
  }
  const tolerance = (basis === 'traded' ? 0 : 0.01) + singlePrecision * Math.abs(high);
  for (const name of openAndClose) {
    const price = rows[name][index]!;
    if (price >= low - tolerance && price <= high + tolerance) continue;
    const message = `expected ${name} between low ${low} and high ${high}, found ${price}`;
    faults.push({ reason: `${name}-outside-range`, message });
  }
}

function addTimeFault(faults: Fault[], rows: SourceRows, index: number, now: number): void {
  const fault = timeFault(rows, index, now);
  if (fault !== undefined) faults.push(fault);
}

function timeFault(rows: SourceRows, index: number, now: number): Fault | undefined {
  const day = dayOfRow(rows, index);
  if (sessionIndex(day) === undefined) {
    const date = dateOfDayNumber(day);
    return { reason: 'closed-day', message: `the exchange was closed on ${date} (${closedReason(date)})` };
  }
  if (rows.interval === '1d') return unfinishedSession(day, now);
  const begin = rows.times[index]!;
  const minute = japanMinute(begin);
  const trading = minutesOfSession(day);
  const isMorning = minute >= trading.morningOpen && minute <= trading.morningClose;
  if (isMorning || (minute >= trading.afternoonOpen && minute <= trading.close)) return unfinishedBar(begin, now);
  const time = japanTime(begin).slice(0, 5);
  const { morningOpen, morningClose, afternoonOpen, close } = sessionTimes(dateOfDayNumber(day));
  const hours = `${morningOpen} to ${morningClose} and ${afternoonOpen} to ${close}`;
  return { reason: 'outside-session', message: `expected a bar from ${hours} in Japan, found ${time}` };
}

/** A day has a bar only after its close: before it, open, high, low and close are not those of the day. */
function unfinishedSession(day: number, now: number): Fault | undefined {
  const today = japanDay(now);
  if (day < today) return undefined;
  const { date, close } = sessionTimes(dateOfDayNumber(day));
  if (day === today && instantOf(date, close) <= now) return undefined;
  return { reason: 'not-over-yet', message: `the session of ${date} ends at ${close} in Japan; ${clockAt(now)}` };
}

function unfinishedBar(begin: number, now: number): Fault | undefined {
  const end = begin + fiveMinutes;
  if (end <= now) return undefined;
  const ends = `${japanDate(end)} ${japanTime(end).slice(0, 5)}`;
  return { reason: 'not-over-yet', message: `the bar ends at ${ends} in Japan; ${clockAt(now)}` };
}

function clockAt(now: number): string {
  return `it was ${japanDate(now)} ${japanTime(now).slice(0, 5)} there when the row was read`;
}

function addPlaceholderFault(faults: Fault[], rows: SourceRows, index: number): void {
  const open = rows.open[index]!;
  const flat = open === rows.high[index] && open === rows.low[index] && open === rows.close[index];
  if (!flat || rows.volume[index] !== 0) return;
  const message = `volume 0 and four equal prices (${open}), which a vendor filled in: nothing was traded`;
  faults.push({ reason: 'placeholder', message });
}

/** From and up to these closes, every daily limit is wider than an eighth of the close. */
const from = 10;
const upTo = 50_000_000;
/** Less than that, with room for rounding to ticks. */
const share = 0.1;

/**
 * True for prices so near to a close that no daily limit can lie between. Nearly every row is that near, and the limits
 * themselves take far longer to find.
 */
export function isWithinAnyLimit(close: number, low: number, high: number): boolean {
  return close >= from && close <= upTo && low >= close * (1 - share) && high <= close * (1 + share);
}

/** Every reason of the quality gate, with what it means; the order is the order in which a row is judged. */
export const qualityReasons = {
  'fields-missing': 'The row has another number of fields than the header',
  'date-invalid': 'The date does not exist, or is written so that it can be another one',
  'date-out-of-range': 'The date is outside the exchange calendar',
  gap: 'Trades of the bar may have been missed while it was recorded, so it is absent',
  'not-a-number': 'A price or the volume is not a number',
  'price-not-positive': 'A price is zero or negative',
  'price-implausible': 'A price is above 1,000,000,000 yen, which no share of the exchange ever cost',
  'volume-negative': 'The volume is negative',
  'volume-implausible': 'The volume is not a whole number of shares, or is more than 1,000,000,000,000 of them',
  'high-below-low': 'The high is below the low',
  'open-outside-range': 'The open is not between low and high',
  'close-outside-range': 'The close is not between low and high',
  'closed-day': 'The exchange was closed on that day',
  'outside-session': 'The exchange was not trading at that time of the day',
  'not-over-yet': 'The session, or the 5-minute bar, had not ended when the row was read',
  placeholder: 'No volume and four equal prices: a row that a data vendor filled in, not a trade',
  'date-duplicate': 'An earlier row of the file has the same date',
  'limit-exceeded': 'The price lies beyond the daily price limit around the close before',
  'sessions-missing': 'More than five sessions are missing before the row',
} as const;

export type QualityReason = keyof typeof qualityReasons;
