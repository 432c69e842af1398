import type { Clock, TimerHandle } from '../clock.ts';
import type { RunProgress } from '../run.ts';
import type { TaskProgress } from '../workers/worker-task.ts';

const writeEveryMs = 1000;
/** A pace before this fraction is too inaccurate for an estimate. */
const leastFractionForEstimate = 0.01;

export interface ProgressTrackerOptions {
  readonly clock: Clock;
  /** Writes a state; called at most about once a second, one call at a time. */
  readonly write: (progress: RunProgress) => Promise<void>;
}

/** The progress of one attempt. The fraction never falls; an unreported remaining time is estimated from the pace. */
export class ProgressTracker {
  readonly #clock: Clock;
  readonly #write: (progress: RunProgress) => Promise<void>;
  readonly #startedAt: number;
  #latest: RunProgress | null = null;
  #timer: TimerHandle | undefined;
  #writing: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(options: ProgressTrackerOptions) {
    this.#clock = options.clock;
    this.#write = options.write;
    this.#startedAt = options.clock.now();
  }

  /** The newest state, written or not. */
  get latest(): RunProgress | null {
    return this.#latest;
  }

  report(progress: TaskProgress): void {
    if (this.#closed) return;
    const reported = Number.isFinite(progress.fraction) ? Math.min(1, Math.max(0, progress.fraction)) : 0;
    const fraction = Math.max(reported, this.#latest?.fraction ?? 0);
    this.#latest = {
      stage: progress.stage,
      fraction,
      remainingSeconds: progress.remainingSeconds ?? this.#remainingSeconds(fraction),
      message: progress.message ?? null,
    };
    this.#timer ??= this.#clock.setTimeout(() => this.#flush(), writeEveryMs);
  }

  /** Ignores further reports and waits for the last write. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#clock.clearTimeout(this.#timer);
    await this.#writing;
  }

  #remainingSeconds(fraction: number): number | null {
    if (fraction < leastFractionForEstimate) return null;
    const elapsed = (this.#clock.now() - this.#startedAt) / 1000;
    return Math.max(0, (elapsed * (1 - fraction)) / fraction);
  }

  #flush(): void {
    this.#timer = undefined;
    const progress = this.#latest;
    if (progress !== null) this.#writing = this.#writing.then(() => this.#write(progress));
  }
}
