import { isTradeDate, type TradeDate } from '@daytrade/market';

/** Whether a value of the wire is a day. */
export function isDay(value: unknown): value is TradeDate {
  return typeof value === 'string' && isTradeDate(value);
}

/** A number, which some endpoints write as text; not a number where there is none, as of '' or '-'. */
export function numberOf(value: unknown): number {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && value !== '' ? Number(value) : Number.NaN;
}
