import { metrics } from '@daytrade/contracts';
import type { MetricFamily } from './metric-families.ts';

/** The requests of one interval. Latencies are seconds, at the upper bounds of the histogram's buckets. */
export interface RequestDelta {
  readonly count: number;
  /** Answers with a status of 500 or more. */
  readonly errors: number;
  readonly latency: { readonly values: readonly number[]; readonly counts: readonly number[]; readonly sum: number };
}

/** The buckets beyond the last bound are counted there. */
const beyond = Number.POSITIVE_INFINITY;

/** What the request histogram gained between two looks at it. Probes and scrapes are not requests. */
export class RequestDeltas {
  readonly #before = new Map<string, number>();

  next(families: readonly MetricFamily[]): RequestDelta {
    const family = families.find(({ name }) => name === metrics.httpRequestDuration.name);
    const buckets = new Map<number, number>();
    let [count, errors, sum] = [0, 0, 0];
    for (const { metricName, labels, value } of family?.values ?? []) {
      if (isOperational(String(labels.route))) continue;
      const gained = this.#gained(`${metricName} ${JSON.stringify(labels)}`, value);
      if (metricName?.endsWith('_bucket') === true) {
        const bound = labels.le === '+Inf' ? beyond : Number(labels.le);
        buckets.set(bound, (buckets.get(bound) ?? 0) + gained);
      } else if (metricName?.endsWith('_sum') === true) sum += gained;
      else {
        count += gained;
        if (Number(labels.status) >= 500) errors += gained;
      }
    }
    return { count, errors, latency: { ...separate(buckets), sum } };
  }

  #gained(key: string, value: number): number {
    const gained = value - (this.#before.get(key) ?? 0);
    this.#before.set(key, value);
    return gained;
  }
}

function isOperational(route: string): boolean {
  return route === '/healthz' || route === '/readyz' || route === '/metrics';
}

/** Buckets of Prometheus hold all below their bound; CloudWatch wants each value with its own count. */
function separate(buckets: ReadonlyMap<number, number>): { readonly values: number[]; readonly counts: number[] } {
  const bounds = [...buckets.keys()].sort((one, other) => one - other);
  const values: number[] = [];
  const counts: number[] = [];
  let [below, lastFinite] = [0, 0];
  for (const bound of bounds) {
    const all = buckets.get(bound) as number;
    if (bound !== beyond) lastFinite = bound;
    if (all > below) {
      values.push(lastFinite);
      counts.push(all - below);
    }
    below = all;
  }
  return { values, counts };
}
