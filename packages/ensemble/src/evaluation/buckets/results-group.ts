import type { Panel, ResultsCalendar, ResultsClass } from '@daytrade/series';
import { sessionResults } from '../../time-order/session-input.ts';
import type { BucketGroup } from './bucket-group.ts';

const classes: readonly ResultsClass[] = ['in-session', 'after-last', 'none'];

/** What was known in the evening before the predicted session about results that move it. */
export function resultsGroup({ days }: Panel, announced: ResultsCalendar): BucketGroup {
  const places = Array.from(days, (day) =>
    sessionResults(announced, day)!.map((name) => name && classes.indexOf(name)),
  );
  return { name: 'results', buckets: classes, placeOf: ({ t, symbol }) => places[t]![symbol] };
}
