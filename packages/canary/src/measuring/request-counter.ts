import { apiPrefix, metrics } from '@daytrade/contracts';

/** What a version answered between two looks at its metrics. */
export interface CountedRequests {
  readonly requests: number;
  /** Answers of status 500 and above. */
  readonly errors: number;
  /** Upper bound in seconds to the reads that took at most as long. */
  readonly buckets: ReadonlyMap<number, number>;
}

const histogram = metrics.httpRequestDuration.name;
const line = new RegExp(`^${histogram}_(bucket|count)\\{(.*)\\} (\\S+)$`);
const startTime = /^process_start_time_seconds (\S+)$/m;
const label = /(\w+)="((?:[^"\\]|\\.)*)"/g;

/**
 * Counts the requests of the API in the metrics of one process. Probes and scrapes are not requests. How long is that
 * of reads alone: how long a training or a publication takes depends on what was asked for, and so on chance.
 */
export class RequestCounter {
  readonly #before = new Map<string, number>();
  #startedAt: string | undefined;

  /**
   * What is new since the last call.
   *
   * @param text of `/metrics`, in the text format of Prometheus
   */
  next(text: string): CountedRequests {
    this.#noticeStart(text);
    const buckets = new Map<number, number>();
    let [requests, errors] = [0, 0];
    for (const [key, kind, labels, value] of samplesOf(text)) {
      const gained = this.#gained(key, value);
      if (labels.get('route')?.startsWith(apiPrefix) !== true) continue;
      if (kind === 'count') {
        requests += gained;
        if (Number(labels.get('status')) >= 500) errors += gained;
      } else if (labels.get('method') === 'GET') {
        const bound = labels.get('le') === '+Inf' ? Number.POSITIVE_INFINITY : Number(labels.get('le'));
        buckets.set(bound, (buckets.get(bound) ?? 0) + gained);
      }
    }
    return { requests, errors, buckets };
  }

  /** The counters of another process behind the same address began at 0. */
  #noticeStart(text: string): void {
    const startedAt = startTime.exec(text)?.[1];
    if (startedAt !== this.#startedAt) this.#before.clear();
    this.#startedAt = startedAt;
  }

  #gained(key: string, value: number): number {
    const before = this.#before.get(key) ?? 0;
    this.#before.set(key, value);
    return Math.max(0, value - before);
  }
}

type Sample = readonly [key: string, kind: string, labels: ReadonlyMap<string, string>, value: number];

function samplesOf(text: string): Sample[] {
  return text.split('\n').flatMap((sample): Sample[] => {
    const [, kind, labels, value] = line.exec(sample) ?? [];
    if (kind === undefined || labels === undefined) return [];
    const named = [...labels.matchAll(label)].map(([, name, content]) => [name!, content!] as const);
    return [[`${kind} ${labels}`, kind, new Map(named), Number(value)]];
  });
}
