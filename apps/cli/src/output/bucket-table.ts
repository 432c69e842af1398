import type { Evaluation } from '@daytrade/contracts';
import { basisPoints, count, percent, quantity } from './format.ts';
import { renderTable } from './table.ts';

/** How the symbol-days of a group were sorted, in words. */
const groups: Readonly<Record<string, string>> = {
  gap: 'opened from the middle, in half-widths',
  'us-move': 'New York, the night before',
  vix: 'VIX before the open, by fifths',
  'market-move': 'move of the market the session before',
  'volatility-jump': "session after the symbol's volatility x3",
  'earnings-season': 'earnings season',
  results: 'results, as known at the forecast',
};

/** Coverage where the mean hides it; empty for an evaluation that was made before it was kept. */
export function bucketTable(
  evaluation: Pick<Evaluation, 'buckets' | 'announcedSymbols' | 'symbols' | 'synthetic'>,
): readonly string[] {
  const { buckets = [] } = evaluation;
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
      { title: 'skill: HAR', align: 'right' },
      { title: 'quantile', align: 'right' },
    ],
    buckets.map(({ group, bucket, sessions, symbolDays, coverage, meanWidthBp, winklerBp, skill }) => [
      groups[group] ?? group,
      bucket,
      count(sessions),
      count(symbolDays),
      percent(coverage),
      basisPoints(meanWidthBp),
      basisPoints(winklerBp),
      skill?.har === undefined ? '–' : percent(skill.har),
      skill === undefined ? '–' : percent(skill.rollingQuantile),
    ]),
  );
  return [`${table}${announcementsKnown(evaluation)}`];
}

/** Of how many symbols announcements are known, where it is not all; nothing where nobody looked for them. */
function announcementsKnown({
  announcedSymbols,
  symbols,
  synthetic,
}: Pick<Evaluation, 'announcedSymbols' | 'symbols' | 'synthetic'>): string {
  if (announcedSymbols === undefined || announcedSymbols >= symbols) return '';
  if (announcedSymbols > 0) {
    return `\nResults: announcements are known of ${count(announcedSymbols)} of ${quantity(symbols, 'symbol')}`;
  }
  return synthetic
    ? '\nResults: companies of the synthetic exchange announce none, so nothing is sorted by them'
    : '\nResults: no announcement of these symbols is known, so nothing is sorted by them; J-Quants has them';
}
