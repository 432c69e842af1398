import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { onPath } from '../support/packed-programs.ts';

export const root = join(import.meta.dirname, '..', '..');
export const cache = join(root, '.cache', 'chart');
export const chart = join(root, 'infrastructure', 'helm', 'day-trade-ml');
export const helmFolder = dirname(chart);
export const manifests = join(root, 'infrastructure', 'kubernetes');

/** How a program ended, and all that it printed. */
export interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly output: string;
}

/** Runs a program to its end, whatever its exit code, with variables beside those of this process. */
export function run(
  command: string,
  args: readonly string[],
  input = '',
  variables: Readonly<Record<string, string>> = {},
): Outcome {
  const { status, stdout, stderr, error } = spawnSync(command, [...args], {
    input,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    cwd: root,
    env: { ...process.env, ...variables },
  });
  if (error) throw error;
  return { exitCode: status ?? -1, stdout, output: `${stdout}\n${stderr}` };
}

/** Runs a program that has to succeed. @throws Error with what it printed */
export function succeed(command: string, args: readonly string[], input = ''): string {
  const outcome = run(command, args, input);
  if (outcome.exitCode === 0) return outcome.stdout;
  throw new Error(`${command} ${args.join(' ')} ended with ${outcome.exitCode}:\n${outcome.output.slice(-4000)}`);
}

/** Whether the sources of Go modules can be had here: from the cache of an earlier run, or from a proxy. */
export function canDownloadGoModules(): boolean {
  return run('go', ['mod', 'download', 'sigs.k8s.io/gateway-api@v1.3.0']).exitCode === 0;
}

/**
 * The downloaded source of a Go module, at the version named.
 * @throws Error where Go or its module proxy cannot be had
 */
export function goModule(nameAtVersion: string): string {
  const description: { Dir: string } = JSON.parse(succeed('go', ['mod', 'download', '-json', nameAtVersion]));
  return description.Dir;
}

/**
 * The path of a program, built from its Go module the first time and kept in the cache; undefined without Go.
 * @throws Error where the module cannot be had or built
 */
export function goProgram(module: string, version: string): string | undefined {
  const folder = join(cache, 'go', `${basename(module)}-${version}`);
  const program = join(folder, basename(module));
  if (existsSync(program)) return program;
  if (!onPath('go')) return undefined;
  mkdirSync(folder, { recursive: true });
  // Without inlining and without what a debugger reads, a third of a build: tests run the program for seconds.
  const install = ['install', '-gcflags=all=-l -dwarf=false', '-ldflags=-s -w', `${module}@${version}`];
  const built = run('go', install, '', { GOBIN: folder, CGO_ENABLED: '0', GOFLAGS: '' });
  if (built.exitCode !== 0) throw new Error(`${module} ${version} cannot be built:\n${built.output.slice(-4000)}`);
  return program;
}
