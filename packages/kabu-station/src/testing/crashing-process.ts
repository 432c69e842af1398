import type { PaperEvent } from '@daytrade/contracts';
import type { PaperLog } from '@daytrade/paper';
import { longestAnswer, NoAnswer, type Transport } from '../transport.ts';
import type { KabuSimulator } from './kabu-simulator.ts';
import type { SimulatedClock } from './simulated-clock.ts';

/** The process ends here. */
export class Crash extends Error {}

interface ProcessParts {
  readonly log: PaperLog;
  readonly simulator: KabuSimulator;
  readonly clock: SimulatedClock;
  readonly random: () => number;
  /** How often it ends, as a share of what it writes down or asks. */
  readonly crashing: number;
}

/** A process that may end before or after anything that it writes down or asks; then it does nothing any more. */
export class CrashingProcess {
  readonly #parts: ProcessParts;
  #isOver = false;

  constructor(parts: ProcessParts) {
    this.#parts = parts;
  }

  readonly log: PaperLog = {
    read: async () => {
      this.#assertAlive();
      return await this.#parts.log.read();
    },
    append: async (after: number, events: readonly PaperEvent[]) => {
      this.#mayEnd();
      const taken = await this.#parts.log.append(after, events);
      this.#mayEnd();
      return taken;
    },
  };

  readonly transport: Transport = async (request) => {
    const { clock, simulator, random } = this.#parts;
    this.#mayEnd();
    await clock.wait(10 + 90 * random());
    const reply = simulator.handle(request);
    this.#mayEnd();
    if (reply !== undefined) return reply;
    await clock.wait(longestAnswer);
    throw new NoAnswer(request.path);
  };

  #mayEnd(): void {
    this.#assertAlive();
    if (this.#parts.crashing === 0 || this.#parts.random() >= this.#parts.crashing) return;
    this.#isOver = true;
    this.#assertAlive();
  }

  #assertAlive(): void {
    if (this.#isOver) throw new Crash('the process has ended');
  }
}
