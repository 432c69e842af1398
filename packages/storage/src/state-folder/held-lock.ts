import { readLock, removeLock, touchLock } from './lock-file.ts';
import type { OsLock } from './os-lock.ts';

export interface HeldLockOptions {
  readonly osLock: OsLock;
  /** The file `lock`, and what this process wrote into it. */
  readonly path: string;
  readonly text: string;
  /** The clock, milliseconds since 1970 UTC. */
  readonly now: () => number;
  /** Called once, when the file says something else: another machine took the folder while this one slept. */
  readonly onLost: (found: string | undefined) => void;
  readonly touchMilliseconds?: number;
}

const defaultTouchMilliseconds = 5000;

/** The state folder is this process's. Until it is released, `lock` is touched every few seconds and looked at. */
export class HeldLock {
  readonly #options: HeldLockOptions;
  readonly #timer: NodeJS.Timeout;

  constructor(options: HeldLockOptions) {
    this.#options = options;
    // A timer that is late fires before anything else that waits in the event loop: after a sleep this looks first.
    this.#timer = setInterval(() => this.#touch(), options.touchMilliseconds ?? defaultTouchMilliseconds);
    this.#timer.unref();
  }

  /** Gives the folder back. */
  release(): void {
    clearInterval(this.#timer);
    try {
      removeLock(this.#options.path, this.#options.text);
    } finally {
      this.#options.osLock.release();
    }
  }

  #touch(): void {
    const found = this.#look();
    if (found === 'ours') return;
    clearInterval(this.#timer);
    this.#options.onLost(found.text);
  }

  #look(): 'ours' | { readonly text: string | undefined } {
    const { path, text, now } = this.#options;
    try {
      const found = readLock(path)?.text;
      if (found !== text) return { text: found };
      touchLock(path, now());
    } catch {
      // A file system that is away for a while is asked again.
    }
    return 'ours';
  }
}
