import type { BarsAge, PriceBasis } from '@daytrade/contracts';
import { japanDate, japanTime } from '@daytrade/market';
import { say, spokenLanguage } from '../language/language.ts';

/** Returns the decimals for the prices of one table: 1 where a price is not whole. */
export function priceDecimals(prices: readonly number[]): 0 | 1 {
  return prices.every((price) => Number.isInteger(price)) ? 0 : 1;
}

/** Formats a price in yen with thousands separators, and a decimal where the exchange quotes it with one. */
export function yen(value: number, decimals = priceDecimals([value])): string {
  return value.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}

/** Formats a share of one in percent: 0.9312 is `93.1 %`. */
export function percent(value: number | null | undefined, decimals = 1): string {
  return value === null || value === undefined || !Number.isFinite(value)
    ? '–'
    : `${(value * 100).toFixed(decimals)} %`;
}

/** Formats basis points without decimals; 1 bp is 1e-4. */
export function basisPoints(value: number | null | undefined): string {
  return value === null || value === undefined || !Number.isFinite(value) ? '–' : `${Math.round(value)} bp`;
}

/** Formats a whole number with thousands separators. */
export function count(value: number): string {
  return value.toLocaleString('en-US');
}

/** Formats a number of things: `1 file`, `60 files`, or in Japanese, by the noun for one, `60 ファイル`. */
export function quantity(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${say(value === 1 || spokenLanguage() === 'ja' ? one : many)}`;
}

/** Formats the ends of a range: `3.0 % to 5.0 %`. */
export function range(from: string | number, to: string | number): string {
  return say`${from} to ${to}`;
}

/** Joins words, in Japanese by its own comma. */
export function list(words: readonly string[]): string {
  return words.join(say`, `);
}

/**
 * Names the first of some things, and counts the others: `7203, 9984 and 3 more`.
 *
 * @param all number of things, of which `names` may be the first ones
 */
export function named(names: readonly string[], most = 12, all = names.length): string {
  const first = list(names.slice(0, most));
  return all > most ? say`${first} and ${count(all - most)} more` : first;
}

/** Says how large a set of symbol-days is: `500 sessions x 60 symbols`. */
export function symbolDays(sessions: number, symbols: number): string {
  return say`${quantity(sessions, 'session')} x ${quantity(symbols, 'symbol')}`;
}

/** Marks a report about synthetic bars, before its first sentence. */
export function syntheticMark(synthetic: boolean): string {
  return synthetic ? say`SYNTHETIC bars. ` : '';
}

/**
 * Replaces every character that would steer a terminal by a visible escape. Escape sequences in text from files and
 * services could clear the screen or write a title. Line breaks stay.
 */
export function visible(text: string): string {
  return text.replaceAll(steering, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

/** Control characters except the line break, and marks that change the direction of text. */
const steering = /(?!\n)[\p{Cc}\p{Bidi_Control}]/gu;

/** Formats seconds for a person: `4.0 s`, `1 min 05 s`, `2 h 03 min`. */
export function duration(seconds: number): string {
  if (seconds < 9.95) return say`${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return say`${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return say`${minutes} min ${String(whole % 60).padStart(2, '0')} s`;
  return say`${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

/** Formats an instant as the clock in Tokyo shows it: `2026-11-24 15:30`. */
export function japanClock(instant: string | null): string {
  if (instant === null) return '–';
  const at = Date.parse(instant);
  return `${japanDate(at)} ${japanTime(at).slice(0, 5)}`;
}

/** Returns files of the user's with the beginning of their hashes. */
export function ownFilesInWords(files: readonly string[]): string {
  return files.map((file) => `${file.slice(0, file.indexOf(' ') + 9)}…`).join(', ');
}

/** Describes an ensemble that is in effect a single member. */
export function soleMemberInWords(member: string): string {
  return say`one member carries all the weight: ${member}`;
}

/** Returns the verdict on the skill in a direction, in the words of every command. */
export function directionInWords(skilled: boolean): string {
  return say(skilled ? 'skill measured' : 'no skill measured');
}

/** Describes the age of the newest bars; undefined while no session is missing. */
export function ageInWords(age: BarsAge | null): string | undefined {
  if (age === null || age.sessionsBehind === 0) return undefined;
  const { newest, lastFinishedSession, sessionsBehind, daysBehind } = age;
  const behind = quantity(sessionsBehind, 'session');
  const days = quantity(daysBehind, 'day');
  return say`bars end ${newest}, ${behind} (${days}) before the last finished session, ${lastFinishedSession}`;
}

const basisWords: Readonly<Record<PriceBasis, string>> = {
  traded: 'as traded',
  'split-adjusted': 'split-adjusted: those before the last split were never quoted at these levels',
  'fully-adjusted': "split- and dividend-adjusted: not quotable, today's ticks and limits do not apply",
};

/** Describes the price basis of some symbols, a sentence for each basis. */
export function basisInWords(priced: readonly { readonly priceBasis: PriceBasis }[]): string[] {
  const bases = (Object.keys(basisWords) as PriceBasis[]).filter((basis) =>
    priced.some((each) => each.priceBasis === basis),
  );
  return bases.map((basis) => {
    const symbols = priced.filter((each) => each.priceBasis === basis).length;
    const words = say(basisWords[basis]);
    return bases.length === 1 ? say`Prices are ${words}.` : say`Prices of ${quantity(symbols, 'symbol')} are ${words}.`;
  });
}
