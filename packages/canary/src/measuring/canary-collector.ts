import { DayTradeError } from '@daytrade/errors';
import type { CanaryInterval } from '../canary-interval.ts';
import { type CountedVersion, comparedTraffic } from './compared-traffic.ts';
import { MirroredDays } from './mirrored-days.ts';
import { type Ask, pairsOf, predictNow, probe } from './mirrored-requests.ts';
import { RequestCounter } from './request-counter.ts';

/** The processes of one version: their addresses now, for example `http://10.0.0.7:8000`. */
export type Processes = () => Promise<readonly string[]>;

/** What a collector is made of. */
export interface CollectorOptions {
  readonly ask: Ask;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: () => number;
  readonly stable: Processes;
  readonly canary: Processes;
  /** Reads that are sent to each version in each interval, beside those of readers. */
  readonly probes: number;
}

/**
 * Measures an interval of a release from outside: what the metrics of both versions' ml-services gained, what both
 * predict on the same request, and what became of what they predicted before.
 *
 * @example
 * const collector = new CanaryCollector({ ask, now: Date.now, stable, canary, probes: 600 });
 * await collector.start();
 * // an interval later
 * judgeCanary([await collector.measure(10)], usualCanary);
 */
export class CanaryCollector {
  readonly #options: CollectorOptions;
  readonly #counters = new Map<string, RequestCounter>();
  readonly #days = new MirroredDays();

  constructor(options: CollectorOptions) {
    this.#options = options;
  }

  /** Begins: what was answered before counts for nothing. */
  async start(): Promise<void> {
    await this.#count('stable', 0);
    await this.#count('canary', 0);
  }

  /**
   * The interval since the last call, or since the start.
   *
   * @param weight the share of the requests that the canary was meant to get, in percent
   * @throws DayTradeError `service.unreachable` when no process of the stable version has metrics
   */
  async measure(weight: number): Promise<CanaryInterval> {
    const { ask, now, probes, stable, canary } = this.#options;
    const [ofStable, ofCanary] = [await stable(), await canary()];
    const [unansweredByStable, unansweredByCanary] = await Promise.all([
      probe(ask, ofStable, probes),
      probe(ask, ofCanary, probes),
    ]);
    const [answered, canaryAnswered] = await Promise.all(
      [ofStable, ofCanary].map(async ([url]) => (url === undefined ? undefined : await predictNow(ask, url))),
    );
    const pairs = pairsOf(answered, canaryAnswered);
    this.#days.add(pairs, answered ?? []);
    const traffic = comparedTraffic(
      await this.#count('stable', unansweredByStable),
      await this.#count('canary', unansweredByCanary),
    );
    return { endedAt: now(), weight, ...traffic, pairs, closed: this.#days.closed };
  }

  async #count(version: 'stable' | 'canary', unanswered: number): Promise<CountedVersion> {
    const { ask } = this.#options;
    const urls = await this.#options[version]();
    const found = await Promise.allSettled(
      urls.map(async (url) => {
        const { status, text } = await ask(`${url}/metrics`, { method: 'GET' }).catch(() => ({ status: 0, text: '' }));
        if (status !== 200) throw new Error(`${url} ${status === 0 ? 'does not answer' : `answers ${status}`}`);
        return this.#counterOf(url).next(text);
      }),
    );
    const counted = found.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    if (version === 'stable' && counted.length === 0) {
      const [failed] = found.flatMap((one) => (one.status === 'rejected' ? [(one.reason as Error).message] : []));
      throw new DayTradeError('service.unreachable', `no metrics of the stable version: ${failed ?? 'no address'}`);
    }
    return { counted, unanswered };
  }

  #counterOf(url: string): RequestCounter {
    const counter = this.#counters.get(url) ?? new RequestCounter();
    this.#counters.set(url, counter);
    return counter;
  }
}
