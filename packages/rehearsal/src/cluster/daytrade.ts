import { ProgramFailure, type Programs } from '@daytrade/deployment';

/** What `daytrade … --json` ended with. */
export interface Answer {
  readonly exitCode: number;
  /** What it printed; null where it failed. */
  readonly value: unknown;
  /** What it reported as wrong; null where it succeeded. */
  readonly error: { readonly code: string; readonly message: string; readonly details: unknown } | null;
}

/** The command line itself, as somebody types it: a rehearsal goes through what a deployment goes through. */
export class Daytrade {
  readonly #programs: Programs;
  readonly #command: readonly string[];
  readonly #place: readonly string[];

  /**
   * @param command how this program is called, such as `['node', 'apps/cli/src/main.ts']`
   * @param place options that every command of a deployment is given here
   */
  constructor(programs: Programs, command: readonly string[], place: readonly string[]) {
    this.#programs = programs;
    this.#command = command;
    this.#place = place;
  }

  /** Runs a command to its end, whatever that is. @throws Error where it was ended by a signal */
  async attempt(...args: readonly string[]): Promise<Answer> {
    const [program = '', ...first] = this.#command;
    try {
      const text = await this.#programs.read(program, [...first, ...args, ...this.#place, '--json']);
      return { exitCode: 0, value: JSON.parse(text), error: null };
    } catch (error) {
      if (!(error instanceof ProgramFailure) || error.exitCode === undefined) throw error;
      const reported = /^\{"error".*\}$/m.exec(error.said)?.[0];
      const known = reported === undefined ? undefined : (JSON.parse(reported) as { error: Answer['error'] }).error;
      const said = { code: 'unknown', message: error.said.trim().slice(-2000), details: null };
      return { exitCode: error.exitCode, value: null, error: known ?? said };
    }
  }

  /** Runs a command that has to succeed. @throws Error with what it reported */
  async run(...args: readonly string[]): Promise<unknown> {
    const { exitCode, value, error } = await this.attempt(...args);
    if (error === null) return value;
    throw new Error(`daytrade ${args.slice(0, 2).join(' ')} ended with ${exitCode}: ${error.message}`);
  }
}
