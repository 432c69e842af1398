import { dateOfDayNumber, inEarningsSeason } from '@daytrade/market';
import type { Panel } from '@daytrade/series';
import type { BucketGroup } from './bucket-group.ts';

/** Whether the predicted session lies in one of the weeks in which most companies announce their results. */
export function earningsSeasonGroup({ days }: Panel): BucketGroup {
  return {
    name: 'earnings-season',
    buckets: ['inside', 'outside'],
    placeOf: ({ t }) => (inEarningsSeason(dateOfDayNumber(days[t + 1]!)) ? 0 : 1),
  };
}
