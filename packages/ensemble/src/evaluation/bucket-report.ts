import type { BucketReport } from '@daytrade/contracts';
import {
  type BucketGroup,
  earningsSeasonGroup,
  gapGroup,
  marketMoveGroup,
  resultsGroup,
  usMoveGroup,
} from './bucket-groups.ts';
import { intervalFigures } from './interval-report.ts';
import type { JudgementInput } from './judge.ts';
import { intervalMethodNames, type JudgedTable } from './judged-table.ts';
import { scoresBy, skillIn } from './skill-report.ts';

/** The input of the sorting of judged symbol-days. */
type SortedBy = Pick<JudgementInput, 'panel' | 'outcomes' | 'range' | 'horizon' | 'beside'>;

/** Every way in which the judged symbol-days of an evaluation are sorted. */
function bucketGroups({ panel, outcomes, horizon, beside = {} }: SortedBy): readonly BucketGroup[] {
  const { overnight, announced } = beside;
  return [
    gapGroup(panel),
    ...(overnight === undefined ? [] : [usMoveGroup(overnight)]),
    marketMoveGroup(outcomes),
    earningsSeasonGroup(panel),
    ...(announced === undefined ? [] : [resultsGroup(panel, announced, horizon)]),
  ];
}

/** Returns the figures of the published intervals by bucket; a bucket without a symbol-day is left out. */
export function bucketReports(input: SortedBy, table: JudgedTable): readonly BucketReport[] {
  return bucketGroups(input).flatMap((group) => reportOf(group, table, input.range.judgedFrom));
}

function reportOf({ name, buckets, placeOf }: BucketGroup, table: JudgedTable, first: number): BucketReport[] {
  const column = intervalMethodNames.indexOf('published');
  const unknown = buckets.length;
  const places = table.day.map((day, row) => {
    const sorted = {
      t: first + day,
      symbol: table.symbol[row]!,
      low: table.low[column]![row]!,
      high: table.high[column]![row]!,
    };
    return placeOf(sorted) ?? unknown;
  });
  const scores = scoresBy(table, places, buckets.length + 1);
  const days = buckets.map(() => new Set<number>());
  for (const [row, place] of places.entries()) days[place]?.add(table.day[row]!);
  return buckets.flatMap((bucket, place) => {
    const symbolDays = scores.published.judged[place]!;
    if (symbolDays === 0) return [];
    const figures = { ...intervalFigures(scores.published, place), skill: skillIn(scores, place) };
    return { group: name, bucket, sessions: days[place]!.size, symbolDays, ...figures };
  });
}
