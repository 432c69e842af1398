import type { Traffic } from '@daytrade/canary';
import { normal, type RandomSource } from '@daytrade/series';

/** The bounds of `daytrade_http_request_duration_seconds`. */
const bounds = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, Number.POSITIVE_INFINITY];

/** What is wrong with the canary's answers. */
export interface TrafficFault {
  /** Share of requests that fail, in runs of three on average. */
  readonly errors: number;
  readonly secondsSlower: number;
}

const gateways = 3;

/**
 * Requests to two versions, second by second. Errors come in outages, of what both depend on and of each version alone
 * (two-state chains: Gilbert 1960, Elliott 1963). Latency is lognormal with a Pareto tail, times a load that both share
 * and that wanders. A version that has just started is slow at first. The gateway is one of three, each of which deals
 * requests out in turn by weight.
 */
export class SimulatedTraffic {
  readonly #random: RandomSource;
  readonly #perSecond: number;
  readonly #seconds: number;
  readonly #median: number;
  readonly #canaryFactor: number;
  readonly #turns = new Float64Array(gateways);
  #load = 0;
  #age = 0;
  readonly #out = { both: false, stable: false, canary: false };
  #failing = false;

  constructor(random: RandomSource, perInterval: number, seconds: number) {
    this.#random = random;
    this.#perSecond = perInterval / seconds;
    this.#seconds = seconds;
    this.#median = 0.02 * 4 ** random();
    this.#canaryFactor = Math.exp(0.1 * normal(random));
    for (let i = 0; i < gateways; i += 1) this.#turns[i] = random();
  }

  /** One interval at a weight in percent. */
  next(weight: number, fault: TrafficFault): { readonly stable: Traffic; readonly canary: Traffic } {
    const counts = { stable: emptyCounts(), canary: emptyCounts() };
    for (let second = 0; second < this.#seconds; second += 1) {
      this.#step();
      const requests = this.#poisson(this.#perSecond * Math.exp(0.3 * this.#load));
      for (let i = 0; i < requests; i += 1) this.#request(weight, fault, counts);
    }
    return { stable: trafficOf(counts.stable), canary: trafficOf(counts.canary) };
  }

  #step(): void {
    this.#age += 1;
    this.#load = 0.95 * this.#load + 0.3 * normal(this.#random);
    this.#out.both = this.#switched(this.#out.both, 1 / 1_800, 1 / 8);
    this.#out.stable = this.#switched(this.#out.stable, 1 / 2_400, 1 / 4);
    this.#out.canary = this.#switched(this.#out.canary, 1 / 2_400, 1 / 4);
  }

  #switched(on: boolean, begins: number, ends: number): boolean {
    return this.#random() < (on ? ends : begins) ? !on : on;
  }

  #request(weight: number, fault: TrafficFault, counts: Readonly<Record<'stable' | 'canary', Counts>>): void {
    const random = this.#random;
    const gateway = Math.floor(random() * gateways);
    this.#turns[gateway] = this.#turns[gateway]! + weight / 100;
    const isCanary = this.#turns[gateway] >= 1;
    if (isCanary) this.#turns[gateway] -= 1;
    const own = isCanary ? this.#out.canary : this.#out.stable;
    const chance = 0.001 + (this.#out.both ? 0.3 : 0) + (own ? 0.15 : 0);
    let failed = random() < chance;
    let seconds = this.#median * Math.exp(0.6 * normal(random) + 0.3 * this.#load) * (this.#out.both ? 3 : 1);
    if (random() < 0.02) seconds /= (1 - random()) ** (1 / 1.5);
    if (isCanary) {
      this.#failing = this.#failing ? random() < 2 / 3 : random() < fault.errors / (1 - fault.errors) / 3;
      failed ||= fault.errors > 0 && this.#failing;
      seconds = seconds * this.#canaryFactor * (1 + 3 * Math.exp(-this.#age / 20)) + fault.secondsSlower;
    }
    const count = isCanary ? counts.canary : counts.stable;
    count.errors += failed ? 1 : 0;
    let bucket = 0;
    while (bounds[bucket]! < seconds) bucket += 1;
    count.buckets[bucket] = count.buckets[bucket]! + 1;
  }

  /** Knuth's way, for the small numbers of one second; in parts where it would underflow. */
  #poisson(mean: number): number {
    if (mean > 100) return this.#poisson(mean / 2) + this.#poisson(mean / 2);
    const end = Math.exp(-mean);
    let count = 0;
    for (let product = this.#random(); product > end; product *= this.#random()) count += 1;
    return count;
  }
}

interface Counts {
  errors: number;
  readonly buckets: Float64Array;
}

function emptyCounts(): Counts {
  return { errors: 0, buckets: new Float64Array(bounds.length) };
}

function trafficOf({ errors, buckets }: Counts): Traffic {
  let requests = 0;
  const atMost = Array.from(buckets, (count) => (requests += count));
  return { requests, errors, latency: { bounds, atMost } };
}
