import type { Skill, YearReport } from '@daytrade/contracts';
import { type IntervalFigures, type IntervalSums, intervalFigures, sumIntervals } from './interval-report.ts';
import type { IntervalMethodName, JudgedTable } from './judged-table.ts';

/** The baselines that the published intervals are measured against, each on the same symbol-days. */
const baselines = {
  har: 'har',
  rollingQuantile: 'rolling-quantile',
  randomWalk: 'random-walk',
  ewma: 'ewma-split',
} as const satisfies Record<keyof Skill, IntervalMethodName>;

/** Sums by group, as by judged day: of the published intervals, and of each baseline. */
export interface GroupedScores {
  readonly published: IntervalSums;
  readonly baselines: Readonly<Record<keyof Skill, IntervalSums>>;
}

/**
 * The sums of some groups of the table's rows.
 *
 * @param group group of each judged row, from 0
 */
export function scoresBy(table: JudgedTable, group: ArrayLike<number>, groups: number): GroupedScores {
  const sums = (method: IntervalMethodName) => sumIntervals(table, method, group, groups);
  return { published: sums('published'), baselines: forEachBaseline((name) => sums(baselines[name])) };
}

export function skillIn({ published, baselines: of }: GroupedScores, group: number): Skill {
  return forEachBaseline((name) => 1 - published.winkler[group]! / of[name].winkler[group]!);
}

/** 1 - Winkler score / that of the baseline, over all days. */
export function skillAgainstBaselines({ published, baselines: of }: GroupedScores): Skill {
  return forEachBaseline((name) => skillOverDays(published, of[name], () => true));
}

/** The figures of each calendar year, oldest first. */
export function skillByYear(scores: GroupedScores, yearOf: ArrayLike<number>): readonly YearReport[] {
  const { published } = scores;
  const days = Array.from(published.judged.keys()).filter((day) => published.judged[day]! > 0);
  const years = [...Map.groupBy(days, (day) => yearOf[day]!)].sort(([a], [b]) => a - b);
  return years.map(([year, ofYear]) => ({
    year,
    sessions: ofYear.length,
    symbolDays: ofYear.reduce((sum, day) => sum + published.judged[day]!, 0),
    ...figuresOver(published, ofYear),
    skill: forEachBaseline((name) => skillOverDays(published, scores.baselines[name], (day) => yearOf[day] === year)),
  }));
}

function figuresOver(sums: IntervalSums, days: readonly number[]): IntervalFigures {
  const total = (column: Float64Array) => Float64Array.of(days.reduce((sum, day) => sum + column[day]!, 0));
  const { judged, inside, width, winkler } = sums;
  return intervalFigures(
    { judged: total(judged), inside: total(inside), width: total(width), winkler: total(winkler) },
    0,
  );
}

function skillOverDays(published: IntervalSums, baseline: IntervalSums, counts: (day: number) => boolean): number {
  let own = 0;
  let other = 0;
  for (let day = 0; day < published.winkler.length; day += 1) {
    if (!counts(day)) continue;
    own += published.winkler[day]!;
    other += baseline.winkler[day]!;
  }
  return 1 - own / other;
}

function forEachBaseline<T>(make: (name: keyof Skill) => T): Record<keyof Skill, T> {
  return {
    har: make('har'),
    rollingQuantile: make('rollingQuantile'),
    randomWalk: make('randomWalk'),
    ewma: make('ewma'),
  };
}
