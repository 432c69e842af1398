import { expect, it } from 'vitest';
import { curveOf, downtimeOf } from './load-curve.ts';

it('distinguishes a second without any answer from one with some failures', () => {
  const seconds = [
    { latencies: [10, 30, 20], failures: {} },
    { latencies: [10], failures: { 'no answer in 5 s': 2 } },
    { latencies: [], failures: { 'connect ECONNREFUSED': 3 } },
    { latencies: [], failures: {} },
  ];
  const curve = curveOf({ startedAt: 0, seconds, reconnected: 0 }, 1, 3);
  expect(curve.seconds.map(({ answered, failed }) => [answered, failed])).toEqual([
    [3, 0],
    [1, 2],
    [0, 3],
    [0, 0],
  ]);
  expect(curve.seconds.map(({ p99 }) => p99)).toEqual([3, 1, null, null]);
  expect(downtimeOf(curve)).toBe(1);
});
