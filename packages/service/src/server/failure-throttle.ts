/** Wrong tokens that are looked at without a pause, and how fast one more may come. */
const perAddress = { atOnce: 10, everyMs: 5_000 };
const overall = { atOnce: 200, everyMs: 100 };
const mostAddresses = 10_000;

/** Failures that were not forgiven yet, at a moment. */
interface Count {
  readonly failures: number;
  readonly at: number;
}

/**
 * Bounds wrong tokens: an address has few at once and then one every few seconds, and so have all addresses together.
 * The first wrong token of an address always has its turn.
 */
export class FailureThrottle {
  readonly #now: () => number;
  readonly #addresses = new Map<string, Count>();
  #all: Count = { failures: 0, at: 0 };

  /** @param now milliseconds of a clock that only goes forward */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Whole seconds after which the address may try again; 0 when it may now. */
  secondsToWait(address: string): number {
    const own = this.#addresses.get(address);
    if (own === undefined) return 0;
    return Math.ceil(Math.max(this.#excessMs(own, perAddress), this.#excessMs(this.#all, overall)) / 1_000);
  }

  /** Counts a wrong token. */
  failed(address: string): void {
    const own = this.#oneMore(this.#addresses.get(address), perAddress);
    this.#addresses.delete(address);
    this.#addresses.set(address, own);
    this.#all = this.#oneMore(this.#all, overall);
    if (this.#addresses.size <= mostAddresses) return;
    const [oldest] = this.#addresses.keys();
    this.#addresses.delete(oldest as string);
  }

  #oneMore(count: Count | undefined, { everyMs }: typeof perAddress): Count {
    const now = this.#now();
    const left = count === undefined ? 0 : Math.max(0, count.failures - (now - count.at) / everyMs);
    return { failures: left + 1, at: now };
  }

  /** How long until one failure fewer than what is allowed at once is on the count. */
  #excessMs({ failures, at }: Count, { atOnce, everyMs }: typeof perAddress): number {
    return Math.max(0, (failures + 1 - atOnce) * everyMs - (this.#now() - at));
  }
}
