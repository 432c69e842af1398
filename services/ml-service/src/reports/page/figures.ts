import { japanDate, japanTime } from '@daytrade/market';

/** Shown where a figure does not exist. */
export const missing = '–';

/** A price in yen with thousands separators; one decimal only where there is one. */
export function yen(value: number | null): string {
  if (value === null) return missing;
  const minimumFractionDigits = Number.isInteger(value) ? 0 : 1;
  return value.toLocaleString('en-US', { minimumFractionDigits, maximumFractionDigits: 1 });
}

/** Between a number and its unit, which no line divides. */
const space = '\u00a0';

/** A share in percent: 0.9312 is `93.1 %`. */
export function percent(share: number | null, decimals = 1): string {
  return share === null ? missing : `${(share * 100).toFixed(decimals)}${space}%`;
}

/** 1e-4 of a log return, whole. */
export function basisPoints(value: number | null): string {
  return value === null ? missing : `${Math.round(value).toLocaleString('en-US')}${space}bp`;
}

export function count(value: number): string {
  return value.toLocaleString('en-US');
}

/** Seconds, tenths below ten. */
export function seconds(value: number | null): string {
  return value === null
    ? missing
    : `${value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString('en-US')}${space}s`;
}

/** An instant as the clock in Tokyo shows it: `2026-11-24 16:00`. */
export function japanClock(instant: string | null): string {
  if (instant === null) return missing;
  const time = Date.parse(instant);
  return `${japanDate(time)} ${japanTime(time).slice(0, 5)}`;
}

/** A coordinate of a drawing, two decimals. */
export function at(value: number): string {
  return String(Math.round(value * 100) / 100);
}
