import { cpSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { newState } from '@daytrade/storage/testing';
import type { z } from 'zod';
import { commandHere, type FinishedHere } from './command-here.ts';
import {
  type Finished,
  RunningProcess,
  repositoryRoot,
  type StartOptions,
  temporaryFolder,
} from './running-process.ts';

/** A state folder of its own, and the command line that works on it, on free ports. */
export class Installation {
  readonly stateFolder: string;
  readonly #environment: Readonly<Record<string, string>>;

  constructor(purpose: string, environment: Readonly<Record<string, string>> = {}) {
    this.stateFolder = join(temporaryFolder(purpose), 'state');
    this.#environment = { ...freePorts, DAYTRADE_STATE_DIR: this.stateFolder, ...environment };
  }

  /** Whether a process has its state folder open, or died in it. */
  get isOpen(): boolean {
    return existsSync(join(this.stateFolder, 'lock'));
  }

  /** Puts a new state into its folder, for a test of what comes after a first start. */
  async begin(): Promise<void> {
    await newState(this.stateFolder);
  }

  start(args: readonly string[], options: StartOptions = {}): RunningProcess {
    const environment = { ...this.#environment, ...options.environment };
    return new RunningProcess(join(repositoryRoot, 'daytrade'), args, { ...options, environment });
  }

  /** Runs `daytrade …` to its end. */
  daytrade(...args: readonly string[]): Promise<Finished> {
    return this.start(args).finished;
  }

  /** Runs `daytrade … --json` and reads its result. @throws Error when it does not end with exit code 0 */
  async read<Schema extends z.ZodType>(schema: Schema, ...args: readonly string[]): Promise<z.output<Schema>> {
    return schema.parse(JSON.parse(resultOf(args, await this.daytrade(...args, '--json'))));
  }

  /** Runs `daytrade …` to its end in this process; see {@link commandHere}. */
  here(...args: readonly string[]): Promise<FinishedHere> {
    return commandHere(this.#environment, args);
  }

  /** {@link read} in this process. @throws Error when it does not end with exit code 0 */
  async readHere<Schema extends z.ZodType>(schema: Schema, ...args: readonly string[]): Promise<z.output<Schema>> {
    return schema.parse(JSON.parse(resultOf(args, await this.here(...args, '--json'))));
  }

  /** Another installation that begins with what is in this one's state folder now; no process may have it open. */
  copy(purpose: string, environment: Readonly<Record<string, string>> = {}): Installation {
    const copy = new Installation(purpose, environment);
    cpSync(this.stateFolder, copy.stateFolder, { recursive: true });
    return copy;
  }

  /** Removes the state folder, where many are made. */
  remove(): void {
    rmSync(this.stateFolder, { recursive: true, force: true });
  }
}

function resultOf(args: readonly string[], ended: FinishedHere | Finished): string {
  if (ended.exitCode === 0) return ended.stdout;
  throw new Error(`daytrade ${args.join(' ')} ended with ${ended.exitCode ?? 'a signal'}:\n${ended.stderr}`);
}

/** Settings with which several platforms run beside each other. */
export const freePorts: Readonly<Record<string, string>> = {
  DAYTRADE_PORT: '0',
  DAYTRADE_LOG_LEVEL: 'warn',
};
