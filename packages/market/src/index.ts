export { type BarsAge, barsAge, isOver } from './bars-age.ts';
export {
  addSessions,
  calendarEnd,
  calendarStart,
  closedReason,
  countSessions,
  isSession,
  nextSession,
  previousSession,
  sessionsBetween,
} from './calendar.ts';
export { parseCalendarDate } from './calendar-date.ts';
export { instantOf, japanDate, japanTime } from './japan-time.ts';
export { dailyPriceLimit, type PriceLimitBand, priceLimitBand } from './price-limit.ts';
export { lastClosedSession, type MarketPhase, type PhaseAt, phaseAt } from './session-phase.ts';
export { type SessionTimes, sessionTimes } from './session-times.ts';
export { formatSymbol, lotSize, parseSymbol, type SymbolSpelling, symbolPattern } from './symbol-code.ts';
export {
  isOnTick,
  type PriceTenths,
  roundToTick,
  type TickRounding,
  type TickTable,
  tickSize,
  toTenths,
  toYen,
} from './tick-size.ts';
export {
  addDays,
  dateOfDayNumber,
  dayNumber,
  isTradeDate,
  parseTradeDate,
  type TradeDate,
  weekday,
} from './trade-date.ts';
