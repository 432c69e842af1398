import { isAscii } from 'node:buffer';
import type { Stats } from 'node:fs';
import { constants, open } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { DayTradeError } from '@daytrade/errors';

/** Codes of system errors that pass by themselves. */
const passing = new Set(['EAGAIN', 'EBUSY', 'EMFILE', 'ENFILE', 'ETIMEDOUT']);

/**
 * The bytes of a regular file that is no larger than a file of bars can be. Pipes, devices, sockets and folders are
 * refused before anything is read of them, and opening one never waits for its other end.
 *
 * @throws DayTradeError `data.file-unreadable`; `data.provider-failed` for what may pass by itself
 */
export async function readRegularFile(path: string, file: string): Promise<Uint8Array> {
  try {
    await using handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const stats = await handle.stat();
    if (!stats.isFile()) throw unreadable(file, `it is ${kindOf(stats)}; expected a file of CSV text`);
    if (stats.size > largestFile) {
      throw unreadable(file, `the file has ${stats.size} bytes; expected at most ${largestFile}`);
    }
    return await handle.readFile();
  } catch (error) {
    if (error instanceof DayTradeError) throw error;
    const reason = systemReason(error);
    if (!passing.has((error as NodeJS.ErrnoException).code ?? '')) throw unreadable(file, reason, error);
    throw new DayTradeError('data.provider-failed', `${file}: ${reason}`, { cause: error });
  }
}

function kindOf(stats: Stats): string {
  if (stats.isDirectory()) return 'a folder';
  if (stats.isFIFO()) return 'a pipe';
  if (stats.isSocket()) return 'a socket';
  return 'a device';
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'its permissions do not let this user read it',
  EPERM: 'its permissions do not let this user read it',
  EISDIR: 'it is a folder; expected a file of CSV text',
  ENOTDIR: 'it is not a folder',
  ELOOP: 'it is a symbolic link that leads in a circle',
  ENXIO: 'it is a socket or a device; expected a file of CSV text',
  ENAMETOOLONG: 'the name is too long',
  EIO: 'the disk or the network file system failed',
  ESTALE: 'the network file system has lost it',
};

export function systemReason(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  const known = code === undefined ? undefined : reasons[code];
  if (known !== undefined) return `${known} (${code})`;
  return error instanceof Error ? error.message : String(error);
}

/** Larger files are refused: 256 MB hold 100 years of one-minute bars of a symbol. */
export const largestFile = 256 * 1024 * 1024;

/** The error of a file that is not a table of bars. */
export function unreadable(file: string, reason: string, cause?: unknown): DayTradeError {
  return new DayTradeError('data.file-unreadable', `${file}: ${reason}`, { cause });
}

const gunzipped = promisify(gunzip);
/** The first bytes of what a spreadsheet or an archive is. */
const zip = [0x50, 0x4b, 3, 4] as const;

interface Unpacked {
  readonly bytes: Uint8Array;
  readonly packing: 'gzip' | 'none';
}

/**
 * Unpacks a gzip file, which is recognised by its first bytes whatever its name is; other bytes stay as they are. Never
 * more is unpacked than a file of bars can have, however small it is when packed.
 *
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

type TextEncoding = 'UTF-8' | 'UTF-8 with a byte order mark' | 'UTF-16' | 'Shift_JIS';

interface DecodedText {
  readonly text: string;
  readonly encoding: TextEncoding;
}

/** Characters that no table has: control characters, and those of private use, which wrong encodings give. */
const notText = /\p{Co}|(?![\t\r\n])\p{Cc}/u;

/**
 * The text of a CSV file, without its byte order mark. It is UTF-8 where the bytes are UTF-8 from first to last, which
 * Japanese text in another encoding never is, else Shift_JIS (code page 932) where they are that from first to last.
 * UTF-16 is known by its byte order mark, which spreadsheets write.
 *
 * @throws DayTradeError `data.file-unreadable` when the bytes are none, too many, or text in neither encoding
 */
export function decodeText(bytes: Uint8Array, file: string): DecodedText {
  if (bytes.length === 0) throw unreadable(file, 'the file is empty; expected a header line and rows of bars');
  if (bytes.length > largestFile) {
    throw unreadable(file, `the file has ${bytes.length} bytes; expected at most ${largestFile}`);
  }
  const utf16 = wideEncodings.find(({ mark }) => bytes[0] === mark[0] && bytes[1] === mark[1]);
  const wide = utf16 && decoded(bytes, utf16.name);
  if (wide !== undefined) return { text: wide, encoding: 'UTF-16' };
  const zero = bytes.indexOf(0);
  if (zero >= 0) {
    throw unreadable(
      file,
      `byte ${zero + 1} is zero, so this is a binary file (or UTF-16); expected CSV text in UTF-8 or Shift_JIS`,
    );
  }
  if (isAscii(bytes)) return { text: latin1Of(bytes), encoding: 'UTF-8' };
  const utf8 = decoded(bytes, 'utf-8');
  if (utf8 !== undefined) return { text: utf8, encoding: hasMark(bytes) ? 'UTF-8 with a byte order mark' : 'UTF-8' };
  const japanese = decoded(bytes, 'shift_jis');
  if (japanese !== undefined && !notText.test(japanese)) return { text: japanese, encoding: 'Shift_JIS' };
  throw unreadable(file, 'the bytes are neither UTF-8 nor Shift_JIS text; save it as CSV in UTF-8');
}

/** The two orders of bytes of UTF-16, each with the mark that a text begins with. */
const wideEncodings = [
  { name: 'utf-16le', mark: [0xff, 0xfe] },
  { name: 'utf-16be', mark: [0xfe, 0xff] },
] as const;

/** Undefined where the bytes are not text in that encoding. */
function decoded(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function latin1Of(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

function hasMark(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}
