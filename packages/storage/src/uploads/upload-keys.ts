import { createHash } from 'node:crypto';
import { type UploadFile, type UploadRequest, uploadPartBytes } from '@daytrade/contracts';

/** What was announced, one object an upload. */
export const announcementPrefix = 'uploads/announced/';
/** The parts, one object each: upload, file, part. */
export const partPrefix = 'uploads/parts/';

export const announcementKey = (id: string) => `${announcementPrefix}${id}`;
export const partsOf = (id: string) => `${partPrefix}${id}/`;
export const partsOfFile = (id: string, name: string) => `${partsOf(id)}${name}/`;
export const partKey = (id: string, name: string, part: number) =>
  `${partsOfFile(id, name)}${String(part).padStart(6, '0')}`;

/** The id of an upload, from a key of one of its parts. */
export const uploadOfPart = (key: string) => key.slice(partPrefix.length).split('/')[0]!;

/** The same names and contents give the same id, so that whoever sends them again goes on where it stopped. */
export function uploadId({ folder, files }: UploadRequest): string {
  const lines = files.map(({ name, bytes, sha256 }) => `${name} ${bytes} ${sha256}`).sort();
  return createHash('sha256')
    .update([folder, ...lines].join('\n'))
    .digest('hex');
}

/** Bytes of a file that are there when its first parts are. */
export function receivedOf({ bytes }: Pick<UploadFile, 'bytes'>, parts: number): number {
  return Math.min(bytes, parts * uploadPartBytes);
}

/** How many parts are there from the first one on. `keys` are those of one file, in order. */
export function partsFromTheFirst(id: string, name: string, keys: readonly string[]): number {
  const missing = keys.findIndex((key, part) => key !== partKey(id, name, part));
  return missing < 0 ? keys.length : missing;
}
