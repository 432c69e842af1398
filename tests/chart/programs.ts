import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';

export const root = join(import.meta.dirname, '..', '..');
export const cache = join(root, '.cache', 'chart');
export const chart = join(root, 'infrastructure', 'helm', 'day-trade-ml');
export const helmFolder = dirname(chart);
export const manifests = join(root, 'infrastructure', 'kubernetes');

/** The file that a command name stands for, if it is on the PATH. */
export function onPath(name: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.map((folder) => join(folder, name)).find((file) => existsSync(file));
}

/**
 * Folders with programs that are not on the PATH: those of this suite's cache, and helm and kubeconform as they lie
 * packed beside the command `cluster`, unpacked once.
 */
export function programFolders(): string[] {
  const folder = join(cache, 'bin');
  mkdirSync(folder, { recursive: true });
  const packed = onPath('cluster');
  for (const name of ['helm', 'kubeconform', 'kube']) {
    const file = join(folder, name === 'kube' ? 'kubectl' : name);
    const source = packed && join(dirname(packed), 'bin', `${name}.xz`);
    if (onPath(name === 'kube' ? 'kubectl' : name) || existsSync(file) || !source || !existsSync(source)) continue;
    const unpacked = `${file}.${process.pid}`;
    writeFileSync(unpacked, execFileSync('xz', ['-dc', source], { maxBuffer: 2 ** 30 }));
    chmodSync(unpacked, 0o755);
    renameSync(unpacked, file);
  }
  return [folder];
}

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
  const built = run('go', ['install', `${module}@${version}`], '', { GOBIN: folder, CGO_ENABLED: '0', GOFLAGS: '' });
  if (built.exitCode !== 0) throw new Error(`${module} ${version} cannot be built:\n${built.output.slice(-4000)}`);
  return program;
}
