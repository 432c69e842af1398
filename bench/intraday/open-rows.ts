import { type EvaluationReport, eachJudged, evaluateInDay, type JudgedForecast } from '@daytrade/ensemble';
import type { Panel } from '@daytrade/series';
import { realResults } from '../ensemble/results-days.ts';
import { ScoredDays, scoreOf } from '../ensemble/scored-days.ts';
import { type Comparison, compare } from '../harness/result.ts';
import { intradayBars } from './intraday-bars.ts';
import { rankCorrelationRow } from './rank-correlations.ts';

/** Symbol-days that a bucket needs for its coverage to be judged. */
const fewestOfBucket = 500;

/** Upper ends of the buckets of the gap, in half-widths of the evening's interval. */
const gapEnds = [0.1, 0.25, 0.5, 0.75, 1, Number.POSITIVE_INFINITY] as const;

/** What the evening and the open said of one symbol-day. */
interface OpenPair {
  readonly evening: JudgedForecast;
  readonly open: JudgedForecast;
}

/**
 * `close@open` beside the next close of the evening before, on the same symbol-days.
 *
 * @param evening judged forecasts of the next close
 */
export function openRows(
  panel: Panel,
  evening: readonly JudgedForecast[],
  judgedSessions: number,
): readonly Comparison[] {
  const options = { seed: 1, judgedSessions };
  const open = evaluateInDay({ panel, announced: realResults(panel) }, 'close@open', options, () => performance.now());
  const pairs = pairsOf(evening, [...eachJudged(open.judged)]);
  const scored = new ScoredDays();
  for (const pair of pairs) scored.add(pair.open.session, scoreOf(pair.open), scoreOf(pair.evening));
  const buckets = gapBuckets(pairs).filter((bucket) => bucket.length >= fewestOfBucket);
  return [
    compare({
      name: 'close@open, Winkler lower than next-close',
      unit: 'bp',
      ours: scored.oursBp,
      peer: { name: 'next-close', value: scored.peerBp },
      figure: scored.percentLower,
      kind: 'percent',
      bar: intradayBars.open,
      note: `${scored.count.toLocaleString('en')} symbol-days, ${scored.days} sessions; ${scored.interval}`,
    }),
    shareRow('close@open: coverage', coverageOf(pairs), undefined),
    shareRow(
      `close@open: lowest coverage of a gap bucket with ${fewestOfBucket} symbol-days`,
      Math.min(...buckets.map(coverageOf)),
      intradayBars.gapCoverage,
    ),
    ...classCoverageRows('close@open', open.report.buckets),
    rankCorrelationRow(
      'close@open: rank IC on the rest of the session, from the opening price itself',
      pairs.map(({ open: { session, centre, lastClose, close } }) => ({
        session,
        signal: Math.log(centre / lastClose),
        outcome: Math.log(close! / lastClose),
      })),
      'daily bars; no order that knows the opening price is filled at it',
    ),
  ];
}

/** Coverage by class of results. */
function classCoverageRows(name: string, buckets: EvaluationReport['buckets']): readonly Comparison[] {
  return (buckets ?? [])
    .filter(({ group }) => group === 'results')
    .map(({ bucket, coverage, symbolDays }) =>
      compare({
        name: `${name}: coverage, results ${bucket}`,
        unit: 'of symbol-days',
        figure: 100 * coverage,
        kind: 'share',
        bar: intradayBars.lowestCoverage,
        note: `${symbolDays.toLocaleString('en')} symbol-days; at most 95 %`,
      }),
    );
}

function pairsOf(evening: readonly JudgedForecast[], open: readonly JudgedForecast[]): readonly OpenPair[] {
  const key = ({ session, symbol }: JudgedForecast) => `${session} ${symbol}`;
  const known = new Map(evening.map((row) => [key(row), row]));
  return open.flatMap((row) => {
    const before = known.get(key(row));
    return before === undefined || row.close === null ? [] : [{ evening: before, open: row }];
  });
}

/** The pairs by their gap. */
function gapBuckets(pairs: readonly OpenPair[]): readonly (readonly OpenPair[])[] {
  const place = ({ evening, open }: OpenPair) => {
    const half = Math.log(evening.upper / evening.lower) / 2;
    const gap = Math.abs(Math.log(open.lastClose / evening.centre)) / half;
    return gapEnds.findIndex((end) => gap <= end);
  };
  return [...Map.groupBy(pairs, place).values()];
}

function coverageOf(pairs: readonly OpenPair[]): number {
  return pairs.filter(({ open }) => open.inside).length / pairs.length;
}

function shareRow(name: string, share: number, bar: Comparison['bar']): Comparison {
  return compare({ name, unit: 'of symbol-days', figure: 100 * share, kind: 'share', ...(bar ? { bar } : {}) });
}
