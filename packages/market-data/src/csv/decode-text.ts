import { DayTradeError } from '@daytrade/errors';

/** Larger files are refused: 256 MB hold 100 years of one-minute bars of a symbol. */
export const largestFile = 256 * 1024 * 1024;

/**
 * The text of a CSV file, without its byte order mark.
 *
 * @param file name for the message
 * @throws DayTradeError `data.file-unreadable` when the bytes are none, too many, or no UTF-8 text
 */
export function decodeText(bytes: Uint8Array, file: string): string {
  if (bytes.length === 0) throw unreadable(file, 'the file is empty; expected a header line and rows of bars');
  if (bytes.length > largestFile) {
    throw unreadable(file, `the file has ${bytes.length} bytes; expected at most ${largestFile}`);
  }
  const zero = bytes.indexOf(0);
  if (zero >= 0) {
    throw unreadable(
      file,
      `byte ${zero + 1} is zero, so this is a binary file (or UTF-16); expected CSV text in UTF-8`,
    );
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw unreadable(file, 'the bytes are not UTF-8 text; expected CSV text in UTF-8', error);
  }
}

/** The error of a file that is not a table of bars. */
export function unreadable(file: string, reason: string, cause?: unknown): DayTradeError {
  return new DayTradeError('data.file-unreadable', `${file}: ${reason}`, {
    details: { file },
    ...(cause === undefined ? {} : { cause }),
  });
}
