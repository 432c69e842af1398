import { seededRandom } from '@daytrade/series';
import { describe, expect, it } from 'vitest';
import { ConformalTrack } from './conformal-tracks.ts';
import { minimumScores, scoreWindow, targetMiss } from './promise.ts';
import { conformalQuantile, linearQuantile, PooledWindow, SortedMultiset, SortedWindow } from './score-windows.ts';

describe('numbers in order', () => {
  it('are those of a plain sort, whatever came and went', () => {
    const random = seededRandom(3);
    const draw = () => Math.floor(random() * 800);
    const plain = Array.from({ length: 3000 }, draw).toSorted((a, b) => a - b);
    const multiset = new SortedMultiset(Float64Array.from(plain));
    const holdsThose = () => {
      expect(multiset.length).toBe(plain.length);
      expect(Array.from({ length: plain.length + 1 }, (_, i) => multiset.at(i))).toEqual([...plain, undefined]);
    };
    for (let change = 0; change < 4000; change += 1) {
      const value = draw();
      multiset.add(value);
      plain.push(value);
    }
    plain.sort((a, b) => a - b);
    holdsThose();
    while (plain.length > 0) {
      const [gone] = plain.splice(Math.floor(random() * plain.length), 1);
      multiset.remove(gone!);
      if (plain.length % 1000 === 0) holdsThose();
    }
    multiset.add(5);
    expect(multiset.at(0)).toBe(5);
  });

  it('are not taken away when they are not there', () => {
    const multiset = new SortedMultiset(Float64Array.of(1, 3));
    expect(() => multiset.remove(2)).toThrow(/expected one of 2 values, got 2/);
    expect(() => multiset.remove(4)).toThrow(/expected one of 2 values, got 4/);
  });
});

it('a new symbol has the quantile of all scores that are remembered at that moment', () => {
  const random = seededRandom(5);
  const symbols = 5;
  const track = new ConformalTrack(Array.from({ length: symbols }, () => undefined));
  const kept: number[][] = Array.from({ length: symbols }, () => []);
  const observe = (symbol: number, score: number) => {
    track.observe(symbol, score);
    kept[symbol] = [...kept[symbol]!, score].slice(-scoreWindow);
  };
  for (let session = 0; session < scoreWindow + 100; session += 1) {
    for (let s = 0; s < symbols; s += 1) {
      // The last symbol is listed late; another one has a NaN now and then.
      if (s === symbols - 1 && session < scoreWindow) continue;
      observe(s, s === 3 && session % 40 === 7 ? Number.NaN : random());
      const asked = symbols - 1;
      if (kept[asked]!.length >= minimumScores) continue;
      const all = Float64Array.from(kept.flat()).sort();
      const expected = all.length < minimumScores ? Infinity : conformalQuantile(all, targetMiss);
      if (s % 2 === 0) expect(track.split(asked)).toBe(expected);
    }
  }
});

it('a window of pooled scores keeps the newest ones, and its quantiles are those of a plain sort', () => {
  const random = seededRandom(4);
  const scores = Float64Array.from({ length: 90 }, () => random());
  const [pooled, plain] = [new PooledWindow(70, scores), new SortedWindow(70, [...scores])];
  for (let push = 0; push < 300; push += 1) {
    for (const miss of [0.07, 0.5, 0.99]) {
      const rank = Math.ceil((plain.sorted.length + 1) * (1 - miss));
      expect(pooled.quantile(miss)).toBe(plain.sorted[rank - 1]);
    }
    expect([...pooled.arrival()]).toEqual(plain.arrival);
    // Values that come again, too.
    const score = Math.round(random() * 50) / 50;
    pooled.push(score);
    plain.push(score);
  }
  expect(pooled).toHaveLength(70);
});

it('a window of pooled scores keeps the newest of those that it begins with, and knows the largest', () => {
  const pooled = new PooledWindow(3, Float64Array.of(9, 1, 5, 2));
  expect([...pooled.arrival()]).toEqual([1, 5, 2]);
  expect([pooled.length, pooled.largest, pooled.quantile(0.5)]).toEqual([3, 5, 2]);
  pooled.push(4);
  pooled.push(3);
  expect([...pooled.arrival()]).toEqual([2, 4, 3]);
  expect([pooled.length, pooled.largest, pooled.quantile(0.5)]).toEqual([3, 4, 3]);
  const empty = new PooledWindow(2);
  expect([empty.length, empty.largest, empty.quantile(0.5)]).toEqual([0, undefined, Infinity]);
});

it('a sorted window begins with the newest values, and says which one has no room any more', () => {
  const window = new SortedWindow(3, [9, 1, 5, 2]);
  expect([window.arrival, window.sorted, window.rank(2), window.rank(6)]).toEqual([[1, 5, 2], [1, 2, 5], 1, 3]);
  expect([window.push(2), window.sorted]).toEqual([1, [2, 2, 5]]);
  const young = new SortedWindow(3, [4]);
  expect([young.push(3), young.push(8), young.push(1), young.arrival]).toEqual([undefined, undefined, 4, [3, 8, 1]]);
});

it.each([
  [[7], 0.3, 7],
  [[1, 3], 0, 1],
  [[1, 3], 0.25, 1.5],
  [[1, 3], 1, 3],
  [[1, 2, 4], 0.5, 2],
  [[1, 2, 4], 0.75, 3],
])('the quantile of %j at %d lies between neighbours: %d', (sorted, probability, expected) => {
  expect(linearQuantile(sorted, probability)).toBe(expected);
});
