import { duration } from '../output/format.ts';

const titleWidth = 36;
const timeWidth = 10;

/** Reports on standard error what a start does and where its time goes. */
export class StepLog {
  readonly #stream: Pick<NodeJS.WriteStream, 'write'>;
  readonly #started = performance.now();

  constructor(stream: Pick<NodeJS.WriteStream, 'write'>) {
    this.#stream = stream;
  }

  /** Does one step and prints its name with its time. */
  async step<Value>(title: string, action: () => Promise<Value>): Promise<Value> {
    const started = performance.now();
    const value = await action();
    this.#timed(title, performance.now() - started);
    return value;
  }

  /** Prints how long the code took to load, before the first step. */
  loaded(): void {
    this.#timed('load the code', this.#started);
  }

  /** Prints something worth knowing between two steps. */
  note(title: string, text: string): void {
    this.#stream.write(`  ${title.padEnd(titleWidth)} ${text}\n`);
  }

  /** Seconds since the start of the process, which includes loading the code. */
  get totalSeconds(): number {
    return performance.now() / 1000;
  }

  #timed(title: string, milliseconds: number): void {
    this.note(title, duration(milliseconds / 1000).padStart(timeWidth));
  }
}
