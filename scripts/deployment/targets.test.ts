import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chartFolder as chartFolderOf } from '../../packages/deployment/src/surroundings.ts';
import {
  cloudNames,
  environmentNames,
  namespaces,
  readTarget,
  type Target,
  terraformFolder as terraformFolderOf,
  valuesFiles,
} from '../../packages/deployment/src/targets.ts';

const root = join(import.meta.dirname, '..', '..');
const chartFolder = chartFolderOf({ root });
const terraformFolder = (target: Target) => terraformFolderOf(root, target);

const targets = environmentNames.flatMap((environment) => cloudNames.map((cloud) => ({ environment, cloud })));

describe.each(targets)('$environment on $cloud', (target) => {
  it('has each file that its deployment reads', () => {
    const terraform = terraformFolder(target);
    const { environment } = target;
    const files = [`${environment}.tfvars`, `backend.${environment}.hcl`, 'backend_override.tf.example'];
    const read = [
      ...files.map((file) => join(terraform, file)),
      ...valuesFiles(target).map((f) => join(chartFolder, f)),
    ];
    expect(read.filter((file) => !existsSync(file))).toEqual([]);
  });

  it('has its values last among the files, and its namespace where Terraform trusts the pods', () => {
    expect(valuesFiles(target).at(-1)).toBe(`values.${target.environment}.yaml`);
    const code = execFileSync('git', ['grep', '--no-index', '-h', '^ *namespace  *=', '--', '*.tf'], {
      cwd: terraformFolder(target),
      encoding: 'utf8',
    });
    expect(code).toContain(`${target.environment} = "${namespaces[target.environment]}"`);
  });
});

it('the namespaces are those that the documentation of the chart installs into', () => {
  const readme = readFileSync(join(chartFolder, 'README.md'), 'utf8');
  for (const environment of environmentNames) {
    const line = `--namespace ${namespaces[environment]} --create-namespace --values values.${environment}.yaml`;
    expect(readme).toContain(line);
  }
});

it('the guide names what the roles of bootstrap on AWS need of an environment', () => {
  const aws = terraformFolder({ environment: 'production', cloud: 'aws' });
  const outputs = readFileSync(join(aws, 'bootstrap', 'outputs.tf'), 'utf8');
  const variables = [...outputs.matchAll(/, for ([a-z_]+)\."$/gm)].map(([, name = '']) => name);
  expect(variables).toEqual(['image_repository', 'permissions_boundary']);
  const guide = readFileSync(join(chartFolder, '..', '..', 'docs', 'deployment.md'), 'utf8');
  for (const name of [...variables, 'eks_administrators', 'eks_deployers']) expect(guide).toContain(`\`${name}\``);
});

it('a target that is misspelt is refused with what is allowed', () => {
  expect(() => readTarget('prod', 'aws')).toThrow('--environment prod: one of development, staging, production');
  expect(() => readTarget('staging', undefined)).toThrow('--cloud is missing: one of aws, azure');
});
