import type { RunProgress } from '@daytrade/contracts';
import { stageInJapanese } from '@daytrade/contracts/japanese';
import stringWidth from 'string-width';
import { say, sayBy, translated } from '../language/language.ts';
import { duration } from './format.ts';

const barCells = 24;
const secondsBetweenLines = 5;
const eraseLine = '\r\u001b[2K';

/** The part of standard error that a progress line uses. */
export type ProgressStream = Pick<NodeJS.WriteStream, 'write' | 'isTTY' | 'columns'>;

/**
 * Shows how far long work has come: one line that is drawn again in a terminal and erased at the end, a line every few
 * seconds elsewhere.
 */
export class ProgressLine {
  readonly #stream: ProgressStream;
  readonly #title: string;
  readonly #now: () => number;
  #nextLine: number;
  #lastText = '';

  constructor(stream: ProgressStream, title: string, now: () => number = () => performance.now()) {
    this.#stream = stream;
    this.#title = say(title);
    this.#now = now;
    this.#nextLine = now();
  }

  /** @param waiting whether the work stands in a queue */
  show(progress: RunProgress | null, waiting: boolean): void {
    const text =
      progress === null ? `${this.#title}  ${say(waiting ? 'waiting' : 'starting')}` : describe(this.#title, progress);
    if (text === this.#lastText) return;
    if (this.#stream.isTTY) {
      this.#lastText = text;
      this.#stream.write(`${eraseLine}${cut(text, Math.max(20, (this.#stream.columns ?? 100) - 1))}`);
    } else if (progress !== null && this.#now() >= this.#nextLine) {
      this.#lastText = text;
      this.#nextLine = this.#now() + secondsBetweenLines * 1000;
      this.#stream.write(`${text}\n`);
    }
  }

  /** Makes room for what is printed next. */
  end(): void {
    if (this.#stream.isTTY && this.#lastText !== '') this.#stream.write(eraseLine);
  }
}

function describe(title: string, { stage, fraction, remainingSeconds, message }: RunProgress): string {
  const full = Math.floor(fraction * barCells);
  const bar = '█'.repeat(full) + '░'.repeat(barCells - full);
  const left = remainingSeconds === null ? [] : [say`${duration(remainingSeconds)} left`];
  const percent = `${String(Math.floor(fraction * 100)).padStart(3)} %`;
  return [title, `${bar} ${percent}`, ...left, stepInWords(stage, message)].join('  ');
}

function stepInWords(stage: string, message: string | null): string {
  const step = sayBy((text) => stageInJapanese(text) ?? say(text), stage);
  if (message === null) return step;
  const inWords = (_: string, done: string, all: string) => say`${done} of ${all}`;
  return `${step}: ${translated(message).replace(/^(\d+) of (\d+)/, inWords)}`;
}

/** Cuts a text to the columns of a terminal, of which a Japanese character takes two. */
function cut(text: string, columns: number): string {
  let start = text;
  while (stringWidth(start) > columns) start = start.slice(0, -1);
  return start;
}
