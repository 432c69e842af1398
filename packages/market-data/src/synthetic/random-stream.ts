/**
 * Random numbers of one named stream: xoshiro128** (Blackman & Vigna 2018) on four 32-bit words. Streams with different
 * names do not meet in practice, so a symbol's numbers do not depend on how many other symbols there are.
 */
export class RandomStream {
  readonly #state: Uint32Array;

  constructor(name: string) {
    this.#state = stateOfName(name);
  }

  /** A number in (0, 1): never 0, so that its logarithm is finite. */
  uniform(): number {
    return (this.#next() + 0.5) / 2 ** 32;
  }

  /** A number of the standard normal distribution (Box & Muller 1958). */
  normal(): number {
    return Math.sqrt(-2 * Math.log(this.uniform())) * Math.cos(2 * Math.PI * this.uniform());
  }

  /** A number of Student's t distribution, scaled to unit variance; `freedom` above 2 (polar method, Bailey 1994). */
  studentT(freedom: number): number {
    const radius = Math.sqrt((freedom - 2) * (this.uniform() ** (-2 / freedom) - 1));
    return radius * Math.cos(2 * Math.PI * this.uniform());
  }

  #next(): number {
    const state = this.#state;
    const second = state[1]!;
    const result = Math.imul(rotate(Math.imul(second, 5), 7), 9) >>> 0;
    state[2]! ^= state[0]!;
    state[3]! ^= second;
    state[1]! ^= state[2]!;
    state[0]! ^= state[3]!;
    state[2]! ^= second << 9;
    state[3] = rotate(state[3]!, 11);
    return result;
  }
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

/** Four words from a text: FNV-1a for the text, then the finaliser of MurmurHash3 for each word. */
function stateOfName(name: string): Uint32Array {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return Uint32Array.from({ length: 4 }, (_, i) => finalise(hash + Math.imul(i + 1, 0x9e3779b9)));
}

function finalise(value: number): number {
  let word = value;
  word = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
  return word ^ (word >>> 16);
}
