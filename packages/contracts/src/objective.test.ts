import { expect, it } from 'vitest';
import { measuresDirectionSkill } from './direction-skill.ts';
import { coverageBounds, symbolCoverageBounds, targetCoverage, targetInWords } from './objective.ts';

it('the promise is 93 %, and the bounds of docs/decisions/0008 lie around it', () => {
  expect([targetCoverage, targetInWords]).toEqual([0.93, '93 %']);
  expect(coverageBounds).toEqual({ 20: { low: 0.8, high: 1 }, 60: { low: 0.87, high: 0.97 } });
  expect(symbolCoverageBounds).toEqual({ low: 0.86, high: 0.99 });
});

it.each([
  [0.51, 0.5, true],
  [0.5, 0.4, false],
  [0.52, 0.53, false],
  [0.54, 0.53, true],
  [0.53, 0.53, false],
])('a hit rate of at least %d where %d of the days rise shows skill: %s', (low, alwaysUp, skill) => {
  expect(measuresDirectionSkill({ hitRate: { low, alwaysUp } as never })).toBe(skill);
});
