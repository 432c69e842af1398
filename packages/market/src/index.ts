export { announcedAt, inEarningsSeason, sessionMovedBy } from './announcement-session.ts';
export * from './calendar.ts';
export { compareText } from './compare-text.ts';
export { exDayAYearLater, exDayOf } from './ex-day.ts';
export * from './horizon.ts';
export { instantOf, japanDate, japanDay, japanMinute, japanTime, minuteOf } from './japan-time.ts';
export {
  type IndexName,
  indexClosedReason,
  indexKnownAt,
  indexNames,
  marketIndices,
  newestIndexDay,
} from './market-index.ts';
export { isNewYorkSession, lastNewYorkSession } from './new-york-calendar.ts';
export { dailyPriceLimit, type PriceLimitBand, priceLimitBand } from './price-limit.ts';
export {
  isWidened,
  type LimitRuns,
  runsAfter,
  runsFrom,
  type SessionPrices,
  sessionLimits,
} from './session-limits.ts';
export { barsAge, hasBegun, isOver, lastClosedSession, phaseAt, sessionOpen } from './session-phase.ts';
export { type SessionTimes, sessionTimes } from './session-times.ts';
export * from './symbol-code.ts';
export {
  type DatedTickTable,
  isOnTick,
  type PriceTenths,
  roundToTick,
  type TickTable,
  tickAbove,
  tickBelow,
  tickSize,
  tickTableOn,
} from './tick-size.ts';
export {
  addDays,
  type DayNumber,
  dateOfDayNumber,
  dayNumber,
  isTradeDate,
  parseTradeDate,
  type TradeDate,
} from './trade-date.ts';
export * from './universe-record.ts';
