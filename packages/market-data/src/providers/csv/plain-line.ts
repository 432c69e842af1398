import type { Separator } from '../../tables/lines.ts';
import { parseDay } from '../../tables/moments.ts';
import { exactDigits, powersOfTen } from '../../tables/numbers.ts';
import type { BarColumns } from './bar-table.ts';

/** What {@link PlainLines} finds in a line. */
export interface PlainLine {
  /** Where the next line begins. */
  next: number;
  day: number;
  /** How the day was written, as an example. */
  form: string;
  /** open, high, low, close, volume. */
  readonly values: Float64Array;
}

/** What is known of the rows. */
interface PlainForm {
  readonly text: string;
  /** The bytes of the text, where each is a character. */
  readonly ascii?: Uint8Array | undefined;
  readonly separator: Separator;
  /** Number of fields of a row. */
  readonly fields: number;
  readonly columns: BarColumns;
}

/** Days by their digits as one number, of those that exist: the files of a folder repeat them. */
const daysByDigits = new Map<number, { readonly day: number; readonly form: string }>();

/**
 * Reads the lines that nearly every file has: a day as YYYY-MM-DD, and five numbers of digits with a point at most,
 * nothing else. No text is made of any of it, which is most of what it takes to read a line. What is written in any
 * other way is left to those who know all forms.
 */
export class PlainLines {
  readonly #text: string;
  /** The text, a character a byte. */
  readonly #bytes: Uint8Array;
  readonly #separator: number;
  /** For each field which value it is; -1 for the day. */
  readonly #roles: Int8Array;
  readonly #line: PlainLine = { next: 0, day: 0, form: '', values: new Float64Array(5) };

  private constructor(text: string, bytes: Uint8Array, separator: Separator, roles: Int8Array) {
    this.#text = text;
    this.#bytes = bytes;
    this.#separator = separator.charCodeAt(0);
    this.#roles = roles;
  }

  /**
   * Undefined where rows have other fields than these six.
   *
   * @param from where the first line begins
   */
  static of(from: number, { text, ascii, separator, fields, columns }: PlainForm): PlainLines | undefined {
    if (fields !== 6 || columns.volumeUnit !== 1) return undefined;
    const places = [columns.time, ...columns.values];
    if (new Set(places).size !== 6 || places.some((place) => place > 5)) return undefined;
    const roles = new Int8Array(6);
    for (const [role, place] of places.entries()) roles[place] = role - 1;
    // Twice as fast to look at as the characters of a text. Others than of ASCII are left to them.
    const bytes = ascii ?? bytesFrom(text, from);
    return bytes && new PlainLines(text, bytes, separator, roles);
  }

  /** The line that begins at a position, of which the next call makes another one; undefined where it is not plain. */
  at(start: number): PlainLine | undefined {
    const bytes = this.#bytes;
    const separator = this.#separator;
    const roles = this.#roles;
    const line = this.#line;
    const { values } = line;
    let at = start;
    for (let field = 0; field < 6; field += 1) {
      const role = roles[field]!;
      if (role < 0) {
        const day = dayOf(bytes, at, this.#text);
        if (day === undefined) return undefined;
        line.day = day.day;
        line.form = day.form;
        at += 10;
      } else {
        const first = at;
        let value = 0;
        let fraction = -1;
        for (; at < bytes.length; at += 1) {
          const digit = bytes[at]! - zero;
          if (digit >= 0 && digit <= 9) value = value * 10 + digit;
          else if (digit === point && fraction < 0) fraction = at + 1;
          else break;
        }
        const digits = fraction < 0 ? at - first : at - first - 1;
        if (digits === 0 || digits > exactDigits) return undefined;
        values[role] = fraction < 0 ? value : value / tens[at - fraction]!;
      }
      if (field === 5) break;
      if (bytes[at] !== separator) return undefined;
      at += 1;
    }
    const next = lineEnd(bytes, at);
    if (next < 0) return undefined;
    line.next = next;
    return line;
  }
}

const zero = 48;
/** How far a point is from a zero. */
const point = 46 - zero;
const tens = Float64Array.from(powersOfTen);

/** The characters of a text as bytes; undefined where those from a position on are not all of ASCII. */
function bytesFrom(text: string, from: number): Uint8Array | undefined {
  if (Buffer.byteLength(text) !== text.length && /[^\0-\x7f]/.test(text.slice(from))) return undefined;
  return Buffer.from(text, 'latin1');
}

/** The position after the end of a line that is at a position; -1 where none is. */
function lineEnd(bytes: Uint8Array, at: number): number {
  if (at >= bytes.length) return at;
  if (bytes[at] === 10) return at + 1;
  return bytes[at] === 13 && bytes[at + 1] === 10 ? at + 2 : -1;
}

/** The digits of YYYY-MM-DD as one number; -1 where something else stands there. */
function dayDigits(bytes: Uint8Array, at: number): number {
  if (bytes[at + 4] !== 45 || bytes[at + 7] !== 45) return -1;
  let digits = 0;
  for (let i = 0; i < 10; i += 1) {
    if (i === 4 || i === 7) continue;
    const digit = bytes[at + i]! - zero;
    if (!(digit >= 0 && digit <= 9)) return -1;
    digits = digits * 10 + digit;
  }
  return digits;
}

/** The day that is written at a position; undefined where there is none. */
function dayOf(bytes: Uint8Array, at: number, text: string) {
  const digits = dayDigits(bytes, at);
  if (digits < 0) return undefined;
  const known = daysByDigits.get(digits);
  if (known !== undefined) return known;
  const parsed = parseDay(text.slice(at, at + 10), 'date');
  if (!('form' in parsed)) return undefined;
  const day = { day: parsed.value, form: parsed.form };
  daysByDigits.set(digits, day);
  return day;
}
