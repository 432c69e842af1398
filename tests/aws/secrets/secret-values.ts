import { join } from 'node:path';
import { run } from '../../support/steps.ts';
import type { SecretValue } from '../../support/terraform/secret-places.ts';
import type { AppliedEnvironment } from '../environments/applied-environment.ts';
import { awsPython } from '../tooling/aws-python.ts';
import { regions } from '../tooling/simulator.ts';

/** Asks the account for the values of its secrets. */
export async function findSecretValues({ simulator }: AppliedEnvironment): Promise<SecretValue[]> {
  const { python } = await awsPython();
  const script = join(import.meta.dirname, 'secret_values.py');
  const { stdout } = await run(python, [script, regions[0]], { environment: simulator.environment });
  return Object.entries<string>(JSON.parse(stdout)).map(([name, value]) => ({ name, value }));
}
