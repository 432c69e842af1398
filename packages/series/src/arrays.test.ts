import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstAfter, firstAtOrAfter, meanOf, onSharedMemory, sharedArray, sharedFeatures, sumOf } from './arrays.ts';

describe('arrays on shared memory', () => {
  it('are zeros of 64 bits, and of 32 bits for features', () => {
    expect(sharedArray(3)).toEqual(new Float64Array(new SharedArrayBuffer(24)));
    expect(sharedFeatures(3)).toEqual(new Float32Array(new SharedArrayBuffer(12)));
    expect(sharedArray(0)).toHaveLength(0);
  });

  it('are the array itself where it lies on one, else a copy', () => {
    const shared = sharedArray(2).fill(7);
    expect(onSharedMemory(shared)).toBe(shared);
    const own = Float64Array.of(1, 2);
    const copy = onSharedMemory(own);
    expect(copy.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect([...copy]).toEqual([1, 2]);
    own[0] = 5;
    expect(copy[0]).toBe(1);
  });
});

it('sums and means are those of the numbers, 0 and NaN of none', () => {
  expect([sumOf([1, 2, 4.5]), sumOf([7]), sumOf([])]).toEqual([7.5, 7, 0]);
  expect([meanOf([1, 2, 6]), meanOf(Float64Array.of(7)), meanOf([])]).toEqual([3, 7, NaN]);
});

it('the first number from another one on, and after it, are those that a search from the start finds', () => {
  const numbers = fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 12 });
  fc.assert(
    fc.property(numbers, fc.integer({ min: -1, max: 21 }), (values, value) => {
      const rising = values.toSorted((one, other) => one - other);
      const placeOf = (isFound: (each: number) => boolean) => {
        const place = rising.findIndex(isFound);
        return place === -1 ? rising.length : place;
      };
      expect(firstAtOrAfter(rising, value)).toBe(placeOf((each) => each >= value));
      expect(firstAfter(rising, value)).toBe(placeOf((each) => each > value));
    }),
  );
});
