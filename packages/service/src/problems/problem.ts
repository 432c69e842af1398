import type { Problem } from '@daytrade/contracts';
import type { DayTradeError } from '@daytrade/errors';

/**
 * The RFC 9457 problem document of an error. A bug's message and details stay in the log: the caller gets the request
 * id to report.
 */
export function problemOf(error: DayTradeError, requestId: string): Problem {
  const { title, status, remedy, retryable } = error.entry;
  const hidden = error.kind === 'bug';
  return {
    type: `docs/errors.md#${error.code}`,
    title,
    status,
    detail: hidden ? `an unexpected error; the log has it under request id ${requestId}` : error.message,
    code: error.code,
    remedy,
    retryable,
    requestId,
    details: hidden ? {} : { ...error.details },
  };
}
