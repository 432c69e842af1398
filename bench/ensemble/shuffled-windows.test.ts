import { expect, it } from 'vitest';
import { lowestCoverage, lowestOfRightMethod } from './shuffled-windows.ts';

const session = (inside: number) => ({ judged: 10, inside });

it('finds the lowest window, and none where there are too few sessions', () => {
  const sessions = [9, 9, 5, 7, 9].map(session);
  expect(lowestCoverage(sessions, 2)).toBe(0.6);
  expect(lowestCoverage(sessions, 5)).toBe(0.78);
  expect(lowestCoverage(sessions, 6)).toBeNaN();
});

it('knows that a right method spreads the days on which all symbols miss', () => {
  const calm = Array.from({ length: 190 }, () => session(10));
  const clustered = [...calm, ...Array.from({ length: 10 }, () => session(0))];
  expect(lowestCoverage(clustered, 20)).toBe(0.5);
  const right = lowestOfRightMethod(clustered, 20, 0.01);
  expect(right).toBeGreaterThan(0.6);
  expect(right).toBeLessThan(0.9);
});
