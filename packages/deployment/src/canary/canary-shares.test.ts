import { expect, it } from 'vitest';
import { canaryPods, realShare, smallestStep, weightsOf } from './canary-shares.ts';

it('behind a route a canary has the pods that bear its share, and the share is the weight', () => {
  expect([0, 10, 50].map((weight) => canaryPods('route', 3, weight))).toEqual([1, 1, 2]);
  expect(realShare('route', 3, 17)).toBe(17);
  expect(smallestStep('route', 3)).toBe(1);
});

it('by pods the share is never above the one named, from the smallest step on', () => {
  for (let pods = 1; pods <= 30; pods += 1) {
    for (let weight = smallestStep('replicas', pods); weight <= 90; weight += 1) {
      const share = realShare('replicas', pods, weight);
      expect(share, `${weight} % beside ${pods}`).toBeLessThanOrEqual(weight + 1e-9);
      expect(share).toBeGreaterThan(0);
    }
  }
  expect(canaryPods('replicas', 9, 10)).toBe(1);
  expect(realShare('replicas', 3, smallestStep('replicas', 3))).toBe(25);
  expect(realShare('replicas', 3, 0)).toBe(0);
});

it('the steps end at the most', () => {
  expect(weightsOf(20, 50)).toEqual([20, 40, 50]);
  expect(weightsOf(60, 50)).toEqual([50]);
});
