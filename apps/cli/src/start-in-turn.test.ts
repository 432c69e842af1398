import { expect, it } from 'vitest';
import { type Machine, waitForIdleProcessor } from './start-in-turn.ts';

const processors = 2;
const servingTakes = 0.8;
const startSeconds = 1;

/** Two processors of which those that serve take a part, in a time that passes only while everyone pauses. */
class SimulatedMachine {
  readonly #random: () => number;
  #now = 0;
  #idle = 0;
  #starting = 0;
  #sleepers: { readonly until: number; readonly wake: () => void }[] = [];
  /** For each number of starts, how many milliseconds they were under way at the same time. */
  readonly together: number[] = [];

  constructor(seed: number) {
    let state = seed;
    this.#random = () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state / 2 ** 32;
    };
  }

  get seconds(): number {
    return this.#now / 1000;
  }

  /** As a process sees it. @param tells false: a system that does not say how idle it is */
  seen(tells = true): Machine {
    return {
      idleSeconds: () => (tells ? this.#idle : undefined),
      now: () => this.#now,
      pause: (ms) => new Promise<void>((wake) => this.#sleepers.push({ until: this.#now + ms, wake })),
      random: this.#random,
    };
  }

  /** A process that waits for its turn and then takes one processor for a second. */
  async starts(mostSeconds: number): Promise<number> {
    await waitForIdleProcessor(mostSeconds, this.seen());
    const waited = this.seconds;
    this.#starting += 1;
    await this.seen().pause(startSeconds * 1000);
    this.#starting -= 1;
    return waited;
  }

  async runs<Result>(work: Promise<Result>): Promise<Result> {
    let over = false;
    void work.finally(() => {
      over = true;
    });
    while (!over) {
      await new Promise((resolve) => setImmediate(resolve));
      this.#now += 1;
      this.#idle += Math.max(0, processors - servingTakes - this.#starting) / 1000;
      this.together[this.#starting] = (this.together[this.#starting] ?? 0) + 1;
      const due = this.#sleepers.filter(({ until }) => until <= this.#now);
      this.#sleepers = this.#sleepers.filter(({ until }) => until > this.#now);
      for (const { wake } of due) wake();
    }
    return await work;
  }
}

it('lets five parts that are replaced at the same time start one after the other', async () => {
  let alone = 0;
  let crowded = 0;
  for (let seed = 1; seed <= 10; seed += 1) {
    const machine = new SimulatedMachine(seed);
    const waits = await machine.runs(Promise.all(Array.from({ length: 5 }, () => machine.starts(60))));
    expect(Math.max(...waits)).toBeLessThan(15);
    alone += machine.together[1] ?? 0;
    crowded += machine.together.slice(2).reduce((sum, ms) => sum + ms, 0);
  }
  // Without turns all five are under way at once.
  expect(crowded / (alone + crowded)).toBeLessThan(0.2);
});

it('waits a second and a half at most on a machine with room', async () => {
  for (let seed = 1; seed <= 20; seed += 1) {
    const machine = new SimulatedMachine(seed);
    await machine.runs(waitForIdleProcessor(60, machine.seen()));
    expect(machine.seconds).toBeLessThanOrEqual(1.6);
  }
});

it('goes anyway on a machine that is never idle, not all at the same time', async () => {
  const machine = new SimulatedMachine(1);
  const busy: Machine = { ...machine.seen(), idleSeconds: () => 0 };
  const ends: number[] = [];
  const waits = Array.from({ length: 4 }, async () => {
    await waitForIdleProcessor(1, busy);
    ends.push(machine.seconds);
  });
  await machine.runs(Promise.all(waits));
  for (const end of ends) {
    expect(end).toBeGreaterThanOrEqual(0.5);
    expect(end).toBeLessThanOrEqual(1.1);
  }
  expect(new Set(ends).size).toBeGreaterThan(1);
});

it('does not wait where the machine does not say how idle it is', async () => {
  const machine = new SimulatedMachine(1);
  await machine.runs(waitForIdleProcessor(60, machine.seen(false)));
  expect(machine.seconds).toBeLessThan(0.01);
});
