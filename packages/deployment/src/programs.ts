import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import { endsWithThis } from './children.ts';
import { longestSeconds } from './time-limits.ts';

/** How a program is run. */
export interface RunOptions {
  readonly folder?: string;
  /** What it reads on standard input; never shown. */
  readonly input?: string;
  /** Exit codes of success; only 0 by default. */
  readonly allowed?: readonly number[];
  /** How long it may take; by default {@link longestSeconds}. Then it is ended, and has failed. */
  readonly seconds?: number | undefined;
  /** Hears of the process as soon as there is one. */
  readonly onStart?: (pid: number) => void;
}

/** What programs are run with, all of them alike. */
export interface ProgramsOptions {
  /** Hears of each command before it runs. */
  readonly onCommand: (command: string) => void;
  /** Is given what a program writes that is not read as an answer. */
  readonly onOutput: (text: string) => void;
  /** Once it is aborted, what runs is ended by SIGTERM and nothing else is begun. */
  readonly signal?: AbortSignal;
  /** Their variables; by default those of this process. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Whether they are groups of processes of their own, which Ctrl-C in a terminal does not reach. */
  readonly ownGroup?: boolean;
}

/** Thrown when a program ends with an exit code that is not allowed. */
export class ProgramFailure extends Error {
  /** What it wrote on standard error, and on standard output where that was not read. */
  readonly said: string;
  /** undefined where it was ended by a signal, or could not be run. */
  readonly exitCode: number | undefined;

  constructor(message: string, said: string, exitCode?: number) {
    super(message);
    this.said = said;
    this.exitCode = exitCode;
  }
}

/**
 * What an error says, and of a program that failed the last twelve lines of what it wrote, without colours: mostly they
 * say why.
 */
export function failureLines(error: unknown): readonly string[] {
  const said = error instanceof ProgramFailure ? stripVTControlCharacters(error.said).trim() : '';
  return [(error as Error).message, ...(said === '' ? [] : said.split('\n').slice(-12))];
}

interface Ended {
  readonly code: number;
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
  readonly said: string;
}

type Stdout = 'shown' | 'read';

/** A program that goes on until it is ended. */
export interface OpenProgram {
  /** What was found in what it wrote. */
  readonly found: string;
  /** Whether it still goes on. */
  readonly isOpen: boolean;
  end(): void;
}

/** Runs the programs that deploy: terraform, aws, az, kubectl, helm and others. */
export class Programs {
  readonly #options: ProgramsOptions;

  constructor(options: ProgramsOptions) {
    this.#options = options;
  }

  /** The same, which go on when somebody interrupts: for the way back. */
  get uninterrupted(): Programs {
    const { signal: _, ...others } = this.#options;
    return new Programs({ ...others, ownGroup: true });
  }

  /** Runs a program, what it writes shown. @returns its exit code @throws ProgramFailure when that is not allowed */
  async run(program: string, args: readonly string[], options: RunOptions = {}): Promise<number> {
    return (await this.#finish(program, args, options, 'shown')).code;
  }

  /** Runs a program and gives what it wrote, which is not shown. @throws ProgramFailure when it fails */
  async read(program: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
    return (await this.#finish(program, args, options, 'read')).output;
  }

  /**
   * Runs a program and gives what it wrote, or undefined where it fails since something is not there.
   * @param absent what it then says on standard error
   * @throws ProgramFailure with what it says where it fails otherwise
   */
  async readIfThere(
    program: string,
    args: readonly string[],
    absent: RegExp,
    options: Pick<RunOptions, 'folder'> = {},
  ): Promise<string | undefined> {
    const { code, output, said } = await this.#spawn(program, args, options, 'read', () => undefined);
    if (code === 0) return output;
    if (absent.test(said)) return undefined;
    throw new ProgramFailure(`failed: ${shownCommand(program, args)}: ${said.trim()}`, said);
  }

  /** What a program wrote, or undefined when it fails, which is then not shown either. */
  async tryRead(program: string, args: readonly string[], options: RunOptions = {}): Promise<string | undefined> {
    const ended = await this.#spawn(program, args, options, 'read', () => undefined).catch(() => undefined);
    return ended?.code === 0 ? ended.output : undefined;
  }

  /**
   * Starts a program that goes on by itself.
   * @param ready what it writes once it can be used; its first group is what is found
   * @param seconds how long that may take
   * @throws ProgramFailure when it ends before, or takes longer and is ended for it
   */
  async open(program: string, args: readonly string[], ready: RegExp, seconds = 30): Promise<OpenProgram> {
    const { promise: found, resolve } = Promise.withResolvers<string>();
    const ending = new AbortController();
    let isOpen = true;
    let output = '';
    const look = (text: string) => {
      output += text;
      const [, group] = ready.exec(output) ?? [];
      if (group !== undefined) resolve(group);
    };
    this.#options.onCommand(shownCommand(program, args));
    const ended = this.#spawn(program, args, { until: ending.signal }, 'shown', look).finally(() => {
      isOpen = false;
    });
    const early = ended.then(({ said }) => {
      throw new ProgramFailure(`ended: ${shownCommand(program, args)}`, said);
    });
    // An end after it could be used has not failed: whoever uses it asks whether it goes on.
    early.catch(() => undefined);
    const late = setTimeout(() => ending.abort(), 1_000 * seconds);
    const group = await Promise.race([found, early]).finally(() => clearTimeout(late));
    return {
      found: group,
      get isOpen() {
        return isOpen;
      },
      end: () => ending.abort(),
    };
  }

