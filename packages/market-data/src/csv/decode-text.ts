import { isAscii } from 'node:buffer';
import { largestFile, unreadable } from './file-error.ts';

/** How the characters of a text were written. */
export type TextEncoding = 'UTF-8' | 'UTF-8 with a byte order mark' | 'UTF-16' | 'Shift_JIS';

/** A text, and the encoding in which it was found. */
export interface DecodedText {
  readonly text: string;
  readonly encoding: TextEncoding;
  /** The bytes of a text in which each is a character. */
  readonly ascii?: Uint8Array | undefined;
}

/** What no text of a table has: control characters, and characters of private use, as other encodings give. */
const notText = /\p{Co}|(?![\t\r\n])\p{Cc}/u;

/**
 * The text of a CSV file, without its byte order mark. It is UTF-8 where the bytes are UTF-8 from first to last, which
 * Japanese text in another encoding never is, else Shift_JIS (code page 932) where they are that from first to last.
 * UTF-16 is known by its byte order mark, which spreadsheets write.
 *
 * @param file name for the message
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
  if (isAscii(bytes)) return { text: latin1Of(bytes), encoding: 'UTF-8', ascii: bytes };
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
