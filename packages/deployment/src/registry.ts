import type { Programs } from './programs.ts';
import type { Surroundings } from './surroundings.ts';
import type { Target } from './targets.ts';
import { type Outputs, textOf } from './terraform.ts';

/** Where an environment's image is pushed to, without tag or digest. */
export function repositoryOf(outputs: Outputs): string {
  return textOf(outputs, 'image_repository_url', 'image_repository');
}

/** What a registry says of a tag, or of a repository, that it has not got. */
const absent = /(?:manifest|name) unknown/i;

/**
 * What skopeo says of an image under its tag, or undefined where there is none.
 * @throws ProgramFailure where the registry does not say so: one that cannot be asked may have it
 */
export function inspectIfThere(
  programs: Programs,
  tagged: string,
  ...options: readonly string[]
): Promise<string | undefined> {
  return programs.readIfThere('skopeo', ['inspect', ...options, `docker://${tagged}`], absent);
}

/** Signs in to the registry of a repository with the credentials of the cloud. */
export async function signIn(surroundings: Surroundings, target: Target, outputs: Outputs): Promise<void> {
  const [host = ''] = repositoryOf(outputs).split('/');
  const of = target.cloud === 'aws' ? ofAws : ofAzure;
  const { user, password } = await of(surroundings, outputs);
  const args = ['login', '--username', user, '--password-stdin', host];
  await surroundings.programs.run('skopeo', args, { input: password });
}

async function ofAws({ programs }: Surroundings, outputs: Outputs) {
  const args = ['ecr', 'get-login-password', '--region', textOf(outputs, 'region')];
  return { user: 'AWS', password: await programs.read('aws', args) };
}

async function ofAzure({ programs }: Surroundings, outputs: Outputs) {
  const name = textOf(outputs, 'registry_name');
  const query = ['--expose-token', '--query', 'accessToken', '--output', 'tsv'];
  // The name that Azure's registries take for a token.
  return {
    user: '00000000-0000-0000-0000-000000000000',
    password: (await programs.read('az', ['acr', 'login', '--name', name, ...query])).trim(),
  };
}
