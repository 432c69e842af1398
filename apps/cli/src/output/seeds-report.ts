import type { Evaluation } from '@daytrade/contracts';
import { basisPoints, percent } from './format.ts';
import { renderTable } from './table.ts';

type Seeds = NonNullable<Evaluation['seeds']>;

/** The headline figures of each seed, their mean, and their spread: what is smaller than the spread is luck. */
export function seedsReport({ runs, mean, deviation }: Seeds): string {
  const row = (title: string, figures: Seeds['mean'], decimals: number) => [
    title,
    percent(figures.coverage, decimals),
    basisPoints(figures.meanWidthBp),
    basisPoints(figures.winklerBp),
    figures.skillHar === undefined ? '–' : percent(figures.skillHar),
    percent(figures.skillRollingQuantile),
    percent(figures.skillRandomWalk),
    percent(figures.skillEwma),
    percent(figures.hitRate),
    figures.ic.toFixed(4),
  ];
  return renderTable(
    [
      { title: 'seed' },
      { title: 'coverage', align: 'right' },
      { title: 'width', align: 'right' },
      { title: 'Winkler', align: 'right' },
      { title: 'skill: HAR', align: 'right' },
      { title: 'quantile', align: 'right' },
      { title: 'random walk', align: 'right' },
      { title: 'EWMA', align: 'right' },
      { title: 'hit rate', align: 'right' },
      { title: 'rank IC', align: 'right' },
    ],
    [
      ...runs.map((figures) => row(String(figures.seed), figures, 2)),
      row('mean', mean, 2),
      row('standard deviation', deviation, 2),
    ],
  );
}
