import type { RunProgress } from '@daytrade/contracts';
import { duration } from './format.ts';

const barCells = 24;
const secondsBetweenLines = 5;

/**
 * Tells how far long work has come: one line that is drawn again in a terminal, a line every few seconds elsewhere.
 */
export class ProgressLine {
  readonly #stream: NodeJS.WriteStream;
  readonly #title: string;
  readonly #started = performance.now();
  #lastWritten = Number.NEGATIVE_INFINITY;
  #lastText = '';

  constructor(stream: NodeJS.WriteStream, title: string) {
    this.#stream = stream;
    this.#title = title;
  }

  show(progress: RunProgress | null, waiting: boolean): void {
    const text =
      progress === null ? `${this.#title}  ${waiting ? 'waiting' : 'starting'}` : describe(this.#title, progress);
    if (text === this.#lastText) return;
    if (this.#stream.isTTY) {
      this.#stream.write(`\r\u001b[2K${text.slice(0, Math.max(20, (this.#stream.columns ?? 100) - 1))}`);
    } else {
      if ((performance.now() - this.#lastWritten) / 1000 < secondsBetweenLines) return;
      this.#stream.write(`${text}\n`);
      this.#lastWritten = performance.now();
    }
    this.#lastText = text;
  }

  end(): void {
    if (this.#stream.isTTY) this.#stream.write('\r\u001b[2K');
    this.#stream.write(`${this.#title}  ${duration((performance.now() - this.#started) / 1000)}\n`);
  }
}

function describe(title: string, { stage, fraction, remainingSeconds, message }: RunProgress): string {
  const full = Math.round(fraction * barCells);
  const bar = '█'.repeat(full) + '░'.repeat(barCells - full);
  const left = remainingSeconds === null ? '' : `  ${duration(remainingSeconds)} left`;
  return `${title}  ${bar} ${String(Math.floor(fraction * 100)).padStart(3)} %${left}  ${stage}${message === null ? '' : `: ${message}`}`;
}
