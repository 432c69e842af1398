import { expect, it } from 'vitest';
import type { IntervalSums } from './interval-report.ts';
import { type GroupedScores, skillByYear } from './skill-report.ts';

/** Sums of days with 10 symbols each, 9 of them inside; a day with a score of 0 was not judged. */
function sums(winkler: readonly number[]): IntervalSums {
  const judged = Float64Array.from(winkler, (score) => (score > 0 ? 10 : 0));
  return {
    judged,
    inside: judged.map((count) => 0.9 * count),
    width: judged.slice(),
    winkler: Float64Array.from(winkler),
  };
}

/** The published intervals, and the same baseline three times. */
function scores(published: readonly number[], baseline: readonly number[]): GroupedScores {
  const other = sums(baseline);
  return {
    published: sums(published),
    baselines: { har: other, rollingQuantile: other, randomWalk: other, ewma: other },
  };
}

it('has the skill of a year from its judged sessions', () => {
  const days = scores([3, 0, 3, 8, 6], [4, 0, 4, 10, 10]);
  const years = skillByYear(days, [2024, 2024, 2024, 2025, 2025]);
  const counts = { sessions: 2, symbolDays: 20, coverage: 0.9 };
  expect(years).toMatchObject([
    { year: 2024, ...counts },
    { year: 2025, ...counts },
  ]);
  expect(years.map(({ winklerBp }) => Math.round(winklerBp))).toEqual([3000, 7000]);
  expect(years[0]!.skill.ewma).toBeCloseTo(0.25, 12);
  expect(years[1]!.skill.ewma).toBeCloseTo(0.3, 12);
});
