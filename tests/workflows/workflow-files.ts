import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { repositoryRoot } from '../support/running-process.ts';

/** A step of a job, or of an action of ours. */
export interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly if?: string;
}

export interface Job {
  readonly needs?: string | readonly string[];
  readonly if?: string;
  readonly environment?: string;
  readonly concurrency?: { readonly group: string; readonly 'cancel-in-progress': boolean | string };
  readonly permissions?: Readonly<Record<string, string>>;
  readonly 'timeout-minutes'?: number;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

/** A workflow, as far as the tests look. */
export interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly concurrency?: { readonly group: string; readonly 'cancel-in-progress': boolean | string };
  readonly permissions?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

/** Paths of all files that GitHub runs, workflows and our own actions. */
export const files = globSync(['.github/workflows/*.yml', '.github/actions/*/action.yml'], { cwd: repositoryRoot });

export const workflowNames = files.flatMap((file) => /workflows\/(.+)\.yml$/.exec(file)?.[1] ?? []);

export function textOf(file: string): string {
  return readFileSync(join(repositoryRoot, file), 'utf8');
}

export function workflow(name: string): Workflow {
  return parse(textOf(`.github/workflows/${name}.yml`));
}
