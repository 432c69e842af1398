import { setTimeout as pause } from 'node:timers/promises';
import type { Installation } from './installation.ts';

const tries = 3;

/** A command that is killed at chosen moments of its run, each time on an installation of its own. */
export class Victim {
  readonly #args: readonly string[];
  readonly #install: () => Installation;
  /** How long it takes undisturbed, as last measured. */
  seconds = 0;
  /** How often it was killed before its end. */
  kills = 0;

  constructor(args: readonly string[], install: () => Installation) {
    this.#args = args;
    this.#install = install;
  }

  /** Runs it undisturbed, which also measures how long it takes. @throws Error when it fails */
  async run(): Promise<Installation> {
    const installation = this.#install();
    const ended = await installation.daytrade(...this.#args);
    if (ended.stdout === '') throw new Error(`daytrade ${this.#args.join(' ')} failed: ${ended.stderr}`);
    this.seconds = ended.seconds;
    return installation;
  }

  /**
   * Kills it after a share of its time. Where it is faster than measured, and so ends before that, it is measured anew
   * and tried again.
   */
  async killAt(share: number): Promise<Installation> {
    for (let left = tries; ; left -= 1) {
      const installation = this.#install();
      const process = installation.start(this.#args);
      await Promise.race([pause(share * this.seconds * 1000), process.finished]);
      process.kill();
      const { signal, seconds } = await process.finished;
      if (signal === 'SIGKILL') this.kills += 1;
      else this.seconds = seconds;
      if (signal === 'SIGKILL' || left === 1) return installation;
    }
  }
}
