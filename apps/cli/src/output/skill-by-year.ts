import type { Evaluation } from '@daytrade/contracts';
import { basisPoints, count, percent } from './format.ts';
import { renderTable } from './table.ts';

/** The figures of each calendar year; empty for an evaluation that was made before they were kept. */
export function skillByYear({ skillByYear: years = [] }: Pick<Evaluation, 'skillByYear'>): readonly string[] {
  if (years.length === 0) return [];
  const table = renderTable(
    [
      { title: 'year' },
      { title: 'sessions', align: 'right' },
      { title: 'symbol-days', align: 'right' },
      { title: 'coverage', align: 'right' },
      { title: 'width', align: 'right' },
      { title: 'Winkler', align: 'right' },
      { title: 'skill: HAR', align: 'right' },
      { title: 'quantile', align: 'right' },
      { title: 'random walk', align: 'right' },
      { title: 'EWMA', align: 'right' },
    ],
    years.map(({ year, sessions, symbolDays, coverage, meanWidthBp, winklerBp, skill }) => [
      String(year),
      count(sessions),
      count(symbolDays),
      percent(coverage),
      basisPoints(meanWidthBp),
      basisPoints(winklerBp),
      skill.har === undefined ? '–' : percent(skill.har),
      percent(skill.rollingQuantile),
      percent(skill.randomWalk),
      percent(skill.ewma),
    ]),
  );
  return [table];
}
