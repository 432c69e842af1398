import type { LatencyHistogram } from './canary-interval.ts';

/** Requests of a histogram. */
export function countOf({ atMost }: LatencyHistogram): number {
  return atMost.at(-1) ?? 0;
}

/** Two histograms of the same bounds together. */
export function addHistograms(one: LatencyHistogram, other: LatencyHistogram): LatencyHistogram {
  return { bounds: one.bounds, atMost: one.atMost.map((count, i) => count + (other.atMost[i] ?? 0)) };
}

/** The latency in seconds that half of the requests stay below, even within a bucket; 0 without requests. */
export function medianOf(histogram: LatencyHistogram): number {
  const { bounds, atMost } = histogram;
  const half = countOf(histogram) / 2;
  if (half === 0) return 0;
  const place = atMost.findIndex((count) => count >= half);
  const [from, before] = place === 0 ? [0, 0] : [bounds[place - 1]!, atMost[place - 1]!];
  if (!Number.isFinite(bounds[place]!)) return from;
  return from + ((bounds[place]! - from) * (half - before)) / (atMost[place]! - before);
}

/** The first bound that is not below some seconds. */
export function boundFrom({ bounds }: LatencyHistogram, seconds: number): number {
  return bounds.find((bound) => bound >= seconds) ?? bounds.at(-1)!;
}

/** How many requests took longer than a bound. */
export function slowerThan(histogram: LatencyHistogram, bound: number): number {
  return countOf(histogram) - histogram.atMost[histogram.bounds.indexOf(bound)]!;
}