  async #finish(program: string, args: readonly string[], options: RunOptions, stdout: Stdout): Promise<Ended> {
    const command = shownCommand(program, args);
    this.#options.onCommand(command);
    const ended = await this.#spawn(program, args, options, stdout, this.#options.onOutput);
    if ((options.allowed ?? [0]).includes(ended.code)) return ended;
    throw new ProgramFailure(
      `ended with ${ended.signal ?? ended.code}: ${command}`,
      ended.said,
      ended.signal ? undefined : ended.code,
    );
  }

  async #spawn(
    program: string,
    args: readonly string[],
    { folder, input, onStart, until, seconds }: RunOptions & { readonly until?: AbortSignal },
    stdout: Stdout,
    show: (text: string) => void,
  ): Promise<Ended> {
    const { signal, environment, ownGroup = false } = this.#options;
    signal?.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<Ended>();
    const child = spawn(program, args, {
      cwd: folder,
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: ownGroup,
      ...(environment && { env: environment as NodeJS.ProcessEnv }),
    });
    endsWithThis(child);
    const end = () => void child.kill('SIGTERM');
    signal?.addEventListener('abort', end);
    until?.addEventListener('abort', end);
    let output = '';
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (stdout === 'read') output += text;
      else {
        said += text;
        show(text);
      }
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      show(text);
    });
    child.stdin.on('error', () => undefined).end(input ?? '');
    child.on('error', ({ message }) => reject(new ProgramFailure(`${program} cannot be run: ${message}`, '')));
    child.on('close', (code, by) => resolve({ code: code ?? 1, signal: by, output, said }));
    if (child.pid !== undefined) onStart?.(child.pid);
    const longest = seconds ?? longestSeconds(program, args);
    const limit = longest === undefined ? undefined : endsAfter(child, longest);
    const ended = await promise.finally(() => {
      limit?.cancel();
      signal?.removeEventListener('abort', end);
    });
    if (limit?.isOver !== true) return ended;
    const message = `no answer within ${longest} s, so it was ended: ${shownCommand(program, args)}`;
    throw new ProgramFailure(message, said);
  }
}

/** Milliseconds that a program which is ended has to end itself. */
const graceMs = 5_000;

/** Ends a program that takes longer, and hears no more of it: what it has started may hold its output open. */
function endsAfter(child: ChildProcessWithoutNullStreams, seconds: number) {
  let isOver = false;
  let timer = setTimeout(() => {
    isOver = true;
    child.once('exit', () => {
      child.stdout.destroy();
      child.stderr.destroy();
    });
    child.kill('SIGTERM');
    timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
  }, 1_000 * seconds);
  return {
    get isOver() {
      return isOver;
    },
    cancel: () => clearTimeout(timer),
  };
}

/** A command as it may be shown and written down: of `--set` its names, since a value may be a password. */
function shownCommand(program: string, args: readonly string[]): string {
  const shown = args.map((arg, at) => (args[at - 1] === '--set' ? withoutValues(arg) : arg));
  return [program, ...shown].join(' ');
}

function withoutValues(set: string): string {
  return /^image\.[^={}]*=[^={}]*(?:,image\.[^={}]*=[^={}]*)*$/.test(set) ? set : set.replaceAll(/=.*/gs, '=…');
}
