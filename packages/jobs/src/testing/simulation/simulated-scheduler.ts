import { type Clock, sleep } from '../../clock.ts';
import type { Run, RunLedger } from '../../run.ts';
import { ExecutionScheduler } from '../../schedule/execution-scheduler.ts';
import type { ScheduledJob, ScheduleStore } from '../../schedule/schedule.ts';
import type { Chance } from './chance.ts';
import { ledgerOver, schedulesOver } from './cut-off.ts';
import type { DecidedAt } from './policy-check.ts';
import { SimulatedQueue } from './simulated-queue.ts';

/** What the schedulers of a simulation share, and who hears what befalls them. */
export interface SimulatedWorld {
  readonly clock: Clock;
  readonly chance: Chance;
  readonly jobs: readonly ScheduledJob[];
  readonly failuresPerYear: number;
  /** The ledger, as one uses it who has decided then. */
  readonly ledgerOf: (decidedAt: () => DecidedAt) => RunLedger;
  /** Up to when the due times of each job are decided. */
  readonly servedUntil: () => DecidedAt['servedUntil'];
  readonly schedules: ScheduleStore;
  /** Works on what a scheduler has queued. */
  readonly work: (run: Run) => void;
  readonly crashed: (scheduler: SimulatedScheduler, awayMs: number) => void;
  readonly cutOff: () => void;
}

const startAgainMs = 2_000;
/** How often, at a failure, it begins at a call: half before the ledger has it, half after. */
const atACall = 0.8;
/**
 * It is at one of the next calls, of this many. The next one would nearly always be the first of a look at the clock: a
 * failure comes between two looks, and nothing would fail between what is written down in one of them.
 */
const mostCalls = 8;

/** Made once: a simulation waits for it millions of times. */
const nextTurn = Promise.resolve();

async function turnsLater(turns: number): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) await nextTurn;
}

/** A scheduler from its start to its crash; until then it is cut off from the ledger now and then. */
export class SimulatedScheduler {
  readonly #world: SimulatedWorld;
  readonly #scheduler: ExecutionScheduler;
  #cut = false;
  /** Beginnings and ends of calls until the next failure. */
  #untilCut = Infinity;
  #nextIsCrash = false;
  #dead = false;
  /** Since it woke up last: what it decides, it decides at one of these instants. */
  #decides: { instants: number[]; readonly servedUntil: DecidedAt['servedUntil'] };

  constructor(world: SimulatedWorld) {
    this.#world = world;
    this.#decides = this.#awake();
    const link = {
      isCut: () => this.#cut,
      cuts: () => this.#cuts(),
      onTheWay: () => this.#onTheWay(),
    };
    const ledger = ledgerOver(
      link,
      world.ledgerOf(() => this.#decides),
    );
    const { jobs, chance, work } = world;
    const clock = this.#ownClock();
    this.#scheduler = new ExecutionScheduler({
      queue: new SimulatedQueue({ ledger, clock, random: chance.random, queued: work }),
      ledger,
      schedules: schedulesOver(link, world.schedules),
      clock,
      random: chance.random,
      jobs,
      longestSleepMs: Infinity,
      onError: () => undefined,
    });
    this.#planFailure();
    void this.#start();
  }

  /** Ends it, for a time. */
  crash(awayMs: number): void {
    this.#untilCut = Infinity;
    this.#cut = true;
    this.#dead = true;
    this.#scheduler.stop();
    this.#world.crashed(this, awayMs);
  }

  /** The clock of all, by which it wakes up. */
  #ownClock(): Clock {
    const { clock } = this.#world;
    return {
      now: () => clock.now(),
      clearTimeout: (timer) => clock.clearTimeout(timer),
      setTimeout: (callback, milliseconds) =>
        clock.setTimeout(() => {
          this.#decides = this.#awake();
          callback();
        }, milliseconds),
    };
  }

  #awake() {
    return { instants: [this.#world.clock.now()], servedUntil: this.#world.servedUntil() };
  }

  #onTheWay(): Promise<void> {
    const { chance } = this.#world;
    const ms = chance.onTheWayMs();
    if (ms > 0) return this.#later(ms);
    const turns = chance.turnsBehind();
    return turns === 0 ? nextTurn : turnsLater(turns);
  }

  async #later(ms: number): Promise<void> {
    const { clock } = this.#world;
    await sleep(clock, ms);
    this.#decides.instants.push(clock.now());
  }

  async #start(): Promise<void> {
    this.#decides = this.#awake();
    await this.#scheduler.start().catch(() => {
      if (!this.#dead) this.#world.clock.setTimeout(() => void this.#start(), startAgainMs);
    });
  }

  #planFailure(): void {
    const { clock, chance, failuresPerYear } = this.#world;
    clock.setTimeout(() => {
      if (this.#dead) return;
      this.#nextIsCrash = chance.random() < 0.5;
      if (chance.random() < atACall) this.#untilCut = Math.floor(2 * mostCalls * chance.random());
      else this.#fail();
    }, chance.untilNextMs(failuresPerYear));
  }

  #cuts(): boolean {
    this.#untilCut -= 1;
    if (this.#untilCut >= 0) return false;
    this.#fail();
    return true;
  }

  #fail(): void {
    const { clock, chance, cutOff } = this.#world;
    const awayMs = chance.awayMs();
    if (this.#nextIsCrash) {
      this.crash(awayMs);
      return;
    }
    this.#untilCut = Infinity;
    this.#cut = true;
    cutOff();
    clock.setTimeout(() => {
      if (this.#dead) return;
      this.#cut = false;
      this.#planFailure();
    }, awayMs);
  }
}
