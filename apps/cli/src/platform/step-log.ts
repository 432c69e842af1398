import { duration } from '../output/format.ts';

/** Tells on standard error what a start does and where its time goes. */
export class StepLog {
  readonly #stream: NodeJS.WriteStream;
  readonly #started = performance.now();

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
  }

  /** Does one step and prints its name with its time. */
  async step<Value>(title: string, action: () => Promise<Value>): Promise<Value> {
    const started = performance.now();
    const value = await action();
    this.#stream.write(`  ${title.padEnd(36)} ${duration((performance.now() - started) / 1000).padStart(10)}\n`);
    return value;
  }

  /** Seconds since the start of the process, which includes loading the code. */
  get totalSeconds(): number {
    return performance.now() / 1000;
  }

  /** Prints how long the code took to load, before the first step. */
  loaded(): void {
    this.#stream.write(`  ${'load the code'.padEnd(36)} ${duration(this.#started / 1000).padStart(10)}\n`);
  }
}
