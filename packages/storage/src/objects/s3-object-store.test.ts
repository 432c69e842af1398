import { S3ServiceException } from '@aws-sdk/client-s3';
import { DayTradeError } from '@daytrade/errors';
import { describe, expect, it } from 'vitest';
import { isAbsent, isPreconditionFailed, objectStoreError } from './s3-object-store.ts';

/** The error of an answer of S3; `status` undefined: an answer without one. */
function answer(status: number | undefined, name: string): S3ServiceException {
  const $metadata = status === undefined ? {} : { httpStatusCode: status };
  return new S3ServiceException({ name, message: 'as S3 says', $fault: 'server', $metadata });
}

describe('an answer of S3', () => {
  it.each([
    [503, 'SlowDown', 'service.unavailable', 'the bucket bars on S3 cannot serve now: as S3 says'],
    [500, 'InternalError', 'service.unavailable', 'the bucket bars on S3 cannot serve now: as S3 says'],
    [429, 'TooManyRequests', 'service.unavailable', 'the bucket bars on S3 cannot serve now: as S3 says'],
    [undefined, 'Broken', 'service.unavailable', 'the bucket bars on S3 cannot serve now: as S3 says'],
    [499, 'Odd', 'dependency.refused', 'the bucket bars on S3 refuses the request: Odd: as S3 says'],
    [403, 'AccessDenied', 'dependency.refused', 'the bucket bars on S3 refuses the request: AccessDenied: as S3 says'],
  ])('with %s %s is %s', (status, name, code, message) => {
    const error = objectStoreError(answer(status, name), { bucket: 'bars' });
    expect(error).toMatchObject({ code, message, retryable: code === 'service.unavailable' });
  });

  it('that never came is one that may come later, of the server that was asked', () => {
    const where = { bucket: 'bars', endpoint: 'http://localhost:9000' };
    expect(objectStoreError(new Error('ECONNREFUSED'), where)).toMatchObject({
      code: 'service.unavailable',
      message: 'the bucket bars on http://localhost:9000 does not answer: ECONNREFUSED',
    });
  });

  it.each([
    [412, 'PreconditionFailed', true],
    [409, 'ConditionalRequestConflict', true],
    [404, 'NoSuchKey', true],
    [409, 'BucketAlreadyExists', false],
    [403, 'AccessDenied', false],
  ])('with %s %s refuses a conditional write: %s', (status, name, expected) => {
    const error = answer(status, name);
    expect(isPreconditionFailed(error)).toBe(expected);
    expect(isPreconditionFailed(new DayTradeError('dependency.refused', 'refused', { cause: error }))).toBe(expected);
    expect(isAbsent(error)).toBe(name === 'NoSuchKey');
  });

  it('is not what another error says', () => {
    expect(isPreconditionFailed(new Error('PreconditionFailed'))).toBe(false);
    const other = Object.assign(new Error('NoSuchKey'), { name: 'NoSuchKey' });
    expect(isAbsent(other)).toBe(false);
  });
});
