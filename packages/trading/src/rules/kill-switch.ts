import { DayTradeError } from '@daytrade/errors';

/** Who stopped trading, when and why. */
export interface Halt {
  readonly reason: string;
  /** Instant, milliseconds since 1970 UTC. */
  readonly at: number;
}

/** Stops all orders for good: what is halted stays halted, and only a new session of trading begins without it. */
export class KillSwitch {
  #halt: Halt | undefined;

  /** The first halt counts: later ones change neither its reason nor its time. */
  halt(reason: string, at: number): void {
    this.#halt ??= { reason, at };
  }

  get halted(): Halt | undefined {
    return this.#halt;
  }

  /** @throws DayTradeError `trading.halted` with the reason of the halt */
  assertOpen(): void {
    if (this.#halt === undefined) return;
    throw new DayTradeError('trading.halted', `trading is halted: ${this.#halt.reason}`, {
      details: { ...this.#halt },
    });
  }
}
