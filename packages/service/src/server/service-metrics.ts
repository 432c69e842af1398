import { type MetricKey, metrics as table } from '@daytrade/contracts';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

type KeysOf<Type extends string> = {
  [Key in MetricKey]: (typeof table)[Key]['type'] extends Type ? Key : never;
}[MetricKey];
type LabelsOf<Key extends MetricKey> = (typeof table)[Key]['labels'][number];

/** Upper bounds in seconds, from a cached answer to the longest training. */
const durationBuckets = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1_200, 3_600];

/** The metrics of one service on a registry of their own. Names, labels and help come from `contracts` alone. */
export class ServiceMetrics {
  readonly registry = new Registry();
  readonly #collectors: (() => Promise<void> | void)[] = [];

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  /** The gauge of that key, made at the first call. */
  gauge<Key extends KeysOf<'gauge'>>(key: Key): Gauge<LabelsOf<Key>> {
    return this.#once(key, (settings) => new Gauge(settings));
  }

  counter<Key extends KeysOf<'counter'>>(key: Key): Counter<LabelsOf<Key>> {
    return this.#once(key, (settings) => new Counter(settings));
  }

  histogram<Key extends KeysOf<'histogram'>>(key: Key): Histogram<LabelsOf<Key>> {
    return this.#once(key, (settings) => new Histogram({ ...settings, buckets: durationBuckets }));
  }

  /** Runs before each scrape, for values that are read where they are kept. */
  beforeScrape(collect: () => Promise<void> | void): void {
    this.#collectors.push(collect);
  }

  /** The text that Prometheus reads. */
  async scrape(failed: (error: unknown) => void): Promise<string> {
    await this.collect(failed);
    return await this.registry.metrics();
  }

  /** Brings the registry up to date. A collector that fails is reported and leaves its old values. */
  async collect(failed: (error: unknown) => void): Promise<void> {
    for (const collect of this.#collectors) {
      try {
        await collect();
      } catch (error) {
        failed(error);
      }
    }
  }

  #once<Metric>(key: MetricKey, make: (settings: MetricSettings) => Metric): Metric {
    const { name, help, labels } = table[key];
    const existing = this.registry.getSingleMetric(name) as Metric | undefined;
    return existing ?? make({ name, help, labelNames: [...labels], registers: [this.registry] });
  }
}

interface MetricSettings {
  readonly name: string;
  readonly help: string;
  readonly labelNames: string[];
  readonly registers: Registry[];
}
