import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { DayTradeError } from '@daytrade/errors';

const key = 'file_sha256';
const empty = '0'.repeat(64);

export const checksumOption = `KV_METADATA {${key}: '${empty}'}`;

/** Writes the SHA-256 of a file with an empty checksum into its footer. */
export function sealFile(bytes: Buffer): Buffer {
  const place = placeIn(bytes);
  if (place === undefined) throw new Error('the file has no room for a checksum');
  bytes.write(createHash('sha256').update(bytes).digest('hex'), place, 'latin1');
  return bytes;
}

/** Returns the position of the checksum; between it and its key stand a type and a length of one byte each. */
function placeIn(bytes: Buffer): number | undefined {
  const at = bytes.lastIndexOf(key);
  const place = at + key.length + 2;
  return at < 0 || place + empty.length > bytes.length ? undefined : place;
}

function isSealed(bytes: Buffer): boolean {
  const place = placeIn(bytes);
  if (place === undefined) return false;
  const hash = createHash('sha256').update(bytes.subarray(0, place)).update(empty);
  const found = hash.update(bytes.subarray(place + empty.length)).digest('hex');
  return found === bytes.toString('latin1', place, place + empty.length);
}

/** Identifies one version of a file; files are replaced, never written over. */
export async function fileIdentity(path: string): Promise<string> {
  const found = await stat(path).catch((cause: unknown) => {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw unreadable(path, cause);
  });
  return found === undefined ? 'missing' : `${path} ${found.ino} ${found.size} ${found.mtimeMs}`;
}

/** Compares files with their checksums. A file that was sound is not read again until it is replaced. */
export class FileChecksums {
  readonly #sound = new Map<string, string>();

  /**
   * Returns the fault of a file; undefined for a sound one.
   *
   * @param again reads the file, even if it was sound before
   * @throws DayTradeError `state.damaged` when it cannot be read
   */
  async fault(path: string, again = false): Promise<string | undefined> {
    const identity = await fileIdentity(path);
    if (!again && this.#sound.get(path) === identity) return undefined;
    this.#sound.delete(path);
    const bytes = await readFile(path).catch((cause: unknown) => {
      throw unreadable(path, cause);
    });
    if (!isSealed(bytes)) return `${path} cannot be read as bars: its bytes are not those that were written`;
    this.#sound.set(path, identity);
    return undefined;
  }
}

function unreadable(file: string, cause: unknown): DayTradeError {
  return new DayTradeError('state.damaged', `${file}: cannot be read: ${(cause as Error).message}`, { cause });
}
