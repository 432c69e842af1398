import { join } from 'node:path';
import type { Programs, Target } from '@daytrade/deployment';
import type { Measured } from '../steps/step-result.ts';

/** What the environment would cost a month, from its variables and the prices of Tokyo. */
export async function cost(
  programs: Programs,
  root: string,
  node: string,
  { environment, cloud }: Target,
): Promise<Measured> {
  const program = join(root, 'infrastructure', 'terraform', 'costs', 'main.ts');
  const text = await programs.read(node, [program, '--environment', environment, '--cloud', cloud]);
  const parts = JSON.parse(text) as Readonly<Record<string, number>>;
  const total = Object.values(parts).reduce((sum, part) => sum + part, 0);
  return { figures: [{ id: 'dollarsAMonth', value: total, unit: 'US$' }], cost: parts };
}
