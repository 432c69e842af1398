import type { Traffic } from '../canary-interval.ts';
import type { CountedRequests } from './request-counter.ts';

/** What one version was counted to have answered, by each of its processes, and what it left without an answer. */
export interface CountedVersion {
  readonly counted: readonly CountedRequests[];
  readonly unanswered: number;
}

/** The traffic of both versions, with latencies at the bounds that both have. */
export function comparedTraffic(
  stable: CountedVersion,
  canary: CountedVersion,
): { readonly stable: Traffic; readonly canary: Traffic } {
  const [ours, others] = [bucketsOf(stable), bucketsOf(canary)];
  const known = [ours, others].filter((buckets) => buckets.size > 0);
  const all = [...new Set(known.flatMap((buckets) => [...buckets.keys()]))];
  const common = all.filter((bound) => known.every((buckets) => buckets.has(bound)));
  const bounds = [...new Set([...common, Number.POSITIVE_INFINITY])].sort((one, other) => one - other);
  return { stable: trafficOf(stable, ours, bounds), canary: trafficOf(canary, others, bounds) };
}

function bucketsOf({ counted }: CountedVersion): ReadonlyMap<number, number> {
  const buckets = new Map<number, number>();
  for (const part of counted) {
    for (const [bound, count] of part.buckets) buckets.set(bound, (buckets.get(bound) ?? 0) + count);
  }
  return buckets;
}

function trafficOf(
  { counted, unanswered }: CountedVersion,
  buckets: ReadonlyMap<number, number>,
  bounds: readonly number[],
): Traffic {
  const sum = (of: (part: CountedRequests) => number) => counted.reduce((total, part) => total + of(part), unanswered);
  return {
    requests: sum(({ requests }) => requests),
    errors: sum(({ errors }) => errors),
    latency: { bounds, atMost: bounds.map((bound) => buckets.get(bound) ?? 0) },
  };
}
