import type { UploadRequest } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';

/** As the reader of CSV files has it. */
const largestFile = 256 * 1_048_576;
const largestUpload = 2_048 * 1_048_576;
/** Uploads that are under way at once. */
const mostUploads = 16;

/** @throws DayTradeError `input.too-large` for a file or an upload that would never be taken */
export function assertTakable({ files }: UploadRequest): void {
  const large = files.find(({ bytes }) => bytes > largestFile);
  if (large !== undefined) {
    throw new DayTradeError(
      'input.too-large',
      `${large.name} has ${large.bytes} bytes: expected at most ${largestFile} bytes a file`,
      { details: { file: large.name, limitBytes: largestFile } },
    );
  }
  const bytes = bytesOf({ files });
  if (bytes <= largestUpload) return;
  throw new DayTradeError(
    'input.too-large',
    `the files have ${bytes} bytes: expected at most ${largestUpload} bytes an upload; send the folder in several`,
    { details: { limitBytes: largestUpload } },
  );
}

/**
 * Two that are announced at the same moment may both get the last room: the limit keeps the store from filling, it is
 * not a quota.
 *
 * @param others uploads that are there already
 * @throws DayTradeError `upload.no-room`
 */
export function assertRoom(request: UploadRequest, others: readonly UploadRequest[], mostBytes: number): void {
  if (others.length >= mostUploads) {
    throw noRoom(`${others.length} uploads are under way: expected fewer than ${mostUploads}`);
  }
  const taken = others.reduce((sum, other) => sum + bytesOf(other), 0);
  const bytes = bytesOf(request);
  if (taken + bytes <= mostBytes) return;
  throw noRoom(
    `the files have ${bytes} bytes: expected at most ${Math.max(0, mostBytes - taken)}, which is what the ` +
      `uploads under way leave of ${mostBytes}`,
  );
}

function noRoom(message: string): DayTradeError {
  return new DayTradeError('upload.no-room', message);
}

function bytesOf({ files }: Pick<UploadRequest, 'files'>): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}
