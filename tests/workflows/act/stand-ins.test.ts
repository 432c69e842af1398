import { afterAll, describe, expect, it } from 'vitest';
import { stopEverything } from '../../support/running-process.ts';
import { isThere } from '../../support/steps.ts';
import { Deployments } from './deployment.ts';

// The workflow itself is run; clouds, cluster, registry and the actions of others are stand-ins. What real Terraform
// does against simulated clouds, they do not show.

const programs = [
  'terraform',
  'aws',
  'az',
  'kubectl',
  'kubelogin',
  'helm',
  'skopeo',
  'buildah',
  'gh',
  'npm',
  'go',
  'conftest',
];
const repository = '123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/day-trade';
const outputs = {
  image_repository_url: repository,
  region: 'ap-northeast-1',
  eks_cluster_name: 'day-trade-production',
  aks_cluster_name: 'day-trade-aks',
  resource_group_name: 'day-trade-staging',
  registry_name: 'daytrade',
  key_vault_name: 'day-trade',
};
const variables = { AWS_STATE_BUCKET: 'state', AZURE_STATE_ACCOUNT: 'state' };
if (!(await isThere('act', '--version')))
  throw new Error('act is not on the PATH, and DAYTRADE_TEST_ACT=1 asks for it');

describe('deploy-cloud.yml, run by act', () => {
  afterAll(stopEverything);

  it('applies the plan, pushes the image, rolls out its digest, and tests; a failed test is rolled back', async () => {
    const development = new Deployments(programs, outputs, {}, variables);
    const { finished, calls } = await development.run({ environment: 'development', cloud: 'aws' });
    expect(finished.exitCode, finished.stdout.slice(-3000)).toBe(0);
    const called = calls.join('\n');
    expect(called).toMatch(
      /helm upgrade --install [^\n]*--namespace day-trade-dev --create-namespace --values values\.development\.yaml /,
    );
    expect(called).toMatch(new RegExp(`image\\.repository=${repository},image\\.digest=sha256:[0-9a-f]{64} `));
    const order = [
      'plan -input=false',
      'conftest test',
      'apply -input=false plan.bin',
      'buildah bud',
      'skopeo copy',
      'helm upgrade',
      'helm test',
    ];
    const places = order.map((part) => called.indexOf(part));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places).not.toContain(-1);

    const failed = await development.run({ environment: 'development', cloud: 'aws' }, 'helm test');
    expect(failed.finished.exitCode).toBe(1);
    expect(failed.calls.some((call) => call.startsWith('buildah'))).toBe(false);
    expect(failed.calls.filter((call) => call.startsWith('helm rollback'))).toEqual([
      'helm rollback day-trade-ml 1 --namespace day-trade-dev --wait --timeout 10m',
    ]);
  });

  it('changes nothing where the approval has no reviewers', async () => {
    const staging = new Deployments(programs, outputs, {}, variables);
    const { finished, calls } = await staging.run({ environment: 'staging', cloud: 'azure' });
    expect(finished.exitCode).toBe(1);
    expect(finished.stdout).toContain('staging-approval of GitHub has no required reviewers');
    expect(calls.filter((call) => !call.startsWith('gh '))).toEqual([]);
  });
});
