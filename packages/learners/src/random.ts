/**
 * A small seeded source of random numbers, xoshiro128** (Blackman & Vigna 2018) seeded by splitmix32; the same on every
 * machine.
 */
export class Random {
  readonly #state: Uint32Array;

  constructor(seed: number) {
    let z = seed >>> 0;
    this.#state = Uint32Array.from({ length: 4 }, () => {
      z = (z + 0x9e3779b9) >>> 0;
      let mixed = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
      mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
      return (mixed ^ (mixed >>> 15)) >>> 0;
    });
  }

  /** A whole number from 0 to 2^32 - 1. */
  uint32(): number {
    const s = this.#state;
    const scrambled = Math.imul(rotateLeft(Math.imul(s[1]!, 5), 7), 9) >>> 0;
    const shifted = s[1]! << 9;
    s[2]! ^= s[0]!;
    s[3]! ^= s[1]!;
    s[1]! ^= s[2]!;
    s[0]! ^= s[3]!;
    s[2]! ^= shifted;
    s[3] = rotateLeft(s[3]!, 11);
    return scrambled;
  }

  /** A whole number from 0 to `bound - 1`. */
  below(bound: number): number {
    return Math.floor((this.uint32() / 2 ** 32) * bound);
  }
}

function rotateLeft(x: number, bits: number): number {
  return (x << bits) | (x >>> (32 - bits));
}

/** Returns `share * size`, rounded, at least 1. */
export function shareOf(size: number, share: number): number {
  return Math.max(1, Math.round(size * share));
}

/**
 * `count` different items in their old order (selection sampling, Knuth, The Art of Computer Programming 3.4.2,
 * algorithm S).
 *
 * @param memory where to put them; room for them all
 */
export function drawWithoutReplacement(
  items: Int32Array,
  count: number,
  random: Random,
  memory: Int32Array = new Int32Array(count),
): Int32Array {
  if (count >= items.length) return items;
  const drawn = memory.subarray(0, count);
  let taken = 0;
  for (let i = 0; taken < count; i += 1) {
    // Written whether or not it is drawn, which the sign says: no branch to guess wrong.
    drawn[taken] = items[i]!;
    taken += (random.below(items.length - i) - (count - taken)) >>> 31;
  }
  return drawn;
}

/**
 * `count` items drawn with replacement, in their old order, a repeated item once for each time it was drawn.
 *
 * @param memory where to put them; room for them all
 */
export function drawWithReplacement(
  items: Int32Array,
  count: number,
  random: Random,
  memory: Int32Array = new Int32Array(count),
): Int32Array {
  const times = new Int32Array(items.length);
  for (let k = 0; k < count; k += 1) times[random.below(items.length)]! += 1;
  const drawn = memory.subarray(0, count);
  let taken = 0;
  for (let i = 0; i < items.length; i += 1) {
    for (let k = times[i]!; k > 0; k -= 1) {
      drawn[taken] = items[i]!;
      taken += 1;
    }
  }
  return drawn;
}
