import { usualCanary } from '@daytrade/canary';
import { deriveSeed, seededRandom } from '@daytrade/series';
import { type Fault, healthy, simulateRelease } from './simulated-release.ts';

/** What many releases of one kind came to. */
export interface SimulatedReleases {
  readonly rolledBack: number;
  readonly promoted: number;
  /** Not decided by the end of the second interval. */
  readonly late: number;
  /** Percent of the requests of an interval. */
  readonly mostExposure: number;
  readonly intervals: readonly number[];
}

/** Days of closes: from none, for a release of this hour, to two weeks. */
const mostSessions = 10;

/** Simulates releases of one kind, with traffic that is enough: each has numbers of its own. */
export async function releasesOf(fault: Fault, count: number): Promise<SimulatedReleases> {
  const intervals: number[] = [];
  let [rolledBack, promoted, late, mostExposure] = [0, 0, 0, 0];
  for (let seed = 1; seed <= count; seed += 1) {
    const random = seededRandom(deriveSeed(seed, 1));
    const { outcome, actions, exposure } = await simulateRelease({
      seed,
      settings: usualCanary,
      fault,
      perInterval: 5_500 * (60_000 / 5_500) ** random(),
      sessions: Math.floor(random() * (mostSessions + 1)),
      maxIntervals: 40,
    });
    if (outcome.action === 'promote') promoted += 1;
    else rolledBack += 1;
    if (actions.length > 2) late += 1;
    mostExposure = Math.max(mostExposure, exposure);
    intervals.push(actions.length);
  }
  return { rolledBack, promoted, late, mostExposure, intervals };
}

/** Simulates healthy releases that have too few requests, from none on; they run into the end of 40 intervals. */
export async function thinReleases(count: number): Promise<{ readonly notHeld: number }> {
  let notHeld = 0;
  for (let seed = 1; seed <= count; seed += 1) {
    const { actions } = await simulateRelease({
      seed,
      settings: usualCanary,
      fault: healthy,
      // The load wanders by half, up and down; at a weight of 10 % the canary needs 5,000.
      perInterval: 3_000 * seededRandom(deriveSeed(seed, 2))(),
      sessions: seed % mostSessions,
      maxIntervals: 40,
    });
    if (actions.some((action) => action !== 'hold')) notHeld += 1;
  }
  return { notHeld };
}
