import { expect, it } from 'vitest';
import { readmeBlocks } from './readme-blocks.ts';

const differences = {
  credentials: '--service-principal',
  subscription: 'a-subscription',
  environment: 'development',
  helmArguments: '--set a=b',
};

it('the README of Azure leads from the sign-in to the installed chart', () => {
  const { signIn, apply, install } = readmeBlocks(differences);
  expect(signIn).toContain('az login --service-principal\naz account set --subscription "a-subscription"\n');
  expect(apply).toContain('terraform apply -var-file="development.tfvars"\n');
  expect(install).toMatch(/^az aks get-credentials --resource-group day-trade-development --name day-trade-aks\n/);
  expect(install).toMatch(/\nhelm upgrade --install .*\\\n.*--values values\.azure\.outputs\.yaml --set a=b\n$/);
});

it('is refused where it does not', () => {
  expect(() => readmeBlocks(differences, '```sh\naz login --tenant x\n```\n')).toThrow('nothing to type like az login');
  const without = '```sh\naz login\n```\n';
  expect(() => readmeBlocks(differences, without)).toThrow('nothing to type like /your-subscription-id/');
});
