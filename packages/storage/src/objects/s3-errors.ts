import { S3ServiceException } from '@aws-sdk/client-s3';
import { DayTradeError, type ErrorCode } from '@daytrade/errors';

/** True for the answer that there is no such object. */
export function isAbsent(error: unknown): boolean {
  return error instanceof S3ServiceException && error.name === 'NoSuchKey';
}

/** True for the answer to a conditional write that the object is another by now. */
export function isPreconditionFailed(error: unknown): boolean {
  const cause = error instanceof DayTradeError ? error.cause : error;
  if (!(cause instanceof S3ServiceException)) return false;
  // 409: two conditional writes met. 404: the object to be replaced is gone.
  return cause.$metadata.httpStatusCode === 412 || cause.name === 'ConditionalRequestConflict' || isAbsent(cause);
}

/** The error of a request that the SDK gave up, naming bucket and server and never a credential. */
export function objectStoreError(
  error: unknown,
  { bucket, endpoint }: { readonly bucket: string; readonly endpoint?: string | undefined },
): unknown {
  if (error instanceof DayTradeError) return error;
  const store = `the bucket ${bucket}${endpoint === undefined ? ' on S3' : ` on ${endpoint}`}`;
  const errorOf = (code: ErrorCode, message: string) =>
    new DayTradeError(code, `${store} ${message}`, { details: { bucket, endpoint: endpoint ?? null }, cause: error });

  const reason = error instanceof Error ? error.message || error.name : String(error);
  if (!(error instanceof S3ServiceException)) return errorOf('service.unavailable', `does not answer: ${reason}`);
  const status = error.$metadata.httpStatusCode ?? 500;
  if (status >= 500 || status === 429) return errorOf('service.unavailable', `cannot serve now: ${reason}`);
  return errorOf('dependency.refused', `refuses the request: ${error.name}: ${reason}`);
}
