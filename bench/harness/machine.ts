import { execFileSync } from 'node:child_process';
import { cpus, loadavg, totalmem, type } from 'node:os';

/** The machine and the software that a suite was measured with. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGigabytes: number;
  readonly system: string;
  /** Runnable processes over the minute before the suite began: at 0 the machine was idle. */
  readonly loadAtStart: number;
  /** Node.js, and where the peers were measured Python and the libraries, by name. */
  readonly versions: Readonly<Record<string, string>>;
}

const libraries = [
  'lightgbm',
  'catboost',
  'scikit-learn',
  'numpy',
  'pandas',
  'polars',
  'duckdb',
  'pyarrow',
  'fastapi',
  'uvicorn',
  'uvloop',
  'pydantic',
  'arch',
];

const versionsProgram = `import importlib.metadata, json, platform, sys
print(json.dumps({"Python": platform.python_version(), **{n: importlib.metadata.version(n) for n in sys.argv[1:]}}))`;

/**
 * Describes this machine now.
 *
 * @param python the one with the peers, where they are measured
 */
export function describeMachine(python: string | undefined): Machine {
  const versions = python === undefined ? {} : peerVersions(python);
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGigabytes: Math.round(totalmem() / 1e9),
    system: `${type()} ${process.arch}`,
    loadAtStart: Math.round((loadavg()[0] ?? 0) * 10) / 10,
    versions: { 'Node.js': process.versions.node, ...versions },
  };
}

function peerVersions(python: string): Record<string, string> {
  const json = execFileSync(python, ['-c', versionsProgram, ...libraries], { encoding: 'utf8' });
  return JSON.parse(json) as Record<string, string>;
}
