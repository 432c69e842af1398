import { type CanaryOutcome, type CanarySettings, type Decision, judgeCanary, runCanary } from '@daytrade/canary';
import { seededRandom } from '@daytrade/series';
import { type PredictionFault, SimulatedPredictions } from './simulated-predictions.ts';
import { SimulatedTraffic, type TrafficFault } from './simulated-traffic.ts';

/** What is wrong with a version. */
export type Fault = TrafficFault & PredictionFault;

/** Nothing. */
export const healthy: Fault = { errors: 0, secondsSlower: 0, shift: 0, width: 1, stale: false };

/** The bad releases, by what the specification calls them. */
export const faults = {
  '5 % errors': { ...healthy, errors: 0.05 },
  '+300 ms': { ...healthy, secondsSlower: 0.3 },
  'predictions shifted by 2 sigma': { ...healthy, shift: 2 },
  'intervals 40 % too narrow': { ...healthy, width: 0.6 },
  'stale features': { ...healthy, stale: true },
} as const satisfies Readonly<Record<string, Fault>>;

/** A release that was simulated to its end. */
export interface SimulatedRelease {
  readonly outcome: CanaryOutcome;
  readonly actions: readonly Decision['action'][];
  /** The largest share of an interval's requests that the canary really got, less the step's weight, in percent. */
  readonly exposure: number;
}

export interface ReleaseOptions {
  readonly seed: number;
  readonly settings: CanarySettings;
  readonly fault: Fault;
  /** Requests to both versions in an interval, about. */
  readonly perInterval: number;
  /** Days since that have closes of both versions. */
  readonly sessions: number;
  readonly maxIntervals: number;
}

/** After the close: 2026-06-12 16:00 in Japan. */
const startedAt = Date.UTC(2026, 5, 12, 7);

/** How often bars come in while a version is asked, and for how long it then lags, in seconds. */
const updates = { chance: 0.05, seconds: 60 };

/** Simulates one release: `runCanary` with the judge, on a clock that is moved. */
export async function simulateRelease(options: ReleaseOptions): Promise<SimulatedRelease> {
  const { seed, settings, fault, perInterval, sessions, maxIntervals } = options;
  const random = seededRandom(seed);
  const traffic = new SimulatedTraffic(random, perInterval, settings.interval);
  const predictions = new SimulatedPredictions(random, sessions, fault);
  const actions: Decision['action'][] = [];
  let now = startedAt;
  let [weightNow, exposure] = [0, 0];
  let lagUntil = 0;
  const measure = async (weight: number) => {
    const counted = traffic.next(weightNow, fault);
    const all = counted.canary.requests + counted.stable.requests;
    exposure = Math.max(exposure, (100 * counted.canary.requests) / all - settings.stepWeight);
    if (random() < updates.chance) {
      lagUntil = now - 1_000 * (random() * settings.interval + updates.seconds * Math.log(1 - random()));
    }
    const pairs = predictions.next(now < lagUntil);
    return { endedAt: now, weight, ...counted, pairs, closed: predictions.closed };
  };
  const outcome = await runCanary(
    {
      clock: {
        sleep: async (seconds) => {
          now += 1_000 * seconds;
        },
      },
      setWeight: async (weight) => {
        weightNow = weight;
      },
      measure,
      judge: (history) => judgeCanary(history, settings),
      report: ({ action }) => actions.push(action),
    },
    settings,
    maxIntervals,
  );
  return { outcome, actions, exposure };
}
