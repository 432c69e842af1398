import { DayTradeError, type ErrorCode } from '@daytrade/errors';

/** What Azure Blob Storage answered. */
export interface BlobAnswer {
  readonly status: number;
  /** Azure's own name of what is wrong, for example `BlobNotFound`. */
  readonly errorCode: string | undefined;
  readonly etag: string | undefined;
  readonly bytes: Uint8Array;
}

/** True for an answer after which the same request may succeed. */
export function isPassing({ status }: BlobAnswer): boolean {
  return status >= 500 || status === 429 || status === 408;
}

/** True for the answer that there is no such object. */
export function isNoBlob({ errorCode }: BlobAnswer): boolean {
  return errorCode === 'BlobNotFound';
}

/** True for the answer to a conditional write that the object is another by now, there already, or gone. */
export function isAnotherByNow(answer: BlobAnswer): boolean {
  return answer.status === 412 || answer.errorCode === 'BlobAlreadyExists' || isNoBlob(answer);
}

/**
 * The error of a request that is given up, naming the container and never a token.
 *
 * @param cause an answer of the container, or why there was none
 */
export function blobError(cause: unknown, container: string): DayTradeError {
  const errorOf = (code: ErrorCode, message: string) =>
    new DayTradeError(code, `the container ${container} ${message}`, { details: { container }, cause });
  if (!isAnswer(cause)) return errorOf('service.unavailable', `does not answer: ${reasonOf(cause)}`);
  const said = `${cause.status}${cause.errorCode === undefined ? '' : ` ${cause.errorCode}`}`;
  if (isPassing(cause)) return errorOf('service.unavailable', `cannot serve now: ${said}`);
  const role =
    cause.status === 403 ? '. Expected the role "Storage Blob Data Contributor", and a way in through its network' : '';
  return errorOf('dependency.refused', `refuses the request: ${said}${role}`);
}

function isAnswer(cause: unknown): cause is BlobAnswer {
  return typeof cause === 'object' && cause !== null && 'status' in cause && 'bytes' in cause;
}

/** `fetch` says only that it failed; why is in its cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  return cause instanceof Error ? cause.message || cause.name : error.message || error.name;
}
