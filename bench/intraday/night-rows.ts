import { eachJudged, evaluateInDay, type JudgedForecast } from '@daytrade/ensemble';
import type { LogReturnColumn, Panel } from '@daytrade/series';
import { ScoredDays, scoreOf } from '../ensemble/scored-days.ts';
import { type Comparison, compare } from '../harness/result.ts';
import { intradayBars } from './intraday-bars.ts';

/** Symbol-days that a bucket needs for its coverage to be judged. */
const fewestOfBucket = 500;

/**
 * `close@08:30`, which knows the session in New York and the VIX, beside the next close of the evening before, on the
 * same symbol-days.
 *
 * @param evening judged forecasts of the next close
 */
export function nightRows(
  bars: { readonly panel: Panel; readonly overnight: LogReturnColumn; readonly vix: Float64Array },
  evening: readonly JudgedForecast[],
  judgedSessions: number,
): readonly Comparison[] {
  const options = { seed: 1, judgedSessions };
  const { report, judged } = evaluateInDay(bars, 'close@08:30', options, () => performance.now());
  const known = new Map(evening.map((row) => [`${row.session} ${row.symbol}`, row]));
  const scored = new ScoredDays();
  const between = new ScoredDays();
  for (const row of eachJudged(judged)) {
    const before = known.get(`${row.session} ${row.symbol}`);
    if (before === undefined || row.close === null) continue;
    scored.add(row.session, scoreOf(row), scoreOf(before));
    between.add(row.session, scoreOf(meanOf(row, before)), scoreOf(before));
  }
  const large = (report.buckets ?? []).filter(
    ({ group, symbolDays }) => group === 'us-move' && symbolDays >= fewestOfBucket,
  );
  return [
    compare({
      name: 'close@08:30, Winkler lower than next-close',
      unit: 'bp',
      ours: scored.oursBp,
      peer: { name: 'next-close', value: scored.peerBp },
      figure: scored.percentLower,
      kind: 'percent',
      bar: intradayBars.night,
      note: `${scored.count.toLocaleString('en')} symbol-days, ${scored.days} sessions; ${scored.interval}`,
    }),
    compare({ name: 'close@08:30: coverage', unit: 'of symbol-days', figure: 100 * report.coverage, kind: 'share' }),
    compare({
      name: `close@08:30: lowest coverage of a US-move bucket with ${fewestOfBucket} symbol-days`,
      unit: 'of symbol-days',
      figure: 100 * Math.min(...large.map(({ coverage }) => coverage)),
      kind: 'share',
      bar: intradayBars.gapCoverage,
    }),
    compare({
      name: 'mean of both intervals, Winkler lower than next-close',
      unit: 'bp',
      ours: between.oursBp,
      peer: { name: 'next-close', value: between.peerBp },
      figure: between.percentLower,
      kind: 'percent',
      note: between.interval,
    }),
  ];
}

/** The interval whose ends lie, in logarithms, in the middle between those of two. */
function meanOf(row: JudgedForecast, other: JudgedForecast): JudgedForecast {
  return { ...row, lower: Math.sqrt(row.lower * other.lower), upper: Math.sqrt(row.upper * other.upper) };
}
