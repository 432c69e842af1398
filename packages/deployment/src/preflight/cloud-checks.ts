import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ProgramFailure, type Programs } from '../programs.ts';
import type { Surroundings } from '../surroundings.ts';
import { type Target, terraformFolder } from '../targets.ts';
import { stateStores } from '../terraform.ts';
import { bad, type Check, good } from './check.ts';
import { type ToolName, toolCheck } from './tools.ts';

const tools: Readonly<Record<Target['cloud'], readonly ToolName[]>> = {
  aws: ['terraform', 'aws', 'kubectl', 'helm'],
  azure: ['terraform', 'az', 'kubelogin', 'kubectl', 'helm'],
};

/** Looks at what a deployment into a cloud needs before its plan, all of it whatever is missing; changes nothing. */
export async function cloudPreflight(surroundings: Surroundings, target: Target): Promise<readonly Check[]> {
  const { programs } = surroundings;
  const found = await Promise.all(tools[target.cloud].map((name) => toolCheck(programs, name)));
  const cli = target.cloud === 'aws' ? 'aws' : 'az';
  const signedIn = found.find(({ name }) => name === cli)?.ok
    ? await credentialsCheck(programs, target)
    : bad('credentials', `not looked at: ${cli} is missing`, `install ${cli}`);
  return [...found, signedIn, stateCheck(surroundings, target), fileCheck(surroundings, target)];
}

async function credentialsCheck(programs: Programs, { cloud }: Target): Promise<Check> {
  const [cli, ...args] =
    cloud === 'aws'
      ? (['aws', 'sts', 'get-caller-identity', '--query', 'Arn', '--output', 'text'] as const)
      : (['az', 'account', 'get-access-token', '--query', 'subscription', '--output', 'tsv'] as const);
  try {
    return good('credentials', (await programs.read(cli, args)).trim());
  } catch (error) {
    const said = error instanceof ProgramFailure ? error.said.trim() : String(error);
    return bad('credentials', said || 'nobody is signed in', mendOfCredentials(cloud, said));
  }
}

/** What ends each refusal of a sign-in. */
const refusals: readonly { readonly says: RegExp; readonly mend: string }[] = [
  {
    says: /AADSTS7000222/,
    mend:
      'the client secret of the application has expired: az ad app credential reset --id APPLICATION makes a new ' +
      'one; sign in with it (az login --service-principal), and set ARM_CLIENT_SECRET where it is used',
  },
  { says: /AADSTS7000215/, mend: 'the client secret is wrong: give its value, not its id' },
  { says: /AADSTS\d+|az login/, mend: 'sign in again: az login --tenant TENANT' },
  { says: /ExpiredToken|expired|sso/i, mend: 'sign in again: aws sso login, or take new keys of the role' },
];

function mendOfCredentials(cloud: Target['cloud'], said: string): string {
  const found = refusals.find(({ says }) => says.test(said));
  return found?.mend ?? (cloud === 'aws' ? 'sign in: aws configure sso, aws sso login' : 'sign in: az login');
}

function stateCheck({ variables }: Surroundings, { cloud }: Target): Check {
  const { variable } = stateStores[cloud];
  const value = variables[variable];
  if (value !== undefined && value !== '') return good('state', value);
  return bad('state', `${variable} is not set`, 'set it to what bootstrap made: docs/deployment.md');
}

function fileCheck({ root }: Surroundings, target: Target): Check {
  const files = [`${target.environment}.tfvars`, `backend.${target.environment}.hcl`];
  const missing = files.filter((file) => !existsSync(join(terraformFolder(root, target), file)));
  if (missing.length === 0) return good('values', files.join(', '));
  return bad('values', `${missing.join(', ')} not found`, 'deploy from a whole clone');
}
