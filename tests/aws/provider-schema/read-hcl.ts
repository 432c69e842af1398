import { globSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../support/steps.ts';
import { awsPython } from '../tooling/aws-python.ts';

/** A block's content by argument name. */
export type Body = Readonly<Record<string, unknown>>;

/** A `resource` or `data` block of a Terraform file. */
export interface ConfigurationBlock {
  readonly file: string;
  readonly kind: 'resource' | 'data';
  /** Such as `aws_vpc`. */
  readonly type: string;
  readonly name: string;
  readonly body: Body;
}

/** All resource and data blocks below a folder, without those of tests and of what Terraform fetched. */
export async function readConfiguration(folder: string): Promise<ConfigurationBlock[]> {
  const files = globSync('**/*.tf', { cwd: folder, exclude: ['**/.terraform/**'] }).sort();
  const { python } = await awsPython();
  const ended = await run(python, [join(import.meta.dirname, 'read_hcl.py'), ...files], { folder });
  return JSON.parse(ended.stdout) as ConfigurationBlock[];
}

/** Whether an argument's value is one or more nested blocks, in place of an assignment. */
export function areBlocks(value: unknown): value is Body[] {
  return Array.isArray(value) && value.length > 0 && value.every(isBlock);
}

/** Whether a value is a block or an object. */
export function isBody(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isBlock(value: unknown): value is Body {
  return isBody(value) && value.__is_block__ === true;
}
