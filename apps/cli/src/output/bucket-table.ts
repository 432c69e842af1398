import type { Evaluation } from '@daytrade/contracts';
import { basisPoints, count, percent } from './format.ts';
import { renderTable } from './table.ts';

/** How the symbol-days of a group were sorted, in words. */
const groups: Readonly<Record<string, string>> = {
  gap: 'opened from the middle, in half-widths',
  'us-move': 'New York, the night before',
  vix: 'VIX before the open, by fifths',
  'market-move': 'move of the market the session before',
  'volatility-jump': "session after the symbol's volatility x3",
  'earnings-season': 'earnings season',
};

/** Coverage where the mean hides it; empty for an evaluation that was made before it was kept. */
export function bucketTable({ buckets = [] }: Pick<Evaluation, 'buckets'>): readonly string[] {
  if (buckets.length === 0) return [];
  const table = renderTable(
    [
      { title: 'symbol-days by' },
      { title: 'bucket' },
      { title: 'sessions', align: 'right' },
      { title: 'symbol-days', align: 'right' },
      { title: 'coverage', align: 'right' },
      { title: 'width', align: 'right' },
      { title: 'Winkler', align: 'right' },
    ],
    buckets.map(({ group, bucket, sessions, symbolDays, coverage, meanWidthBp, winklerBp }) => [
      groups[group] ?? group,
      bucket,
      count(sessions),
      count(symbolDays),
      percent(coverage),
      basisPoints(meanWidthBp),
      basisPoints(winklerBp),
    ]),
  );
  return [table];
}
