import { hash } from 'node:crypto';
import { type UploadFile, type UploadRequest, uploadPartBytes } from '@daytrade/contracts';
import { DayTradeError } from '@daytrade/errors';

/** The announced files, one object for each upload. */
export const announcementPrefix = 'uploads/announced/';
/** The parts, one object each: upload, file, part. */
export const partPrefix = 'uploads/parts/';

export const announcementKey = (id: string) => `${announcementPrefix}${id}`;
export const partsOf = (id: string) => `${partPrefix}${id}/`;
export const partsOfFile = (id: string, name: string) => `${partsOf(id)}${name}/`;
export const partKey = (id: string, name: string, part: number) =>
  `${partsOfFile(id, name)}${String(part).padStart(6, '0')}`;

/** Returns the id of an upload from a key of one of its parts. */
export const uploadOfPart = (key: string) => key.slice(partPrefix.length).split('/')[0]!;

/** Returns the id of an upload. The same names and contents give the same id, so a repeated upload is resumed. */
export function uploadId({ folder, files }: UploadRequest): string {
  const lines = files.map(({ name, bytes, sha256 }) => `${name} ${bytes} ${sha256}`).sort();
  return hash('sha256', [folder, ...lines].join('\n'));
}

/** Returns the bytes of a file that its first parts hold. */
export function receivedOf({ bytes }: Pick<UploadFile, 'bytes'>, parts: number): number {
  return Math.min(bytes, parts * uploadPartBytes);
}

/** Counts the parts from the first one on without a gap. `keys` are those of one file, in order. */
export function partsFromTheFirst(id: string, name: string, keys: readonly string[]): number {
  const missing = keys.findIndex((key, part) => key !== partKey(id, name, part));
  return missing < 0 ? keys.length : missing;
}

/** Equals the limit of the reader of CSV files. */
const largestFile = 256 * 1_048_576;
const largestUpload = 2_048 * 1_048_576;
/** Unfinished uploads at a time. */
const mostUploads = 16;

/** @throws DayTradeError `input.too-large` for a file or an upload over the limits */
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
 * Keeps uploads from filling the store. It is no quota: two that are announced at once may both get the last room.
 *
 * @param others uploads that were announced before
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
