import { japanDate, japanTime } from '@daytrade/market';

/** The decimals that prices of one table are shown with: 1 where one of them is not whole. */
export function priceDecimals(prices: readonly number[]): 0 | 1 {
  return prices.every((price) => Number.isInteger(price)) ? 0 : 1;
}

/** A price in yen with thousands separators, and a decimal where the exchange quotes it with one. */
export function yen(value: number, decimals = priceDecimals([value])): string {
  return value.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}

/** A share of one in percent: 0.9312 is `93.1 %`. */
export function percent(value: number | null | undefined, decimals = 1): string {
  return value === null || value === undefined || !Number.isFinite(value)
    ? '–'
    : `${(value * 100).toFixed(decimals)} %`;
}

/** Basis points without decimals; 1 bp is 1e-4. */
export function basisPoints(value: number | null | undefined): string {
  return value === null || value === undefined || !Number.isFinite(value) ? '–' : `${Math.round(value)} bp`;
}

/** A whole number with thousands separators. */
export function count(value: number): string {
  return value.toLocaleString('en-US');
}

/** A number of things: `1 file`, `60 files`. */
export function quantity(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/**
 * Text out of files and services with every character visible that would steer a terminal: escape sequences could clear
 * the screen or write a title. Line breaks stay.
 *
 * @example visible('a\u001b[2Jb') // 'a\\x1b[2Jb'
 */
export function visible(text: string): string {
  return text.replaceAll(steering, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

/** Control characters but the line break, and the marks that turn the direction of text. */
const steering = /(?!\n)[\p{Cc}\p{Bidi_Control}]/gu;

/** Seconds as a person says them: `4 s`, `1 min 05 s`, `2 h 03 min`. */
export function duration(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${String(whole % 60).padStart(2, '0')} s`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

/** An instant as the clock in Tokyo shows it: `2026-11-24 15:30`. */
export function japanClock(instant: string | null): string {
  if (instant === null) return '–';
  const at = Date.parse(instant);
  return `${japanDate(at)} ${japanTime(at).slice(0, 5)}`;
}

/** What an ensemble is that is one of its members in truth. */
export function soleMemberInWords(member: string): string {
  return `one member carries all the weight: ${member}`;
}

/** Returns the verdict on the skill in a direction, in the words of every command. */
export function directionInWords(skilled: boolean): string {
  return skilled ? 'skill measured' : 'no skill measured';
}
