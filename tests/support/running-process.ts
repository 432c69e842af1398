import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** The clone that the tests run in. */
export const repositoryRoot = join(import.meta.dirname, '..', '..');

export interface Finished {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  /** From the start of the process to its end. */
  readonly seconds: number;
}

export interface StartOptions {
  readonly folder?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** What it reads on standard input, which ends then; without it there is nothing to read. */
  readonly input?: string;
  /** Whether what it reads is typed while it runs, with {@link RunningProcess.type}. */
  readonly isTyped?: boolean;
  /**
   * Afterwards the process is killed, and says so in its output. The default is ample for what takes 20 s, and early
   * enough for a suite to go on and to report a command that hangs.
   */
  readonly timeoutSeconds?: number;
}

const running = new Set<RunningProcess>();
const folders = new Set<string>();

/** Kills whatever a test started and removes the folders that it made; for `afterAll`. */
export async function stopEverything(): Promise<void> {
  const left = [...running];
  for (const child of left) child.kill();
  await Promise.all(left.map((child) => child.finished));
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  folders.clear();
}

/** An empty folder that {@link stopEverything} removes. */
export function temporaryFolder(purpose: string): string {
  const folder = mkdtempSync(join(tmpdir(), `day-trade-${purpose}-`));
  folders.add(folder);
  return folder;
}

/** A process with everything that it started, in a process group of its own, as in a terminal. */
export class RunningProcess {
  readonly #child: ChildProcess;
  readonly #started = performance.now();
  readonly #watchers = new Set<() => void>();
  readonly finished: Promise<Finished>;
  stdout = '';
  stderr = '';
  #ended = false;

  constructor(command: string, args: readonly string[], options: StartOptions) {
    this.#child = spawn(command, [...args], {
      cwd: options.folder ?? repositoryRoot,
      env: { ...surroundings(), ...options.environment },
      stdio: [options.input === undefined && options.isTyped !== true ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      detached: true,
    });
    running.add(this);
    // A command that ends early reads no further; how it ended says why.
    this.#child.stdin?.on('error', () => undefined);
    if (options.input !== undefined) this.#child.stdin?.end(options.input);
    this.#child.stdout?.setEncoding('utf8').on('data', (text: string) => this.#heard('stdout', text));
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => this.#heard('stderr', text));
    const { timeoutSeconds = 300 } = options;
    const late = setTimeout(() => {
      this.#heard('stderr', `\nkilled by the test after ${timeoutSeconds} s: ${[command, ...args].join(' ')}\n`);
      this.kill();
    }, timeoutSeconds * 1000);
    this.finished = new Promise((resolve, reject) => {
      this.#child.on('error', reject);
      this.#child.on('close', (exitCode, signal) => {
        clearTimeout(late);
        this.#ended = true;
        running.delete(this);
        for (const watcher of this.#watchers) watcher();
        resolve({ exitCode, signal, stdout: this.stdout, stderr: this.stderr, seconds: this.seconds });
      });
    });
  }

  get pid(): number {
    return this.#child.pid as number;
  }

  get seconds(): number {
    return (performance.now() - this.#started) / 1000;
  }

  /** Waits until an output matches. @throws Error with both outputs when the process ends before that */
  until(stream: 'stdout' | 'stderr', pattern: RegExp): Promise<RegExpExecArray> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const found = pattern.exec(this[stream]);
        if (found === null && !this.#ended) return;
        this.#watchers.delete(look);
        if (found === null) reject(new Error(`it ended before ${pattern} came:\n${this.stdout}\n${this.stderr}`));
        else resolve(found);
      };
      this.#watchers.add(look);
      look();
    });
  }

  /** Types on its standard input, as in a terminal: `\r` is Enter. */
  type(text: string): void {
    this.#child.stdin?.write(text);
  }

  /** Sends a signal to the process alone, as `kill` does. */
  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Sends SIGINT to the whole group, as a terminal does. */
  pressCtrlC(): void {
    this.#signalGroup('SIGINT');
  }

  kill(): void {
    this.#signalGroup('SIGKILL');
  }

  #signalGroup(signal: NodeJS.Signals): void {
    try {
      process.kill(-this.pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }

  #heard(stream: 'stdout' | 'stderr', text: string): void {
    this[stream] += text;
    for (const watcher of this.#watchers) watcher();
  }
}

/**
 * What a person's shell has: nothing of the platform's settings, of the test runner, or of the pinned Node.js; and a
 * settings file of whoever runs the tests is not theirs.
 */
function surroundings(): Record<string, string | undefined> {
  const foreign = /^(DAYTRADE_|VITEST|npm_|NODE_ENV$|NODE_OPTIONS$|NODE_PATH$|TEST$|DEV$|PROD$|SSR$|MODE$|BASE_URL$)/;
  const kept = Object.entries(process.env).filter(([name]) => !foreign.test(name));
  const path = (process.env.PATH ?? '').split(delimiter).filter((entry) => !entry.includes('node_modules'));
  return { ...Object.fromEntries(kept), PATH: path.join(delimiter), DAYTRADE_SETTINGS_FILE: '/dev/null' };
}
