import { type SessionPath, slicePanel } from '@daytrade/series';
import { type DailyKnown, dailySessions } from './daily-known.ts';
import type { InDayBars } from './in-day-bars.ts';

/** The sessions that have 5-minute bars, with the one before them, numbered from that one on. */
export interface FiveMinuteSessions {
  readonly bars: InDayBars;
  /** What all sessions before say of each, and of the one that runs. */
  readonly days: readonly DailyKnown[];
}

/**
 * Cuts off the sessions before the first 5-minute bars, once all of them have been gone through: what the horizons of
 * 15 minutes share. They are few, so that what is computed for each horizon is small.
 */
export function fiveMinuteSessions(bars: InDayBars, path: SessionPath): FiveMinuteSessions {
  const { panel, overnight, announced } = bars;
  const begin = Math.max(0, path.from - 1);
  return {
    bars: {
      panel: slicePanel(panel, begin, panel.days.length),
      path: { ...path, from: path.from - begin },
      overnight: overnight?.subarray(begin),
      announced,
    },
    days: Array.from(dailySessions(bars, false, path.from), (known) => ({ ...known, session: known.session - begin })),
  };
}
