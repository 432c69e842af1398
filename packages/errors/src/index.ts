export { type ErrorCode, type ErrorCodeEntry, errorCodes } from './codes.ts';
export {
  asDayTradeError,
  DayTradeError,
  isDayTradeError,
  reviveError,
  type SerialisedError,
  serialiseError,
} from './day-trade-error.ts';
export { loadChosen } from './load-chosen.ts';
