import type { BarProvider } from '../provider.ts';

/** Progress of a fetch. */
export interface FetchProgress {
  readonly filesDone: number;
  readonly files: number;
  /** 0 to 1. */
  readonly fraction: number;
  /** Estimated from the pace so far and the limits of the provider; null while nothing says it. */
  readonly remainingSeconds: number | null;
  /** Symbol that was done last. */
  readonly symbol: string | null;
  /** Activity of the provider before the next source is done, as a wait; null where it reports none. */
  readonly activity: string | null;
}

type Reached = Pick<FetchProgress, 'filesDone' | 'files' | 'symbol'>;

/** Follows a fetch: what is done, what the provider does meanwhile, and how long the rest will take. */
export class FetchWatch {
  readonly #provider: Pick<BarProvider, 'remainingMilliseconds'>;
  readonly #now: () => number;
  readonly #onProgress: (progress: FetchProgress) => void;
  readonly #started: number;
  #reached: Reached = { filesDone: 0, files: 0, symbol: null };
  /** When the first was done; before it, what all of them share may have been read. */
  #firstDoneAt: number | undefined;

  constructor(
    provider: Pick<BarProvider, 'watch' | 'remainingMilliseconds'>,
    now: () => number,
    onProgress: (progress: FetchProgress) => void = () => undefined,
  ) {
    this.#provider = provider;
    this.#now = now;
    this.#started = now();
    this.#onProgress = onProgress;
    provider.watch?.((activity) => this.#tell(activity));
  }

  report(reached: Partial<Reached>): void {
    this.#reached = { ...this.#reached, ...reached };
    if (this.#reached.filesDone > 0) this.#firstDoneAt ??= this.#now();
    this.#tell(null);
  }

  #tell(activity: string | null): void {
    const { filesDone, files } = this.#reached;
    const fraction = files === 0 ? 0 : filesDone / files;
    this.#onProgress({ ...this.#reached, fraction, remainingSeconds: this.#remainingSeconds(), activity });
  }

  #remainingSeconds(): number | null {
    const { filesDone, files } = this.#reached;
    const left = files - filesDone;
    const limit = this.#provider.remainingMilliseconds?.();
    if (limit === undefined) return filesDone === 0 ? null : (this.#secondsSince(this.#started) / filesDone) * left;
    if (this.#firstDoneAt === undefined || filesDone < 2) return limit > 0 ? limit / 1000 : null;
    return Math.max(limit / 1000, (this.#secondsSince(this.#firstDoneAt) / (filesDone - 1)) * left);
  }

  #secondsSince(instant: number): number {
    return (this.#now() - instant) / 1000;
  }
}
