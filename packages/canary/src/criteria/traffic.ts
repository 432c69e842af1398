import type { CanaryInterval, Traffic } from '../canary-interval.ts';
import { addHistograms } from '../latency.ts';

/** What both versions answered in some intervals together. */
export interface ComparedTraffic {
  readonly stable: Traffic;
  readonly canary: Traffic;
}

/** How many intervals are judged together: a fault that begins later is not hidden behind what went well before. */
const intervalsTogether = 2;

/**
 * The newest interval, with the one before where both had the same weight. Intervals of other weights are left out: how
 * many of the requests fell into a bad minute would depend on the version.
 */
export function recentTraffic(history: readonly CanaryInterval[]): ComparedTraffic {
  const weight = history.at(-1)!.weight;
  const recent = history.slice(-intervalsTogether).filter((interval) => interval.weight === weight);
  const total = (version: 'stable' | 'canary') => recent.map((interval) => interval[version]).reduce(addTraffic);
  return { stable: total('stable'), canary: total('canary') };
}

function addTraffic(one: Traffic, other: Traffic): Traffic {
  return {
    requests: one.requests + other.requests,
    errors: one.errors + other.errors,
    latency: addHistograms(one.latency, other.latency),
  };
}
