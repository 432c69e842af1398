import { japanDate, japanTime } from '@daytrade/market';

/** Shown for a figure that does not exist. */
export const missing = '–';

/** Non-breaking space between a number and its unit. */
const space = '\u00a0';

function formatted(value: number | null, format: (value: number) => string): string {
  return value === null ? missing : format(value);
}

/** Returns a price in yen, with one decimal only if it has one. */
export function yen(value: number | null): string {
  return formatted(value, (price) =>
    price.toLocaleString('en-US', {
      minimumFractionDigits: Number.isInteger(price) ? 0 : 1,
      maximumFractionDigits: 1,
    }),
  );
}

export function wholeYen(value: number | null): string {
  return formatted(value, (amount) => count(Math.round(amount)));
}

/** Returns a share in percent: 0.9312 is `93.1 %`. */
export function percent(share: number | null, decimals = 1): string {
  return formatted(share, (value) => `${(value * 100).toFixed(decimals)}${space}%`);
}

/** Returns basis points, whole unless decimals are asked for. */
export function basisPoints(value: number | null, decimals = 0): string {
  return formatted(value, (points) => `${decimals === 0 ? wholeYen(points) : points.toFixed(decimals)}${space}bp`);
}

export function count(value: number): string {
  return value.toLocaleString('en-US');
}

export function ratio(value: number | null): string {
  return formatted(value, (number) => number.toFixed(2));
}

/** Returns an instant as the clock in Tokyo shows it: `2026-11-24 16:00`. */
export function japanClock(instant: string | null): string {
  if (instant === null) return missing;
  const time = Date.parse(instant);
  return `${japanDate(time)} ${japanTime(time).slice(0, 5)}`;
}

/** Returns a coordinate of a drawing with two decimals. */
export function at(value: number): string {
  return String(Math.round(value * 100) / 100);
}
