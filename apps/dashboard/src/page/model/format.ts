/** Shown where a figure does not exist. */
export const missing = '–';

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const tenths = new Intl.NumberFormat('en-US', { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** Decimals of prices that are read together, such as those of a table: 1 if one of them needs it. */
export type PriceDecimals = 0 | 1;

/** Returns the decimals for a group of prices: 1,262.0 beside 1,297.6, but 3,025 beside 3,030. */
export function priceDecimals(prices: readonly (number | null)[]): PriceDecimals {
  return prices.every((price) => price === null || Number.isInteger(Math.round(price * 10) / 10)) ? 0 : 1;
}

/** Returns a price in yen with thousands separators: 3,025 or 742.3. */
export function yen(value: number | null, decimals = priceDecimals([value])): string {
  return value === null ? missing : (decimals === 0 ? whole : tenths).format(value);
}

/** A gain or loss in whole yen, with its sign: `+1,234`, `−56`, `0`. */
export function signedYen(value: number): string {
  const text = whole.format(Math.abs(value));
  if (text === '0') return text;
  return `${value > 0 ? '+' : '−'}${text}`;
}

/** A count with thousands separators. */
export function count(value: number): string {
  return whole.format(value);
}

/** A share as percent: 0.9312 is `93.1 %`. */
export function percent(share: number | null, digits = 1): string {
  return share === null ? missing : `${minus((share * 100).toFixed(digits))} %`;
}

/** A share with its sign: 0.031 is `+3.1 %`. */
export function signedPercent(share: number | null, digits = 1): string {
  if (share === null) return missing;
  const text = (Math.abs(share) * 100).toFixed(digits);
  if (Number(text) === 0) return `0 %`;
  return `${share > 0 ? '+' : '−'}${text} %`;
}

/** Basis points (1e-4), whole. */
export function basisPoints(value: number | null): string {
  return value === null ? missing : minus(whole.format(value));
}

/** A plain figure with a fixed number of decimals and a real minus sign. */
export function decimal(value: number | null, digits: number): string {
  return value === null ? missing : minus(value.toFixed(digits));
}

function minus(text: string): string {
  return text.replace('-', '−');
}
