import { expect, it } from 'vitest';
import { Random } from '../random.ts';
import { NumberSorter } from './bin-edges.ts';

const most = 20_000;

/** Numbers of all sizes and signs, many of them more than once. */
function numbers(length: number, seed: number): Float64Array {
  const source = new Random(seed);
  const random = () => source.uint32() / 2 ** 32;
  const special = [0, -0, Infinity, -Infinity, Number.MIN_VALUE, -Number.MIN_VALUE, Number.MAX_VALUE, 1, -1];
  return Float64Array.from({ length }, () => {
    const drawn = random();
    if (drawn < 0.1) return special[Math.floor(drawn * 10 * special.length)]!;
    if (drawn < 0.4) return Math.round(100 * random());
    return (random() - 0.5) * 10 ** Math.round(40 * random() - 20);
  });
}

it('sorts as a plain sort does, few numbers and many, with the same memory', () => {
  const sorter = new NumberSorter(most);
  for (const [seed, length] of [0, 1, 8191, 8192, 8193, most, 9000].entries()) {
    const values = numbers(length, seed);
    const expected = values.slice().sort();
    const sorted = sorter.sort(values);
    expect(sorted).toBe(values);
    expect(sorted.every((value, i) => Object.is(value, expected[i]))).toBe(true);
  }
});

it('sorts part of an array, and numbers that are all the same', () => {
  const sorter = new NumberSorter(most);
  const values = numbers(most, 7);
  const [before, after] = [values.slice(0, 100), values.slice(-1000)];
  sorter.sort(values.subarray(100, -1000));
  expect(values.slice(0, 100)).toEqual(before);
  expect(values.slice(-1000)).toEqual(after);
  expect(new Set(sorter.sort(new Float64Array(most).fill(-2.5)))).toEqual(new Set([-2.5]));
});
