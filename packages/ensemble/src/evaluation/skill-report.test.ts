import { describe, expect, it } from 'vitest';
import type { IntervalSums } from './interval-report.ts';
import { type GroupedScores, skillAgainstBaselines, skillByYear, skillWithoutWorstDays } from './skill-report.ts';

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

const hundred = (value: (day: number) => number) => Array.from({ length: 100 }, (_, day) => value(day));

describe('skill', () => {
  it('without the worst days of the baseline is gone where it came from 10 of them alone', () => {
    const days = scores(
      hundred(() => 4),
      hundred((day) => (day % 10 === 3 ? 40 : 4)),
    );
    expect(skillAgainstBaselines(days).ewma).toBeCloseTo(1 - 400 / 760, 12);
    expect(skillWithoutWorstDays(days)).toEqual({ days: 10, har: 0, rollingQuantile: 0, randomWalk: 0, ewma: 0 });
  });

  it('keeps four fifths of a few days', () => {
    const few = scores([3, 3, 3, 3, 3], [4, 4, 40, 4, 4]);
    expect(skillWithoutWorstDays(few)).toMatchObject({ days: 1, ewma: 0.25 });
    expect(skillWithoutWorstDays(scores([3], [4]))).toMatchObject({ days: 0, ewma: 0.25 });
  });

  it('of a year is that of its judged sessions', () => {
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
});
