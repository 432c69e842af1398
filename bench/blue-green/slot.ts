import { once } from 'node:events';
import {
  type DistributedPlatform,
  type Part,
  type PartName,
  untilReadiness,
} from '../../tests/support/distributed-platform.ts';

/** Processes of each part, in the order in which each finds what it asks. */
const counts: Readonly<Record<PartName, number>> = {
  'ml-service': 2,
  'data-service': 1,
  'scheduler-service': 1,
  worker: 1,
  dashboard: 1,
};
const operational = /route="\/(?:healthz|readyz|metrics)"/;

/** The processes of one slot, as a slot of container groups has them. */
export class Slot {
  readonly name: string;
  readonly #parts: readonly (readonly [PartName, Part])[];

  private constructor(name: string, parts: readonly (readonly [PartName, Part])[]) {
    this.name = name;
    this.#parts = parts;
  }

  /**
   * Starts them on the stores that both slots share, and waits until each is ready.
   * @param secrets settings of theirs in the place of those that the platform began with
   */
  static async fill(
    name: string,
    platform: DistributedPlatform,
    secrets: Readonly<Record<string, string>> = {},
  ): Promise<Slot> {
    const parts: [PartName, Part][] = [];
    for (const [part, count] of Object.entries(counts) as [PartName, number][]) {
      const where = (service: PartName) => parts.find(([known]) => known === service)?.[1].url ?? '';
      const services = {
        DAYTRADE_ML_URL: where('ml-service'),
        DAYTRADE_DATA_URL: where('data-service'),
        DAYTRADE_SCHEDULER_URL: where('scheduler-service'),
      };
      for (let started = 0; started < count; started += 1) {
        parts.push([part, await platform.serve(part, part === 'dashboard' ? services : secrets)]);
      }
    }
    for (const [, part] of parts) await untilReadiness(part, true, 120);
    return new Slot(name, parts);
  }

  /** Where its parts are reached, by their names. */
  get urls(): Readonly<Record<string, readonly string[]>> {
    const names = new Set(this.#parts.map(([name]) => name));
    return Object.fromEntries(
      [...names].map((name) => [name, this.#parts.filter(([other]) => other === name).map(([, { url }]) => url)]),
    );
  }

  /** How many requests it has answered by now, but for probes and scrapes. */
  async answered(authorisation: Readonly<Record<string, string>>): Promise<number> {
    let sum = 0;
    for (const [, { url }] of this.#parts) {
      const text = await (await fetch(`${url}/metrics`, { headers: authorisation })).text();
      const counted = text.matchAll(/^daytrade_http_request_duration_seconds_count\{(.*)\} (\d+)$/gm);
      for (const [, labels = '', count] of counted) if (!operational.test(labels)) sum += Number(count);
    }
    return sum;
  }

  /** SIGTERM to each process, as the end of a container group; gives the exit codes. */
  async empty(): Promise<readonly (number | null)[]> {
    return await Promise.all(
      this.#parts.map(async ([, { process }]) => {
        const ended = once(process, 'exit');
        process.kill('SIGTERM');
        return ((await ended) as [number | null])[0];
      }),
    );
  }
}
