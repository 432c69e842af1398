import type { Panel } from '@daytrade/series';
import type { AnnouncedSessions } from '../known-beside.ts';
import type { BucketGroup } from './bucket-group.ts';

/** Sessions for which an announcement is followed, the first that knows it among them. */
const followed = 6;

/**
 * How many sessions the predicted one is since an announcement of the company's results, 1 where its close is the first
 * that knows it. Of sessions before a symbol's first announcement, and of those after its last one's six, nothing is
 * known: there may have been others.
 */
export function announcementGroup({ days }: Panel, announced: AnnouncedSessions): BucketGroup {
  const places = announced.map((sessions) => placesOf(days, sessions));
  return {
    name: 'announcement',
    buckets: ['1', `2 .. ${followed}`, `> ${followed}`],
    placeOf: ({ t, symbol }) => places[symbol]?.[t + 1],
  };
}

/** The bucket of each session of one symbol. */
function placesOf(days: Panel['days'], sessions: readonly number[]): readonly (number | undefined)[] {
  const isAnnounced = new Set(sessions);
  const last = sessions.at(-1) ?? Number.NEGATIVE_INFINITY;
  let since: number | undefined;
  return Array.from(days, (day) => {
    if (isAnnounced.has(day)) since = 1;
    else if (since !== undefined) since += 1;
    if (since === undefined) return undefined;
    if (since === 1) return 0;
    return since <= followed ? 1 : day < last ? 2 : undefined;
  });
}
