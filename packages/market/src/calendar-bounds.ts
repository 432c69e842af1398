import type { TradeDate } from './trade-date.ts';

/** First day the calendar knows. */
export const calendarStart = '2000-01-01' as TradeDate;
/** Last day the calendar knows. */
export const calendarEnd = '2030-12-31' as TradeDate;
