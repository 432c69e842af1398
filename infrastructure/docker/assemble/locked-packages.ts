import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

/** One entry of `packages` in package-lock.json, as far as it is needed here. */
interface LockEntry {
  readonly name?: string;
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly link?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

export interface LockedPackage {
  /** The path below the root, as in the lock: `node_modules/pg` or `packages/errors`. */
  readonly path: string;
  readonly name: string;
  readonly version: string;
  readonly license: string | null;
  /** Subresource integrity, `sha512-…`; null for the packages of this repository. */
  readonly integrity: string | null;
}

/** The packages that the command line needs at run time. */
export interface RuntimePackages {
  /** Packages of the registry: their files are copied. */
  readonly external: readonly LockedPackage[];
  /** Packages of this repository: their sources are copied. */
  readonly workspaces: readonly LockedPackage[];
  /** Compiled into the page: no files of theirs, but part of the software all the same. */
  readonly inPage: readonly LockedPackage[];
}

/** The package whose start is the start of the image. */
const start = 'apps/cli';
/** Libraries that the page's build puts into its script; nothing else imports them. */
const compiledIntoPage = new Set(['@preact/signals', 'lightweight-charts', 'preact']);
/** Builds the page; the image has it built. */
const buildsPage = 'vite';
/**
 * Loaded when a setting asks for them (`loadChosen`), which on a clone it seldom does: it has them with the developers'
 * tools (0002).
 */
export const loadedWhenChosen: readonly string[] = [
  '@aws-sdk/client-s3',
  '@aws-sdk/rds-signer',
  '@azure/identity',
  '@azure/storage-blob',
  '@modelcontextprotocol/sdk',
  '@opentelemetry/context-async-hooks',
  '@opentelemetry/core',
  '@opentelemetry/exporter-trace-otlp-http',
  '@opentelemetry/resources',
  '@opentelemetry/sdk-trace',
  'tedious',
];

/**
 * Follows the production dependencies of the command line through the lock. Optional ones count when they are
 * installed.
 */
export function runtimePackages(root: string): RuntimePackages {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, LockEntry>;
  };
  const packagesByPath = new Map<string, LockedPackage>();
  const inPage: LockedPackage[] = [];
  const visit = (path: string): void => {
    const entry = lock.packages[path];
    if (entry === undefined || packagesByPath.has(path)) return;
    packagesByPath.set(path, described(path, entry));
    for (const [name, optional] of listDependencies(entry)) {
      if (name === buildsPage) continue;
      const target = resolveFrom(lock.packages, path, name);
      if (target !== null && compiledIntoPage.has(name)) inPage.push(described(target, lock.packages[target] ?? {}));
      else if (target !== null && existsSync(join(root, target))) visit(target);
      else if (!optional) throw new Error(`${path} needs ${name}, which is not installed: run npm ci`);
    }
  };
  visit(start);
  for (const name of loadedWhenChosen) visit(posix.join('node_modules', name));
  const sortedPackages = [...packagesByPath.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  return {
    external: sortedPackages.filter(({ path }) => path.startsWith('node_modules/')),
    workspaces: sortedPackages.filter(({ path }) => !path.startsWith('node_modules/')),
    inPage,
  };
}

function described(path: string, entry: LockEntry): LockedPackage {
  return {
    path,
    name: entry.name ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
    version: entry.version ?? '0.0.0',
    license: entry.license ?? null,
    integrity: entry.integrity ?? null,
  };
}

/** Names with whether the dependent works without. */
function* listDependencies(entry: LockEntry): Generator<[string, boolean]> {
  for (const name of Object.keys(entry.dependencies ?? {})) yield [name, false];
  for (const name of Object.keys(entry.optionalDependencies ?? {})) yield [name, true];
  for (const name of Object.keys(entry.peerDependencies ?? {})) yield [name, true];
}

/** As Node.js looks a name up: in the dependent's own node_modules, then in those above it. */
function resolveFrom(packages: Readonly<Record<string, LockEntry>>, from: string, name: string): string | null {
  for (let folder = from; ; folder = posix.dirname(folder)) {
    const candidate = posix.join(folder, 'node_modules', name);
    const entry = packages[candidate];
    if (entry !== undefined) return entry.link === true ? (entry.resolved ?? null) : candidate;
    if (folder === '.') return null;
  }
}
