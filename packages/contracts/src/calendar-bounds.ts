export { calendarEnd, calendarStart } from '@daytrade/market/calendar-bounds';
