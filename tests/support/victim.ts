import { setTimeout as pause } from 'node:timers/promises';
import type { Installation } from './installation.ts';
import type { RunningProcess } from './running-process.ts';

const tries = 3;
const lookEveryMilliseconds = 2;

/** A command that is killed at chosen moments of its run, each time on an installation of its own. */
export class Victim {
  readonly #args: readonly string[];
  readonly #install: () => Installation;
  readonly #hasBegun: (installation: Installation) => boolean;
  /** How long its work takes undisturbed, as last measured. */
  seconds = 0;
  /** How often it was killed before its end. */
  kills = 0;

  /**
   * @param hasBegun whether its work has begun, of which moments are shares; a process that loads its code is not worth
   * killing. Without it the work begins with the process.
   */
  constructor(
    args: readonly string[],
    install: () => Installation,
    hasBegun: (installation: Installation) => boolean = () => true,
  ) {
    this.#args = args;
    this.#install = install;
    this.#hasBegun = hasBegun;
  }

  /** Runs it undisturbed, which also measures how long it takes. @throws Error when it fails */
  async run(): Promise<Installation> {
    const installation = this.#install();
    const process = installation.start(this.#args);
    const begun = await this.#begin(installation, process);
    const ended = await process.finished;
    if (ended.stdout === '') throw new Error(`daytrade ${this.#args.join(' ')} failed: ${ended.stderr}`);
    this.seconds = ended.seconds - begun;
    return installation;
  }

  /**
   * Kills it after a share of its work. Where it is faster than measured, and so ends before that, it is measured anew
   * and tried again.
   */
  async killAt(share: number): Promise<Installation> {
    for (let left = tries; ; left -= 1) {
      const installation = this.#install();
      const process = installation.start(this.#args);
      const begun = await this.#begin(installation, process);
      await Promise.race([pause(share * this.seconds * 1000), process.finished]);
      process.kill();
      const { signal, seconds } = await process.finished;
      if (signal === 'SIGKILL') this.kills += 1;
      else this.seconds = seconds - begun;
      if (signal === 'SIGKILL' || left === 1) return installation;
    }
  }

  /** Waits until its work has begun; gives the seconds since the start of the process. */
  async #begin(installation: Installation, process: RunningProcess): Promise<number> {
    let isOver = false;
    void process.finished.then(() => {
      isOver = true;
    });
    while (!isOver && !this.#hasBegun(installation)) await pause(lookEveryMilliseconds);
    return process.seconds;
  }
}
