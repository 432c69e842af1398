/** Numbers below which comparing them is as fast as counting digits. */
const fewNumbers = 8192;
const digitBits = 16;
const digits = 2 ** digitBits;
const digitsOfNumber = 4;

/**
 * Sorts numbers by their digits, the last one first (Knuth, The Art of Computer Programming 5.2.5, algorithm R): some
 * times as fast as comparing them where there are tens of thousands. The memory is kept for the next time.
 */
export class NumberSorter {
  readonly #keys: readonly [Uint32Array, Uint32Array];
  readonly #counts = new Uint32Array(digits * digitsOfNumber);

  /** @param most numbers that are sorted at a time */
  constructor(most: number) {
    const length = most < fewNumbers ? 0 : 2 * most;
    this.#keys = [new Uint32Array(length), new Uint32Array(length)];
  }

  /** @param values none of them NaN; sorted in their place, smallest first, -0 before 0 */
  sort(values: Float64Array): Float64Array {
    if (values.length < fewNumbers) return values.sort();
    let [from, to] = this.#keys;
    const words = new Uint32Array(values.buffer, values.byteOffset, 2 * values.length);
    this.#writeKeys(words, from);
    for (let digit = 0; digit < digitsOfNumber; digit += 1) {
      if (this.#move(from, to, values.length, digit)) [from, to] = [to, from];
    }
    readKeys(from, words);
    return values;
  }

  /** Whole numbers of 64 bits in the order of the numbers, low half first, and how often each digit is there. */
  #writeKeys(words: Uint32Array, keys: Uint32Array): void {
    const counts = this.#counts.fill(0);
    for (let i = 0; i < words.length; i += 2) {
      const high = words[i + 1]!;
      // Of a negative number all bits are turned, since a larger one is smaller; of others the sign.
      const turned = high >>> 31 === 0 ? 0 : 0xffffffff;
      const [lowKey, highKey] = [(words[i]! ^ turned) >>> 0, (high ^ (turned | 0x80000000)) >>> 0];
      keys[i] = lowKey;
      keys[i + 1] = highKey;
      counts[lowKey & 0xffff]! += 1;
      counts[digits + (lowKey >>> digitBits)]! += 1;
      counts[2 * digits + (highKey & 0xffff)]! += 1;
      counts[3 * digits + (highKey >>> digitBits)]! += 1;
    }
  }

  /** @returns false when all numbers have the same digit there, so that nothing was moved */
  #move(from: Uint32Array, to: Uint32Array, length: number, digit: number): boolean {
    const places = this.#counts.subarray(digit * digits, (digit + 1) * digits);
    const [word, shift] = [digit >>> 1, (digit & 1) * digitBits];
    if (places[(from[word]! >>> shift) & 0xffff] === length) return false;
    for (let value = 0, place = 0; value < digits; value += 1) {
      const count = places[value]!;
      places[value] = place;
      place += count;
    }
    for (let i = 0; i < 2 * length; i += 2) {
      const value = (from[i + word]! >>> shift) & 0xffff;
      const place = 2 * places[value]!;
      places[value]! += 1;
      to[place] = from[i]!;
      to[place + 1] = from[i + 1]!;
    }
    return true;
  }
}

function readKeys(keys: Uint32Array, words: Uint32Array): void {
  for (let i = 0; i < words.length; i += 2) {
    const high = keys[i + 1]!;
    const turned = high >>> 31 === 0 ? 0xffffffff : 0;
    words[i] = keys[i]! ^ turned;
    words[i + 1] = high ^ (turned | 0x80000000);
  }
}
