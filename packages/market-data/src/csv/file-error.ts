import { DayTradeError } from '@daytrade/errors';

/** Larger files are refused: 256 MB hold 100 years of one-minute bars of a symbol. */
export const largestFile = 256 * 1024 * 1024;

/** The error of a file that is not a table of bars. */
export function unreadable(file: string, reason: string, cause?: unknown): DayTradeError {
  return new DayTradeError('data.file-unreadable', `${file}: ${reason}`, {
    details: { file },
    ...(cause === undefined ? {} : { cause }),
  });
}
