import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawWithoutReplacement, drawWithReplacement, Random, shareOf } from './random.ts';
import { range } from './testing/simulated-data.ts';

describe('Random', () => {
  it('gives the same numbers for the same seed and others for another', () => {
    const first = (seed: number) => Array.from({ length: 5 }, () => 0).map(() => new Random(seed).uint32())[0];
    expect(first(1)).toBe(first(1));
    expect(first(1)).not.toBe(first(2));
  });

  it('spreads evenly below a bound', () => {
    const random = new Random(7);
    const counts = new Int32Array(6);
    for (let i = 0; i < 60_000; i += 1) counts[random.below(6)]! += 1;
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(450);
  });
});

describe('drawing', () => {
  const cases = fc.record({
    size: fc.integer({ min: 1, max: 50 }),
    share: fc.double({ min: 0.01, max: 1, noNaN: true }),
    seed: fc.nat(),
  });

  it('without replacement gives different items in their old order', () => {
    fc.assert(
      fc.property(cases, ({ size, share, seed }) => {
        const drawn = drawWithoutReplacement(range(0, size), shareOf(size, share), new Random(seed));
        expect(drawn).toHaveLength(shareOf(size, share));
        expect([...drawn]).toEqual([...new Set(drawn)].sort((a, b) => a - b));
      }),
    );
  });

  it('with replacement gives as many as asked, sorted, and about 1 - 1/e of the items', () => {
    const drawn = drawWithReplacement(range(0, 10_000), 10_000, new Random(1));
    expect(drawn).toEqual(Int32Array.from(drawn).sort());
    expect(Math.abs(new Set(drawn).size / 10_000 - (1 - 1 / Math.E))).toBeLessThan(0.01);
  });
});
