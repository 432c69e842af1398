import { describe, expect, it } from 'vitest';
import { drawWithoutReplacement, drawWithReplacement, Random, shareOf } from './random.ts';

const word = (value: bigint) => BigInt.asUintN(32, value);
const rotate = (value: bigint, bits: bigint) => word((value << bits) | (value >> (32n - bits)));

/** The published code of xoshiro128** (Blackman & Vigna) on whole numbers of any size, seeded by splitmix32. */
function* published(seed: number): Generator<number> {
  let z = word(BigInt(seed));
  const mixed = () => {
    z = word(z + 0x9e3779b9n);
    let one = word((z ^ (z >> 16n)) * 0x21f0aaadn);
    one = word((one ^ (one >> 15n)) * 0x735a2d97n);
    return one ^ (one >> 15n);
  };
  const s: [bigint, bigint, bigint, bigint] = [mixed(), mixed(), mixed(), mixed()];
  for (;;) {
    yield Number(word(rotate(word(s[1] * 5n), 7n) * 9n));
    const t = word(s[1] << 9n);
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate(s[3], 11n);
  }
}

describe('random numbers', () => {
  it.each([0, 1, 42, 2 ** 32 - 1])('are those of the published code, from seed %i', (seed) => {
    const random = new Random(seed);
    for (const expected of published(seed).take(200)) expect(random.uint32()).toBe(expected);
  });

  it('below a bound are the same share of it', () => {
    const [random, numbers] = [new Random(5), published(5)];
    for (const bound of [1, 2, 7, 1000, 2 ** 31]) {
      const expected = Math.floor((numbers.next().value! / 2 ** 32) * bound);
      expect(random.below(bound)).toBe(expected);
    }
  });
});

it.each([
  [10, 0.7, 7],
  [10, 0.04, 1],
  [10, 0, 1],
  [10, 0.05, 1],
  [10, 0.15, 2],
  [10, 0.14, 1],
  [3, 1, 3],
  [1, 0.3, 1],
])('of %i items a share of %d is %i', (size, share, expected) => {
  expect(shareOf(size, share)).toBe(expected);
});

const items = Int32Array.from({ length: 12 }, (_, i) => 10 * i + 3);

describe('a draw without replacement', () => {
  it.each([1, 2, 6, 11])('takes %i different items by selection sampling, in their order', (count) => {
    for (let seed = 0; seed < 20; seed += 1) {
      const random = new Random(seed);
      const expected: number[] = [];
      for (const [i, item] of items.entries()) {
        if (expected.length < count && random.below(items.length - i) < count - expected.length) expected.push(item);
      }
      expect(expected).toHaveLength(count);
      const memory = new Int32Array(20).fill(-1);
      const drawn = drawWithoutReplacement(items, count, new Random(seed), memory);
      expect([...drawn]).toEqual(expected);
      expect(drawn.buffer).toBe(memory.buffer);
      expect([...drawWithoutReplacement(items, count, new Random(seed))]).toEqual(expected);
    }
  });

  it('takes each item as often as another', () => {
    const random = new Random(1);
    const counts = new Map<number, number>();
    for (let draw = 0; draw < 3000; draw += 1) {
      for (const item of drawWithoutReplacement(items, 4, random)) counts.set(item, (counts.get(item) ?? 0) + 1);
    }
    expect(counts.size).toBe(12);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(120);
  });

  it.each([12, 13])('is the items themselves where %i are asked for, and draws nothing', (count) => {
    const random = new Random(3);
    expect(drawWithoutReplacement(items, count, random)).toBe(items);
    expect(random.uint32()).toBe(new Random(3).uint32());
  });
});

describe('a draw with replacement', () => {
  it.each([1, 12, 30])('takes %i items one by one, and keeps their order', (count) => {
    for (let seed = 0; seed < 20; seed += 1) {
      const random = new Random(seed);
      const expected = Int32Array.from({ length: count }, () => items[random.below(12)]!).sort();
      const memory = new Int32Array(40).fill(-1);
      const drawn = drawWithReplacement(items, count, new Random(seed), memory);
      expect(drawn).toEqual(expected);
      expect(drawn.buffer).toBe(memory.buffer);
      expect(drawWithReplacement(items, count, new Random(seed))).toEqual(expected);
    }
  });
});
