import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** Whose the cluster is: the deployment that came first, until it is done (actions/turn). */
export class ClusterTurn {
  readonly #folder: string;

  /** @param folder one that is not there */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Variables of the stand-in. */
  environment(owner: string): Readonly<Record<string, string>> {
    return { TURN: this.#folder, OWNER: owner };
  }

  /** Readies the cluster for a deployment once its turn has come. @param signal ends the wait */
  async whenTaken(owner: string, signal: AbortSignal, ready: () => Promise<void>): Promise<void> {
    while (!this.#isOf(owner)) {
      if (signal.aborted) return;
      await pause(500);
    }
    // It waits for this; where the cluster is not as it should be, it fails by itself.
    await ready().finally(() => writeFileSync(join(this.#folder, 'ready'), ''));
  }

  /** Lets another one have the cluster, once it is empty. */
  async release(owner: string, clear: () => Promise<void>): Promise<void> {
    if (!this.#isOf(owner)) return;
    await clear().finally(() => rmSync(this.#folder, { recursive: true }));
  }

  #isOf(owner: string): boolean {
    const file = join(this.#folder, 'owner');
    return existsSync(file) && readFileSync(file, 'utf8').trim() === owner;
  }
}
