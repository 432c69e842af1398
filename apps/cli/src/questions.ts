import { createInterface, type Interface } from 'node:readline';
import { Writable } from 'node:stream';
import { DayTradeError } from '@daytrade/errors';
import type { CommandContext } from './define-command.ts';
import { say } from './language/language.ts';

/**
 * Asks a person, line by line: in a terminal, where a secret is typed without being shown, or from a pipe, whose lines
 * are the answers in order. Questions go to standard error.
 */
export class Questions implements Disposable {
  readonly #reader: Interface;
  readonly #lines: AsyncIterator<string>;
  readonly #stderr: NodeJS.WriteStream;
  readonly #signal: AbortSignal;
  #isHidden = false;

  constructor({ terminal: { stderr }, stdin: open, signal }: Pick<CommandContext, 'terminal' | 'stdin' | 'signal'>) {
    const stdin = open();
    this.#stderr = stderr;
    this.#signal = signal;
    const output = new Writable({ write: (text: Buffer, _encoding, done) => this.#echo(text, done) });
    // An abort closes the reader, which ends the lines.
    this.#reader = createInterface({ input: stdin, output, terminal: stdin.isTTY === true, historySize: 0, signal });
    this.#lines = this.#reader[Symbol.asyncIterator]();
    // A terminal that is read key by key sends no signal by itself.
    this.#reader.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  }

  /**
   * @param fallback what an empty answer means; without one the question is asked until there is an answer
   * @throws DayTradeError `run.cancelled` after Ctrl-C; `input.invalid` at the end of the input
   */
  async ask(question: string, fallback?: string): Promise<string> {
    for (;;) {
      const answer =
        (await this.#answerTo(fallback === undefined ? `${question}: ` : `${question} [${fallback}]: `)) || fallback;
      if (answer !== undefined) return answer;
    }
  }

  /** A text that is not shown while it is typed; an empty one where nothing was. @throws as {@link ask} */
  async askSecret(question: string): Promise<string> {
    this.#isHidden = true;
    try {
      return await this.#answerTo(`${question}: `);
    } finally {
      this.#isHidden = false;
      this.#stderr.write('\n');
    }
  }

  /** @throws as {@link ask} */
  async confirm(question: string, isUsual: boolean): Promise<boolean> {
    const [yes, no] = [say('yes'), say('no')];
    for (;;) {
      const answer = (await this.ask(question, isUsual ? yes : no)).toLowerCase();
      if (['y', 'yes', yes].includes(answer)) return true;
      if (['n', 'no', no].includes(answer)) return false;
    }
  }

  /** Says something between two questions. */
  say(text: string): void {
    this.#stderr.write(`${text}\n`);
  }

  [Symbol.dispose](): void {
    this.#reader.close();
  }

  async #answerTo(prompt: string): Promise<string> {
    this.#stderr.write(prompt);
    const { value, done } = await this.#lines.next();
    if (this.#signal.aborted) throw new DayTradeError('run.cancelled', 'stopped at a question; nothing was changed');
    if (done === true) throw this.#endedAt(prompt);
    return value.trim();
  }

  #endedAt(prompt: string): DayTradeError {
    this.#stderr.write('\n');
    const message =
      `standard input ended at the question ${JSON.stringify(prompt.replace(/: $/, ''))}; answer it by ` +
      'an option of the command (--help), or with --yes';
    return new DayTradeError('input.invalid', message);
  }

  /** Echoes a line while it is typed, unless it is a secret. */
  #echo(text: Buffer, done: () => void): void {
    if (!this.#isHidden) this.#stderr.write(text.toString());
    done();
  }
}
