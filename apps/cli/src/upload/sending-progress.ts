import type { Upload } from '@daytrade/contracts';
import { ProgressLine, type ProgressStream } from '../output/progress-line.ts';

const megabyte = 1_000_000;

/** Shows how much of an upload has been sent, how fast, and how long the rest takes at that pace. */
export class SendingProgress {
  readonly total: number;
  readonly #line: ProgressLine;
  readonly #now: () => number;
  readonly #received = new Map<string, number>();
  readonly #startedAt: number;
  readonly #startedWith: number;

  /** @param now a clock in milliseconds */
  constructor(stream: ProgressStream, { files }: Pick<Upload, 'files'>, now: () => number = () => performance.now()) {
    this.#line = new ProgressLine(stream, 'import', now);
    this.#now = now;
    this.total = files.reduce((sum, { bytes }) => sum + bytes, 0);
    for (const { name, received } of files) this.#received.set(name, received);
    this.#startedAt = now();
    this.#startedWith = this.sent;
  }

  /** Bytes that have come, those of earlier attempts too. */
  get sent(): number {
    return this.#received.values().reduce((sum, bytes) => sum + bytes, 0);
  }

  /** How much of both numbers, in megabytes. */
  get words(): string {
    return `${(this.sent / megabyte).toFixed(1)} of ${(this.total / megabyte).toFixed(1)} MB`;
  }

  show(name: string, received: number): void {
    this.#received.set(name, received);
    const seconds = (this.#now() - this.#startedAt) / 1_000;
    const perSecond = seconds > 0 ? (this.sent - this.#startedWith) / seconds : 0;
    this.#line.show(
      {
        stage: 'sending files',
        fraction: this.total === 0 ? 1 : this.sent / this.total,
        remainingSeconds: perSecond > 0 ? (this.total - this.sent) / perSecond : null,
        message: `${this.words}, ${(perSecond / megabyte).toFixed(1)} MB/s`,
      },
      false,
    );
  }

  end(): void {
    this.#line.end();
  }
}
