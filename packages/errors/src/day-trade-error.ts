import { type ErrorCode, type ErrorCodeEntry, type ErrorKind, errorCodes } from './codes.ts';

/** Values that a program needs beside the message, such as the seconds to wait. They never hold a secret. */
export type ErrorDetails = Readonly<Record<string, unknown>>;

/**
 * The one error class of the platform.
 *
 * @example
 * throw new DayTradeError('market.date-invalid', `from: "2026-02-30" is not a date: February 2026 has 28 days`);
 */
export class DayTradeError extends Error {
  override readonly name = 'DayTradeError';
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, options: { details?: ErrorDetails; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.details = options.details ?? {};
  }

  get entry(): ErrorCodeEntry {
    return errorCodes[this.code];
  }

  get kind(): ErrorKind {
    return this.entry.kind;
  }

  get retryable(): boolean {
    return this.entry.retryable;
  }
}

/** True for an error of the platform, also one that crossed a worker thread (where the prototype is lost). */
export function isDayTradeError(error: unknown): error is DayTradeError {
  return (
    error instanceof DayTradeError ||
    (error instanceof Error && error.name === 'DayTradeError' && 'code' in error && String(error.code) in errorCodes)
  );
}

/** Gives back a DayTradeError as it is and wraps anything else as `internal.bug`. */
export function asDayTradeError(error: unknown): DayTradeError {
  if (error instanceof DayTradeError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new DayTradeError('internal.bug', message, { cause: error });
}

/** The form in which an error crosses a thread, a job ledger or a wire. */
export interface SerialisedError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details: ErrorDetails;
}

/** The error without stack and cause, for a ledger, a log line or another thread. */
export function serialiseError(error: unknown): SerialisedError {
  const dayTradeError = asDayTradeError(error);
  return { code: dayTradeError.code, message: dayTradeError.message, details: dayTradeError.details };
}

/** The reverse of {@link serialiseError}. */
export function reviveError(error: SerialisedError): DayTradeError {
  const code = error.code in errorCodes ? error.code : 'internal.bug';
  return new DayTradeError(code, error.message, { details: error.details });
}
