import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { largestFile, unreadable } from './file-error.ts';

const gunzipped = promisify(gunzip);
/** The first bytes of what a spreadsheet or an archive is. */
const zip = [0x50, 0x4b, 3, 4] as const;

/** The bytes of a file, and how they were packed. */
export interface Unpacked {
  readonly bytes: Uint8Array;
  readonly packing: 'gzip' | 'none';
}

/**
 * Unpacks a gzip file, which is recognised by its first bytes whatever its name is; other bytes stay as they are. Never
 * more is unpacked than a file of bars can have, however small it is when packed.
 *
 * @param file name for the messages
 * @throws DayTradeError `data.file-unreadable`
 */
export async function unpack(bytes: Uint8Array, file: string): Promise<Unpacked> {
  if (zip.every((byte, index) => bytes[index] === byte)) {
    throw unreadable(file, 'it is a zip archive or a workbook of a spreadsheet; unpack it, or save it as CSV');
  }
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return { bytes, packing: 'none' };
  try {
    return { bytes: await gunzipped(bytes, { maxOutputLength: largestFile }), packing: 'gzip' };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      throw unreadable(file, `unpacked, it has more than ${largestFile} bytes; expected at most that many`, error);
    }
    throw unreadable(file, 'it begins as a gzip file, but is damaged or was cut off; pack it again', error);
  }
}
