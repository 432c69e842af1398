import { DayTradeError } from '@daytrade/errors';
import { parseCalendarDate, type TradeDate } from '@daytrade/market';

/**
 * A day of the exchange calendar out of a request; undefined where it was left out.
 *
 * @throws DayTradeError `market.date-out-of-range` naming the field
 */
export function dateIn(field: string, date: TradeDate | undefined): TradeDate | undefined {
  return date === undefined ? undefined : parseCalendarDate(date, field);
}

/**
 * The days `from` and `to` out of a request, either of which may be left out.
 *
 * @throws DayTradeError `market.date-out-of-range`; `input.invalid` when `from` is after `to`
 */
export function dateRangeIn(given: { readonly from?: TradeDate | undefined; readonly to?: TradeDate | undefined }): {
  readonly from: TradeDate | undefined;
  readonly to: TradeDate | undefined;
} {
  const from = dateIn('from', given.from);
  const to = dateIn('to', given.to);
  if (from === undefined || to === undefined || from <= to) return { from, to };
  throw new DayTradeError(
    'input.invalid',
    `from: expected a day that is not after "to", ${to}, got ${JSON.stringify(from)}`,
    { details: { field: 'from', value: from, to } },
  );
}
