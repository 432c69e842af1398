import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repositoryRoot } from '../../support/running-process.ts';
import { readDeclarations } from '../../support/terraform/declarations.ts';
import { lockedProvider } from '../../support/terraform/lock-file.ts';

const root = join(repositoryRoot, 'infrastructure', 'terraform', 'aws');
const file = join(root, 'README.md');
const text = readFileSync(file, 'utf8');
const declarations = readDeclarations(root);
const variables = declarations.filter(({ kind }) => kind === 'variable');

describe('the declarations', () => {
  it('have a type and a description each', () => {
    expect(variables.length).toBeGreaterThan(50);
    expect(declarations.filter(({ description }) => (description ?? '').length < 10)).toEqual([]);
    expect(variables.filter(({ type }) => type === undefined || type === 'any')).toEqual([]);
  });

  it('are validated wherever a value can be wrong', () => {
    expect(variables.filter(({ type, validations }) => type !== 'bool' && validations === 0)).toEqual([]);
  });

  it('demand nothing but the environment', () => {
    expect(variables.filter((variable) => variable.default === undefined).map(({ name }) => name)).toEqual([
      'environment',
    ]);
  });
});

describe('README.md', () => {
  it.each([
    'cd infrastructure/terraform/aws\nterraform init\nterraform plan -var-file="production.tfvars"\nterraform ' +
      'apply -var-file="production.tfvars"\n',
    'aws eks update-kubeconfig --region ap-northeast-1 --name day-trade-production\ncd ' +
      'infrastructure/helm\nhelm upgrade --install day-trade-ml ./day-trade-ml --namespace day-trade ' +
      '--create-namespace --values values.production.yaml\n',
    'terraform state list',
    'terraform state show aws_db_instance.main',
    'terraform destroy -target=aws_cloudwatch_dashboard.main',
  ])('gives the specification’s command: %s', (command) => {
    expect(text).toContain(command);
  });

  it('links only to what is there', () => {
    const links = [...text.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map(([, target = '']) => target);
    expect(links.filter((target) => !/^https?:/.test(target) && !existsSync(join(dirname(file), target)))).toEqual([]);
  });

  it('says what holds of the lock file: one version for both roots, with the checksums of every platform', () => {
    const locked = lockedProvider('aws');
    expect(locked).toMatchObject({ provider: 'aws', version: expect.stringMatching(/^5\.100\./) });
    // Version 5.100.0 is published for 15 platforms.
    expect(locked.archives).toBe(15);
    expect(lockedProvider('aws/bootstrap')).toEqual(locked);
    expect(text).toContain('with its checksums for\n  every platform');
  });

  it('takes the repository of images from the environment, which bootstrap may have made for all', () => {
    const named = [...text.matchAll(/--repository-name (\S+)/g)].map(([, name]) => name);
    expect(named).toEqual(['"${repository#*/}"']);
  });

  it('has no command in a tfvars file, which knows none', () => {
    expect(text).not.toMatch(/^\W*\w+ = "\$\(|`\w+ = "\$\(/m);
  });

  it('names only outputs that there are', () => {
    const named = [...text.matchAll(/terraform output (?:-raw |-json )?(\w+)/g)].map(([, name = '']) => name);
    const outputs = declarations.filter(({ kind }) => kind === 'output').map(({ name }) => name);
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((name) => !outputs.includes(name))).toEqual([]);
  });
});
