import { spawnSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';

/** How a program is run. */
export interface RunOptions {
  readonly folder?: string;
  /** What it reads on standard input; never shown. */
  readonly input?: string;
  /** Exit codes of success; only 0 by default. */
  readonly allowed?: readonly number[];
}

/** Runs a program, its command and its output shown. @returns its exit code @throws Error when that is not allowed */
export function run(program: string, args: readonly string[], options: RunOptions = {}): number {
  return spawned(program, args, options, 'inherit').code;
}

/** Runs a program and gives what it wrote, which is not shown. @throws Error when it fails */
export function read(program: string, args: readonly string[], options: RunOptions = {}): string {
  return spawned(program, args, options, 'pipe').output;
}

/**
 * Runs a program and gives what it wrote, or undefined where it fails since something is not there.
 * @param absent what it then says on standard error
 * @throws Error with what it says where it fails otherwise
 */
export function readIfThere(
  program: string,
  args: readonly string[],
  absent: RegExp,
  options: Pick<RunOptions, 'folder'> = {},
): string | undefined {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd: options.folder,
    encoding: 'utf8',
    maxBuffer,
  });
  if (status === 0) return stdout;
  if (absent.test(stderr ?? '')) return undefined;
  throw new Error(`failed: ${[program, ...args].join(' ')}: ${error?.message ?? stderr.trim()}`);
}

/** What a program wrote, or undefined when it fails, which is then not shown either. */
export function tryRead(program: string, args: readonly string[], options: RunOptions = {}): string | undefined {
  const { folder, input } = options;
  const { status, stdout } = spawnSync(program, args, { cwd: folder, input, encoding: 'utf8', maxBuffer });
  return status === 0 ? stdout : undefined;
}

const maxBuffer = 512 * 2 ** 20;

function spawned(program: string, args: readonly string[], options: RunOptions, stdout: 'inherit' | 'pipe') {
  const command = [program, ...args].join(' ');
  console.error(`+ ${command}`);
  const { folder, input, allowed = [0] } = options;
  const stdin = input === undefined ? 'ignore' : 'pipe';
  const done = spawnSync(program, args, {
    cwd: folder,
    input,
    encoding: 'utf8',
    maxBuffer,
    stdio: [stdin, stdout, 'inherit'],
  });
  if (done.error !== undefined) throw new Error(`${program} cannot be run: ${done.error.message}`);
  const code = done.status ?? 1;
  if (!allowed.includes(code)) throw new Error(`ended with ${done.signal ?? code}: ${command}`);
  return { code, output: done.stdout ?? '' };
}

/** Gives a value to later steps and jobs of the workflow; outside of one it is shown. */
export function setOutput(name: string, value: string): void {
  const file = process.env.GITHUB_OUTPUT;
  if (file === undefined) console.log(`${name}=${value}`);
  else appendFileSync(file, `${name}=${value}\n`);
}

/** Adds Markdown to the page of the workflow's run; outside of one it is shown. */
export function summarise(text: string): void {
  const file = process.env.GITHUB_STEP_SUMMARY;
  if (file === undefined) console.log(text);
  else appendFileSync(file, `${text}\n`);
}

/** A variable of the surroundings. @throws Error when it is not set */
export function setting(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '')
    throw new Error(`${name} is not set: docs/deployment.md says where it is from`);
  return value;
}
