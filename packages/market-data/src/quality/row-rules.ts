import type { PriceBasis } from '@daytrade/contracts';
import {
  closedReason,
  dateOfDayNumber,
  dayNumber,
  instantOf,
  japanDate,
  japanDay,
  japanMinute,
  japanTime,
} from '@daytrade/market';
import type { SourceRows } from '../provider.ts';
import type { QualityReason } from './reasons.ts';
import { minutesOfSession, sessionIndex, timesOfSession } from './session-index.ts';

/** What a row is judged by beside its own values. */
export interface RowContext {
  readonly basis: PriceBasis;
  /** The instant at which the row is read, milliseconds since 1970 UTC: a bar that ends later is not complete yet. */
  readonly now: number;
}

/** What is wrong with a row. */
export interface Fault {
  readonly reason: QualityReason;
  readonly message: string;
}

const highestPrice = 1e9;
/** Ten times the shares of the company with the most, about 90 billion: no day ever saw more change hands. */
const highestVolume = 1e12;
const fiveMinutes = 300_000;

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
export function faultsOfRow(rows: SourceRows, index: number, { basis, now }: RowContext): Fault[] {
  return [...valueFaults(rows, index, basis), ...timeFaults(rows, index, now), ...placeholderFault(rows, index)];
}

function valueFaults(rows: SourceRows, index: number, basis: PriceBasis): Fault[] {
  const faults: Fault[] = [];
  const high = rows.high[index]!;
  const low = rows.low[index]!;
  const volume = rows.volume[index]!;
  const prices = [rows.open[index]!, high, low, rows.close[index]!];
  const expected = () =>
    `expected prices above 0 and up to 1,000,000,000 yen, found open, high, low, close ${prices.join(', ')}`;
  if (!prices.every((price) => price > 0)) faults.push({ reason: 'price-not-positive', message: expected() });
  else if (!prices.every(isPlausiblePrice)) faults.push({ reason: 'price-implausible', message: expected() });
  if (volume < 0) {
    faults.push({ reason: 'volume-negative', message: `expected a volume of 0 or more, found ${volume}` });
  } else if (!Number.isInteger(volume) || volume > highestVolume) {
    const expected = `a whole number of shares up to ${highestVolume.toLocaleString('en-GB')}`;
    faults.push({ reason: 'volume-implausible', message: `expected a volume that is ${expected}, found ${volume}` });
  }
  return [...faults, ...rangeFaults(rows, index, basis)];
}

function rangeFaults(rows: SourceRows, index: number, basis: PriceBasis): Fault[] {
  const high = rows.high[index]!;
  const low = rows.low[index]!;
  if (high < low) {
    return [{ reason: 'high-below-low', message: `expected high >= low, found high ${high}, low ${low}` }];
  }
  const tolerance = (basis === 'traded' ? 0 : 0.01) + singlePrecision * Math.abs(high);
  const faults: Fault[] = [];
  for (const name of ['open', 'close'] as const) {
    const price = rows[name][index]!;
    if (price >= low - tolerance && price <= high + tolerance) continue;
    const message = `expected ${name} between low ${low} and high ${high}, found ${price}`;
    faults.push({ reason: `${name}-outside-range`, message });
  }
  return faults;
}

function timeFaults(rows: SourceRows, index: number, now: number): Fault[] {
  const day = dayOfRow(rows, index);
  if (sessionIndex(day) === undefined) {
    const date = dateOfDayNumber(day);
    return [{ reason: 'closed-day', message: `the exchange was closed on ${date} (${closedReason(date)})` }];
  }
  if (rows.interval === '1d') return unfinishedSession(day, now);
  const begin = rows.times[index]!;
  const minute = japanMinute(begin);
  const trading = minutesOfSession(day);
  const isMorning = minute >= trading.morningOpen && minute <= trading.morningClose;
  if (isMorning || (minute >= trading.afternoonOpen && minute <= trading.close)) return unfinishedBar(begin, now);
  const time = japanTime(begin).slice(0, 5);
  const { morningOpen, morningClose, afternoonOpen, close } = timesOfSession(day);
  const hours = `${morningOpen} to ${morningClose} and ${afternoonOpen} to ${close}`;
  return [{ reason: 'outside-session', message: `expected a bar from ${hours} in Japan, found ${time}` }];
}

/** A day has a bar only after its close: before it, open, high, low and close are not those of the day. */
function unfinishedSession(day: number, now: number): Fault[] {
  const today = dayNumber(japanDate(now));
  if (day < today) return [];
  const { date, close } = timesOfSession(day);
  if (day === today && instantOf(date, close) <= now) return [];
  return [{ reason: 'not-over-yet', message: `the session of ${date} ends at ${close} in Japan; ${clockAt(now)}` }];
}

function unfinishedBar(begin: number, now: number): Fault[] {
  const end = begin + fiveMinutes;
  if (end <= now) return [];
  const ends = `${japanDate(end)} ${japanTime(end).slice(0, 5)}`;
  return [{ reason: 'not-over-yet', message: `the bar ends at ${ends} in Japan; ${clockAt(now)}` }];
}

function clockAt(now: number): string {
  return `it was ${japanDate(now)} ${japanTime(now).slice(0, 5)} there when the row was read`;
}

function placeholderFault(rows: SourceRows, index: number): Fault[] {
  const open = rows.open[index]!;
  const flat = open === rows.high[index] && open === rows.low[index] && open === rows.close[index];
  if (!flat || rows.volume[index] !== 0) return [];
  return [
    {
      reason: 'placeholder',
      message: `volume 0 and four equal prices (${open}), which a vendor filled in: nothing was traded`,
    },
  ];
}
