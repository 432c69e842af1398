export { type ErrorCode, type ErrorCodeEntry, type ErrorKind, errorCodes } from './codes.ts';
export {
  asDayTradeError,
  DayTradeError,
  type ErrorDetails,
  isDayTradeError,
  reviveError,
  type SerialisedError,
  serialiseError,
} from './day-trade-error.ts';
