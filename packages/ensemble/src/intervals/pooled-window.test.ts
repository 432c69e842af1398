import { seededRandom } from '@daytrade/series';
import { expect, it } from 'vitest';
import { PooledWindow, SortedWindow } from './score-windows.ts';

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

it('a window of pooled scores that is not full yet says what it has', () => {
  const window = new PooledWindow(3);
  expect([window.length, window.quantile(0.07)]).toEqual([0, Number.POSITIVE_INFINITY]);
  for (const score of [5, 1, 3, 2]) window.push(score);
  expect([...window.arrival()]).toEqual([1, 3, 2]);
  expect(window.quantile(0.5)).toBe(2);
});
