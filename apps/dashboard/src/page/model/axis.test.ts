import { expect, it } from 'vitest';
import { axisExtent, axisPosition, positionOn } from './axis.ts';

it.each([
  [0.93, 50],
  [0.5, 0],
  [1, 100],
])('places %d on an axis at %d percent', (value, position) => {
  expect(positionOn({ low: 0.88, high: 0.98 }, value)).toBeCloseTo(position, 9);
});

it.each([
  [0, 50],
  [0.025, 75],
  [-0.4, 0],
  [0.4, 100],
])('places the move %d at %d percent of the shared axis', (move, position) => {
  expect(axisPosition(move, 0.05)).toBeCloseTo(position, 9);
});

it('is wide enough for nine rows in ten, in whole percent, also without rows', () => {
  const row = { lowerMove: -0.04, upperMove: 0.045 };
  expect(axisExtent([...Array.from({ length: 19 }, () => row), { ...row, upperMove: 0.4 }])).toBe(0.05);
  expect(axisExtent([])).toBeGreaterThan(0);
});
