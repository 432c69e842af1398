import type { BarProvider } from '../provider.ts';

/** Progress of a fetch. */
export interface FetchProgress {
  readonly filesDone: number;
  readonly files: number;
  /** 0 to 1. */
  readonly fraction: number;
  /** Symbol that was done last. */
  readonly symbol: string | null;
  /** Activity of the provider before the next source is done, as a wait; null where it reports none. */
  readonly activity: string | null;
}

type Reached = Pick<FetchProgress, 'filesDone' | 'files' | 'symbol'>;

/** Follows a fetch: what is done, and what the provider does meanwhile. */
export class FetchWatch {
  readonly #onProgress: (progress: FetchProgress) => void;
  #reached: Reached = { filesDone: 0, files: 0, symbol: null };

  constructor(provider: Pick<BarProvider, 'watch'>, onProgress: (progress: FetchProgress) => void = () => undefined) {
    this.#onProgress = onProgress;
    provider.watch?.((activity) => this.#tell(activity));
  }

  report(reached: Partial<Reached>): void {
    this.#reached = { ...this.#reached, ...reached };
    this.#tell(null);
  }

  #tell(activity: string | null): void {
    const { filesDone, files } = this.#reached;
    this.#onProgress({ ...this.#reached, fraction: files === 0 ? 0 : filesDone / files, activity });
  }
}
