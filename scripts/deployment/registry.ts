import { read, run } from './programs.ts';
import type { Target } from './targets.ts';
import { textOf } from './terraform.ts';

/** Where an environment's image is pushed to, without tag or digest. */
export function repositoryOf(outputs: Readonly<Record<string, unknown>>): string {
  return textOf(outputs, 'image_repository_url', 'image_repository');
}

/** Signs in to the registry of a repository with the credentials of the cloud. */
export function signIn(target: Target, outputs: Readonly<Record<string, unknown>>): void {
  const [host = ''] = repositoryOf(outputs).split('/');
  const { user, password } = target.cloud === 'aws' ? ofAws(outputs) : ofAzure(outputs);
  run('skopeo', ['login', '--username', user, '--password-stdin', host], { input: password });
}

function ofAws(outputs: Readonly<Record<string, unknown>>) {
  return { user: 'AWS', password: read('aws', ['ecr', 'get-login-password', '--region', textOf(outputs, 'region')]) };
}

function ofAzure(outputs: Readonly<Record<string, unknown>>) {
  const name = textOf(outputs, 'registry_name');
  const query = ['--expose-token', '--query', 'accessToken', '--output', 'tsv'];
  // The name that Azure's registries take for a token.
  return {
    user: '00000000-0000-0000-0000-000000000000',
    password: read('az', ['acr', 'login', '--name', name, ...query]).trim(),
  };
}
