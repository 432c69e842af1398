import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { repositoryRoot } from '../../support/running-process.ts';
import { lockedProvider } from '../../support/terraform/lock-file.ts';
import { describeReadme } from '../../support/terraform/readme-suite.ts';

const text = readFileSync(join(repositoryRoot, 'infrastructure', 'terraform', 'aws', 'README.md'), 'utf8');

describeReadme('aws', [
  'cd infrastructure/terraform/aws\nterraform init\nterraform plan -var-file="production.tfvars"\nterraform ' +
    'apply -var-file="production.tfvars"\n',
  'aws eks update-kubeconfig --region ap-northeast-1 --name day-trade-production\ncd ' +
    'infrastructure/helm\nhelm upgrade --install day-trade-ml ./day-trade-ml --namespace day-trade ' +
    '--create-namespace --values values.production.yaml\n',
  'terraform state list',
  'terraform state show aws_db_instance.main',
  'terraform destroy -target=aws_cloudwatch_dashboard.main',
]);

it('README.md says what holds of the lock file: one version, with the checksums of every platform', () => {
  const locked = lockedProvider('aws');
  expect(locked).toMatchObject({ provider: 'aws', version: expect.stringMatching(/^5\.100\./) });
  // Version 5.100.0 is published for 15 platforms.
  expect(locked.archives).toBe(15);
  expect(lockedProvider('aws/bootstrap')).toEqual(locked);
  expect(text).toContain('with its checksums for\n  every platform');
});
