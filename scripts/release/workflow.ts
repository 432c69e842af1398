import { spawnSync } from 'node:child_process';
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '..', '..');

/** Runs a program in the clone and shows the command and its output. @throws Error when it fails */
export function run(program: string, args: readonly string[]): void {
  const { status } = call(program, args, 'inherit');
  if (status !== 0) throw new Error(`failed: ${program} ${args.join(' ')}`);
}

/**
 * Returns the output of a program.
 *
 * @param absent what its message says of a thing that does not exist; undefined is returned then
 * @throws Error when it fails otherwise
 */
export function read(program: string, args: readonly string[], absent?: RegExp): string | undefined {
  const { status, stdout, stderr } = call(program, args, 'pipe');
  if (status === 0) return stdout;
  if (absent?.test(stderr) === true) return undefined;
  throw new Error(`failed: ${program} ${args.join(' ')}: ${stderr.trim()}`);
}

function call(program: string, args: readonly string[], output: 'inherit' | 'pipe') {
  console.error(`+ ${program} ${args.join(' ')}`);
  const stdio = ['ignore', output === 'inherit' ? 2 : 'pipe', output] as const;
  const ended = spawnSync(program, args, { cwd: root, stdio: [...stdio], encoding: 'utf8', maxBuffer: 1 << 28 });
  if (ended.error !== undefined) throw ended.error;
  return ended;
}

/** Returns a variable of the environment. @throws Error when it is not set */
export function variable(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`${name} is not set`);
  return value;
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

/** The version of the clone in a folder. */
export function readVersion(root: string): string {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  return version;
}
