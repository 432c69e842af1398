import { join } from 'node:path';
import type { Programs } from './programs.ts';

/** What a deployment is given of the machine that it runs on. */
export interface Surroundings {
  /** The folder of the clone: a deployment takes chart and Terraform from it. */
  readonly root: string;
  readonly programs: Programs;
  /** Variables of the environment. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Whether Terraform keeps its state in its folder, as in a copy of the code for a rehearsal. */
  readonly keepsState?: boolean;
}

/** The folder that helm runs in. */
export function chartFolder({ root }: Pick<Surroundings, 'root'>): string {
  return join(root, 'infrastructure', 'helm');
}

/** A variable of the environment. @throws Error when it is not set */
export function variable({ variables }: Pick<Surroundings, 'variables'>, name: string): string {
  const value = variables[name];
  if (value === undefined || value === '')
    throw new Error(`${name} is not set: docs/deployment.md says where it is from`);
  return value;
}
