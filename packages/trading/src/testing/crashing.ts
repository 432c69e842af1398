import type { PaperEvent } from '@daytrade/contracts';
import type { BookOrder } from '../paper/paper-book.ts';
import { type Answer, PaperGateway } from '../paper/paper-gateway.ts';
import { MemoryLog } from './memory-log.ts';

/** The process ends here. */
export class Crash extends Error {}

/** Ends the process at random: before something was done, or after it and before anybody knew. */
export class CrashingLog extends MemoryLog {
  readonly #random: () => number;
  readonly #often: number;

  constructor(random: () => number, often: number) {
    super();
    this.#random = random;
    this.#often = often;
  }

  override async append(after: number, events: readonly PaperEvent[]): Promise<boolean> {
    if (this.#random() < this.#often) throw new Crash('before it was written');
    const taken = await super.append(after, events);
    if (this.#random() < this.#often) throw new Crash('after it was written');
    return taken;
  }
}

/** A gateway that counts what it was sent, by key, and loses answers. */
export class CrashingGateway extends PaperGateway {
  readonly placed = new Map<string, number>();
  readonly #random: () => number;
  readonly #often: number;

  constructor(random: () => number, often: number) {
    super();
    this.#random = random;
    this.#often = often;
  }

  override async place(order: BookOrder): Promise<Answer> {
    if (this.#random() < this.#often) throw new Crash('before it was sent');
    this.placed.set(order.key, (this.placed.get(order.key) ?? 0) + 1);
    const answer = await super.place(order);
    if (this.#random() < this.#often) throw new Crash('before the answer came');
    return answer;
  }
}
