import type { Horizon } from '@daytrade/market';
import type { Panel, ResultsCalendar, ResultsClass } from '@daytrade/series';
import { sessionResults } from '../../intervals/session-stretch.ts';
import type { BucketGroup } from './bucket-group.ts';

const classes: readonly ResultsClass[] = ['in-session', 'after-last', 'none'];

/** Sorts by what was known at the time of the forecast about results that move the predicted session. */
export function resultsGroup({ days }: Panel, announced: ResultsCalendar, horizon: Horizon): BucketGroup {
  const places = Array.from(days, (day) =>
    sessionResults(announced, day, horizon).map((name) => name && classes.indexOf(name)),
  );
  return { name: 'results', buckets: classes, placeOf: ({ t, symbol }) => places[t]![symbol] };
}
